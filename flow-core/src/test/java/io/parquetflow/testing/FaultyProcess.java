package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSink;
import io.parquetflow.SinkStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;

/** A {@link FaultyWriter} and its account, and what must be on the disk when all is over. */
public final class FaultyProcess implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Path home;
    private final ChildJvm child;
    private BitSet taken = new BitSet();
    private Map<String, String> numbers = Map.of();

    private FaultyProcess(Path home, ChildJvm child) {
        this.home = home;
        this.child = child;
    }

    /**
     * Starts one.
     *
     * @param home an empty directory: takes the sinks' directories and what the JVM writes when it crashes
     * @param properties of the sinks, as lines
     * @param environment added to ours
     */
    public static FaultyProcess start(Path home, String properties, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(
                jars(home),
                List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                FaultyWriter.class,
                home.toString(),
                properties));
        builder.environment().putAll(environment);
        builder.directory(home.toFile());
        builder.redirectError(home.resolve("stderr").toFile());
        return new FaultyProcess(home, ChildJvm.start(builder));
    }

    /** A class that is a file of its own could not be loaded while opening files fails; in a jar it can. */
    private static String jars(Path home) throws IOException {
        List<String> paths = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            paths.add(Files.isDirectory(Path.of(part)) ? jar(Path.of(part), home, paths.size()) : part);
        }
        return String.join(java.io.File.pathSeparator, paths);
    }

    private static String jar(Path classes, Path home, int number) throws IOException {
        Path jar = home.resolve(number + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            out.setLevel(0);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }

    /** Opens a sink in a directory of its own; false when that was refused. */
    public boolean build(String name) throws IOException {
        taken = new BitSet();
        return ask("build " + name).get("built").equals("true");
    }

    /** Sends a line and checks the account that comes back: the sink's must be the caller's own. */
    public Map<String, String> ask(String line) throws IOException {
        numbers = new java.util.TreeMap<>();
        for (String pair : child.ask(line).split(" ")) {
            numbers.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        if (numbers.get("built").equals("true")) {
            taken = which(numbers.get("which"));
            assertThat(numbers.get("accepted")).as(line).isEqualTo(numbers.get("taken"));
            assertThat(number("accepted") + number("dropped")).as(line).isEqualTo(number("calls"));
            assertThat(numbers.get("state")).as(line).isNotEqualTo("FAILED");
        }
        return numbers;
    }

    /** One of the last account. */
    public long number(String key) {
        return Long.parseLong(numbers.get(key));
    }

    private static BitSet which(String ranges) {
        BitSet set = new BitSet();
        Arrays.stream(ranges.split(",")).filter(range -> !range.isEmpty()).forEach(range -> {
            int dash = range.indexOf('-');
            set.set(Integer.parseInt(range.substring(0, dash)), Integer.parseInt(range.substring(dash + 1)));
        });
        return set;
    }

    /** What the sink that was built last said yes to, by the number of the call. */
    public BitSet taken() {
        return (BitSet) taken.clone();
    }

    /** For whoever traces it. */
    public long pid() {
        return child.pid();
    }

    /** Where a sink's directory is. */
    public Path directory(String name) {
        return home.resolve(name);
    }

    /** As {@code kill -9}. */
    public void kill() {
        child.kill();
    }

    /** Ends it, if it still lives; it must not have crashed. */
    @Override
    public void close() throws IOException {
        child.kill();
        try (DirectoryStream<Path> crashes = Files.newDirectoryStream(home, "hs_err*")) {
            assertThat(crashes).isEmpty();
        }
    }

    /** The next start after the faults: recovers, and closes at once. */
    public static SinkStats reopen(Path directory) throws IOException {
        List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
        LogSink sink = LogSink.builder(directory)
                .ringBytes(64 << 10)
                .maxPayload(4 << 10)
                .rowGroupBytes(64 << 10)
                .jmx(false)
                .diagnostics((level, line, cause) -> lines.add(line))
                .build();
        assertThat(sink.close(LONG)).as("%s: %s", directory, lines).isTrue();
        assertThat(lines).noneMatch(line -> line.contains("cannot recover"));
        assertThat(sink.stats().setAside()).as("%s: %s", directory, lines).isZero();
        return sink.stats();
    }

    /** Every record that was accepted is in a whole file, once, with its bytes; and nothing else of ours is left. */
    public static void assertExactly(BitSet accepted, Path directory) throws IOException {
        BitSet seen = new BitSet();
        for (Path file : Segments.in(directory)) {
            for (Group row : Segments.rows(file)) {
                int call = (int) row.getLong("source_ts_ns", 0);
                ByteBuffer payload = row.getBinary("payload", 0).toByteBuffer();
                assertThat(payload.remaining()).isEqualTo(FaultyWriter.PAYLOAD_BYTES);
                assertThat(payload.getLong(payload.position())).isEqualTo(call);
                assertThat(seen.get(call))
                        .as("call %s twice, in %s", call, file)
                        .isFalse();
                seen.set(call);
            }
        }
        BitSet lost = (BitSet) accepted.clone();
        lost.andNot(seen);
        assertThat(lost)
                .as("lost in %s, of %s", directory, accepted.cardinality())
                .isEqualTo(new BitSet());
        assertThat(seen).isEqualTo(accepted);
        if (Files.exists(directory.resolve("_flow"))) {
            assertThat(leftIn(directory.resolve("_flow"))).isEmpty();
        }
    }

    private static List<String> leftIn(Path internal) {
        try (Stream<Path> files = Files.list(internal)) {
            return files.map(Path::getFileName)
                    .filter(Objects::nonNull)
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
