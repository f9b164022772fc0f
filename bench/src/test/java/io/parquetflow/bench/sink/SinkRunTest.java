package io.parquetflow.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.bench.sink.Load.Kind;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rig runs and its numbers add up; what they are is no business of a test. */
@Tag("machine")
class SinkRunTest {
    private static final long RATE = 20_000;
    private static final double SECONDS = 0.5;
    private static final double WARMUP_SECONDS = 0.2;

    @TempDir
    Path directory;

    private Map<String, Double> run(Kind kind, int producers) throws Exception {
        return run(kind, producers, Durability.OFF);
    }

    private Map<String, Double> run(Kind kind, int producers, Durability durability) throws Exception {
        Load load = new Load(
                kind, RATE, 256, producers, Codec.UNCOMPRESSED, durability, 0, SECONDS, WARMUP_SECONDS, directory);
        Figures figures = new Figures(Discard.STREAM, "x");
        SinkRun.execute(load, figures);
        return figures.values();
    }

    @ParameterizedTest
    @EnumSource(names = "NOOP", mode = EnumSource.Mode.EXCLUDE)
    void everyCallIsAcceptedOrDroppedAndAcceptedOnesAreSealed(Kind kind) throws Exception {
        Map<String, Double> figures = run(kind, 1);
        assertThat(figures).containsEntry("x.accounting_ok", 1.0);
        assertThat(figures.get("x.calls")).isEqualTo(figures.get("x.accepted") + figures.get("x.dropped"));
        assertThat(figures).containsEntry("x.rows_sealed", figures.get("x.accepted"));
        if (kind != Kind.IDLE) {
            assertThat(figures.get("x.accepted")).isPositive();
        }
    }

    @Test
    void aFullRingRefusesEveryCallThatIsMeasured() throws Exception {
        Map<String, Double> figures = run(Kind.REFUSE, 1);
        assertThat(figures).containsEntry("x.window_accepted", 0.0);
        assertThat(figures).containsEntry("x.window_refused", RATE * SECONDS);
    }

    @Test
    void twoProducersAddUpAsWell() throws Exception {
        Map<String, Double> figures = run(Kind.THROUGHPUT, 2);
        assertThat(figures).containsEntry("x.accounting_ok", 1.0);
        assertThat(figures.get("x.records_per_s")).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPT_OURS", "THROUGHPUT", "IDLE", "BURST"})
    void aJournalAddsUpAsWell(Kind kind) throws Exception {
        for (Durability durability : new Durability[] {Durability.PROCESS, Durability.POWER}) {
            Map<String, Double> figures = run(kind, 1, durability);
            assertThat(figures).containsEntry("x.accounting_ok", 1.0);
            assertThat(figures).containsEntry("x.rows_sealed", figures.get("x.accepted"));
        }
    }

    @Test
    void theNoOpRecordsEveryTurn() throws Exception {
        assertThat(run(Kind.NOOP, 1)).containsEntry("x.window_accepted", RATE * SECONDS);
    }
}
