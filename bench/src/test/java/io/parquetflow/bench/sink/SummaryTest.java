package io.parquetflow.bench.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final Summary results = new Summary();

    private boolean run(String name, int exitCode, String... lines) {
        Summary.Run run = results.newRun(name);
        for (String line : lines) {
            run.line(line);
        }
        return run.end(exitCode);
    }

    private String targets() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Targets.print(results, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).replaceAll(" +", " ");
    }

    @Test
    void aTargetOfTheMedianForgivesOneRunAndOneOfAllRunsDoesNot() {
        for (int refused : new int[] {0, 7, 0}) {
            run("a.ours", 0, "a.ours.service.p50_ns=" + (70 + 5 * refused), "a.ours.window_refused=" + refused);
        }
        assertThat(targets())
                .contains("a.ours.service.p50_ns <= 80 70 median PASS")
                .contains("a.ours.window_refused <= 0 7 worst MISS");
    }

    @Test
    void aMissedRateFailsTheRunAndSpoilsItsTargets() {
        assertThat(run("a.ours", 0, "a.ours.rate_ok=1", "a.ours.service.p50_ns=70"))
                .isTrue();
        assertThat(run("a.ours", 0, "a.ours.rate_ok=0", "a.ours.service.p50_ns=70"))
                .isFalse();
        assertThat(results.failed()).containsExactly("a.ours");
        assertThat(targets()).contains("a.ours.service.p50_ns <= 80 - median FAILED");
    }

    @Test
    void aRunThatDiesWithoutAFigureShowsAmongTheTargets() {
        assertThat(run("c.256.1p.uncompressed", 1, "Exception in thread \"main\" java.lang.Error"))
                .isFalse();
        assertThat(targets()).contains("c.256.1p.uncompressed.records_per_s >= 3000000 - median FAILED");
    }

    @Test
    void theClockOfTheSameRoundIsTakenOff() {
        run("noop", 0, "noop.service.p50_ns=20");
        run("b.full", 0, "b.full.service.p50_ns=55");
        assertThat(results.sorted("b.full.service.p50_net_ns")).containsExactly(35.0);
    }
}
