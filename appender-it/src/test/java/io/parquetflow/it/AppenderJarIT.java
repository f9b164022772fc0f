package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is in an appender's jar, and what is not. */
@Execution(ExecutionMode.CONCURRENT)
class AppenderJarIT {
    private static final long MOST_JAR_BYTES = 6_000_000;
    private static final long MOST_BYTES_WITH_ZSTD = 13_000_000;

    /** Class names, in whatever form, of what has to have moved. */
    private static final Pattern NOT_MOVED = Pattern.compile(
            "(^|[L(;\\[])(org/apache/parquet|com/lmax|shaded/parquet"
                    + "|org/locationtech|io/parquetflow/(?!(logback|log4j2)/))|^(org\\.apache\\.parquet|com\\.lmax|shaded\\.parquet)\\.");

    private static final Pattern OTHERS = Pattern.compile("/shaded/(parquet|disruptor|jts)/");

    private static String path(Appender appender) {
        return appender.home().replace('.', '/') + "/";
    }

    /** Skips what is not there yet. */
    private static JarFile open(Appender appender) throws IOException {
        JarFile jar = new JarFile(appender.jar().toFile());
        boolean there = jar.getEntry(path(appender) + "ParquetAppender.class") != null;
        if (!there) {
            jar.close();
        }
        assumeTrue(there, appender.artifact() + " is still empty");
        return jar;
    }

    @ParameterizedTest
    @EnumSource
    void allClassesAreBelowTheAppendersPackageAndNothingIsStray(Appender appender) throws Exception {
        try (JarFile jar = open(appender)) {
            List<String> files = Collections.list(jar.entries()).stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
            assertThat(files).doesNotHaveDuplicates();
            assertThat(files)
                    .filteredOn(name -> name.endsWith(".class") && !name.startsWith(path(appender)))
                    .isEmpty();
            assertThat(files)
                    .filteredOn(name -> !name.endsWith(".class"))
                    .filteredOn(name -> !name.startsWith("META-INF/org/apache/logging/log4j/"))
                    .filteredOn(name -> !name.startsWith("META-INF/native-image/"))
                    .containsExactlyInAnyOrder(
                            "META-INF/MANIFEST.MF",
                            "META-INF/LICENSE",
                            "META-INF/NOTICE",
                            "META-INF/FastDoubleParser-LICENSE",
                            "META-INF/FastDoubleParser-ThirdParty-LICENSE",
                            "META-INF/Schubfach-LICENSE");
            if (appender == Appender.LOG4J) {
                assertThat(files).contains("META-INF/org/apache/logging/log4j/core/config/plugins/Log4j2Plugins.dat");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void classesMovedAndPublicNamesDidNot(Appender appender) throws Exception {
        List<String> left = new ArrayList<>();
        List<String> rewritten = new ArrayList<>();
        boolean hasPublicName = false;
        try (JarFile jar = open(appender)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.getName().endsWith(".class")) {
                    continue;
                }
                ClassConstants constants = ClassConstants.read(jar.getInputStream(entry));
                constants.texts().stream()
                        .filter(text -> NOT_MOVED.matcher(text).find())
                        .forEach(text -> left.add(entry.getName() + ": " + text));
                if (!OTHERS.matcher(entry.getName()).find()) {
                    constants.strings().stream()
                            .filter(text -> text.contains(appender.home() + ".shaded"))
                            .forEach(text -> rewritten.add(entry.getName() + ": " + text));
                    hasPublicName |= constants.strings().contains("parquetflow");
                }
            }
        }
        assertThat(left).isEmpty();
        assertThat(rewritten).isEmpty();
        assertThat(hasPublicName).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void theNoticeNamesWhatIsInside(Appender appender) throws Exception {
        try (JarFile jar = open(appender)) {
            String notice = new String(
                    jar.getInputStream(jar.getEntry("META-INF/NOTICE")).readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            assertThat(notice)
                    .contains("parquet-flow", "Apache Parquet", "Disruptor", "Thrift", "Jackson", "JTS")
                    .contains("This product includes software developed at The Apache Software Foundation");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theModuleHasItsName(Appender appender) throws Exception {
        open(appender).close();
        assertThat(ModuleFinder.of(appender.jar()).findAll()).singleElement().satisfies(module -> {
            assertThat(module.descriptor().name()).isEqualTo(appender.home());
            assertThat(module.descriptor().packages()).contains(appender.home(), appender.home() + ".shaded");
        });
    }

    @ParameterizedTest
    @EnumSource
    void thePublishedPomAsksForZstdAndForNothingThatIsInside(Appender appender) throws Exception {
        open(appender).close();
        String pom = Files.readString(appender.module().resolve("dependency-reduced-pom.xml"));
        List<String> compile = new ArrayList<>();
        Matcher m = Pattern.compile(
                        "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(?s:(.*?))</dependency>")
                .matcher(pom);
        while (m.find()) {
            if (!m.group(3).contains("<scope>test") && !m.group(3).contains("<scope>provided")) {
                compile.add(m.group(1) + ":" + m.group(2));
            }
        }
        if (appender == Appender.LOGBACK) {
            assertThat(compile).containsExactly("com.github.luben:zstd-jni");
        } else { // who logs by Log4j's own interface has no SLF4J, and parquet-java wants one
            assertThat(compile).containsExactlyInAnyOrder("com.github.luben:zstd-jni", "org.slf4j:slf4j-api");
        }
    }

    @ParameterizedTest
    @EnumSource
    void itDoesNotWeighMoreThanSaid(Appender appender) throws Exception {
        open(appender).close();
        long jar = Files.size(appender.jar());
        long zstd;
        try (Stream<Path> libraries = Files.list(appender.bootLibraries())) {
            zstd = Files.size(libraries
                    .filter(file -> file.getFileName().toString().startsWith("zstd-jni-"))
                    .findFirst()
                    .orElseThrow());
        }
        System.out.println(appender.artifact() + ": jar=" + jar + " bytes, with zstd-jni=" + (jar + zstd) + " bytes");
        assertThat(jar).isLessThan(MOST_JAR_BYTES);
        assertThat(jar + zstd).isLessThan(MOST_BYTES_WITH_ZSTD);
    }
}
