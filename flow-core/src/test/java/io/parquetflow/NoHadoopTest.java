package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.testing.ChildJvm;
import io.parquetflow.testing.Segments;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Capturing needs no Hadoop class, and says nothing on a console that is not ours: in a JVM of its own, on a class path
 * without Hadoop and without an SLF4J provider.
 */
class NoHadoopTest {
    @TempDir
    Path directory;

    @Test
    void everyCodecCapturesWithoutHadoopAndWithoutAWord() throws Exception {
        Path classes = directory.resolve("classes.log");
        Path capture = directory.resolve("capture");
        int exit = run(flags(classes), NoHadoopMain.class, capture.toString());
        assertThat(exit).isZero();
        assertThat(err()).hasContent("");
        assertThat(out())
                .hasContent(
                        """
                zstd all=true sealed=10000 dropped=0 error=
                snappy all=true sealed=10000 dropped=0 error=
                gzip all=true sealed=10000 dropped=0 error=
                lz4_raw all=true sealed=10000 dropped=0 error=
                uncompressed all=true sealed=10000 dropped=0 error=
                """);
        String loaded = Files.readString(classes);
        assertThat(loaded).contains(" io.parquetflow.LogSink ").contains(" org.apache.parquet.format.Util ");
        assertThat(loaded.lines().filter(line -> line.contains(" org.apache.hadoop.")))
                .isEmpty();
        assertThat(Segments.allRows(capture)).hasSize(5 * NoHadoopMain.RECORDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "text"})
    void aSchemaThatComesBeforeTheSinkMakesNoWordEither(String from) throws Exception {
        int exit = run(
                flags(directory.resolve("classes.log")),
                NoProviderMain.class,
                from,
                directory.resolve("capture").toString());
        assertThat(exit).isZero();
        assertThat(err()).hasContent("");
        assertThat(out()).hasContent("1");
    }

    private File out() {
        return directory.resolve("out").toFile();
    }

    private File err() {
        return directory.resolve("err").toFile();
    }

    private int run(List<String> flags, Class<?> main, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(classPath(), flags, main, arguments));
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM would say that it took them
        Process child = builder.redirectOutput(out()).redirectError(err()).start();
        try {
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return child.exitValue();
        } finally {
            child.destroyForcibly();
        }
    }

    private static String classPath() {
        List<String> kept = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            String name = String.valueOf(Path.of(entry).getFileName());
            boolean hadoop = name.startsWith("hadoop-");
            boolean provider = name.matches("(logback-classic|log4j-slf4j|slf4j-(?!api)).*");
            (hadoop || provider ? left : kept).add(entry);
        }
        assertThat(left).anyMatch(entry -> entry.contains("hadoop-client"));
        assertThat(kept).anyMatch(entry -> entry.contains("parquet-hadoop"));
        return String.join(File.pathSeparator, kept);
    }

    private static List<String> flags(Path classes) {
        List<String> flags = new ArrayList<>(List.of("-Xmx256m", "-Xlog:class+load:file=" + classes));
        if (Runtime.version().feature() >= 24) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }
}
