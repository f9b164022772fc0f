package io.parquetflow.bench.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.bench.Bench;
import io.parquetflow.bench.Fork;
import io.parquetflow.bench.sink.Directories;
import io.parquetflow.bench.sink.Load;
import io.parquetflow.bench.sink.Load.Kind;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes two seconds for a force, and a compressor that takes one for a row group, cost no record. */
@Tag("machine")
class BurstTest {
    private static final Path REPOSITORY = Path.of(System.getProperty("project.root"));
    private static final Pattern FIGURE = Pattern.compile("burst\\.([a-z0-9_.]+)=(-?[0-9.]+)");
    private static final long RATE = 500_000;
    private static final int SIZE = 256;
    /** The pages that are delayed, and a little: the first seal begins within the first seconds. */
    private static final long ROTATE_BYTES = 8_000_000;

    /** Half of what the ring holds out at the full rate. */
    private static final double STANDSTILL_MS = 200;

    @TempDir
    Path classes;

    private Path home;

    @BeforeEach
    void makeHome() throws Exception {
        home = Files.createTempDirectory(Directories.base(), "parquet-flow-burst-");
    }

    @AfterEach
    void deleteHome() throws Exception {
        Directories.delete(home);
    }

    private Map<String, Double> burst(Kind kind, long rate, double seconds, String classPath) throws Exception {
        Load load = new Load(
                kind, rate, SIZE, 1, Codec.ZSTD, Durability.POWER, ROTATE_BYTES, seconds, 0, home.resolve("run"));
        List<String> command = new ArrayList<>(List.of("sink-run", "--name=burst"));
        command.addAll(load.arguments());
        Map<String, Double> figures = new HashMap<>();
        List<String> lines = new ArrayList<>();
        int exitCode = Fork.run(List.of("-Xmx512m"), classPath, Bench.class.getName(), command, home, line -> {
            lines.add(line);
            Matcher matcher = FIGURE.matcher(line);
            if (matcher.matches()) {
                figures.put(matcher.group(1), Double.valueOf(matcher.group(2)));
            }
        });
        assertThat(exitCode).as("%s", lines).isZero();
        assertThat(figures).containsEntry("accounting_ok", 1.0);
        Directories.empty(home);
        return figures;
    }

    /** What this machine can take now with a disk that is not slow, halved: backlog and columns want their share. */
    private long rate() throws Exception {
        Map<String, Double> figures = burst(Kind.THROUGHPUT, 0, 2, Fork.absoluteClassPath());
        return Math.min(RATE, Math.round(figures.get("records_per_s") / 2));
    }

    @Test
    void aSlowDiskRefusesNobody() throws Exception {
        long rate = rate();
        Map<String, Double> figures = burst(Kind.BURST, rate, 6, SlowDisk.plant(REPOSITORY, classes, true));
        assertThat(figures.get("forces_delayed")).as("%s", figures).isPositive();
        assumeTrue(figures.get("rate_ok") == 1, () -> "the machine did not keep the pace: " + figures);
        assumeTrue(
                figures.get("watch_gap_most_ms") < STANDSTILL_MS,
                () -> "the machine stood still for half of what the ring holds: " + figures);
        assertThat(figures).as("rate=%s", rate).containsEntry("dropped", 0.0);
        assertThat(figures).containsEntry("rows_sealed", figures.get("calls"));
        assertThat(figures).containsEntry("pages_delayed", 16.0);
        assertThat(figures.get("backlog_most_bytes")).isPositive();
    }

    /** Or the test above would show nothing. */
    @Test
    void withoutReliefTheRingFillsAndRefuses() throws Exception {
        Map<String, Double> figures = burst(Kind.BURST, RATE, 4, SlowDisk.plant(REPOSITORY, classes, false));
        assertThat(figures.get("forces_delayed")).as("%s", figures).isPositive();
        assertThat(figures.get("dropped")).as("%s", figures).isPositive();
        assertThat(figures).containsEntry("rows_sealed", figures.get("accepted"));
    }
}
