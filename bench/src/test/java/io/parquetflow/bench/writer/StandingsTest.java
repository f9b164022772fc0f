package io.parquetflow.bench.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;

class StandingsTest {
    private static Standings standings() {
        Standings standings = new Standings(List.of("raw", "flow"));
        for (double rate : new double[] {900, 100, 200, 300, 1000}) {
            standings.add("raw", Map.of(Measured.ROWS_PER_SEC, 2 * rate));
            standings.add("flow", Map.of(Measured.ROWS_PER_SEC, rate));
        }
        return standings;
    }

    @Test
    void theMedianIsTheMiddleOneAndBetweenTwoHalfWay() {
        Standings standings = standings();
        assertThat(standings.median("flow", Measured.ROWS_PER_SEC)).isEqualTo(300);
        standings.add("flow", Map.of(Measured.ROWS_PER_SEC, 500.0));
        assertThat(standings.median("flow", Measured.ROWS_PER_SEC)).isEqualTo(400);
        assertThat(standings.median("flow", Measured.FILE_BYTES)).isNaN();
    }

    @Test
    void mediansLeastMostAndRatiosArePrinted() {
        List<String> lines = new ArrayList<>();
        standings().print(Lines.into(lines));
        assertThat(lines)
                .contains("raw.rows_per_sec.median=600", "flow.rows_per_sec.median=300")
                .anyMatch(line -> line.matches("flow +300 +100 +1000 .*"))
                .anyMatch(line -> line.matches("flow +0.500 +1.000"));
    }

    @Test
    void ratiosAreThoseOfTheSameRound() {
        Standings standings = new Standings(List.of("raw", "flow"));
        double[][] rounds = {{100, 90}, {10, 9}, {50, 45}, {1000, 20}, {100, 90}};
        for (double[] round : rounds) {
            standings.add("raw", Map.of(Measured.ROWS_PER_SEC, round[0]));
            standings.add("flow", Map.of(Measured.ROWS_PER_SEC, round[1]));
        }
        assertThat(standings.ratio("flow", "raw", Measured.ROWS_PER_SEC)).isEqualTo(0.9);
        assertThat(standings.ratio("flow", "duckdb", Measured.ROWS_PER_SEC)).isNaN();
    }

    private static String goals(Task task, Standings standings) {
        List<String> lines = new ArrayList<>();
        Goals.print(task, standings, Lines.into(lines));
        return String.join("\n", lines).replaceAll(" +", " ");
    }

    @Test
    void aGoalIsReachedOrMissedByTheMediansOfBothSides() {
        Standings standings = new Standings(List.of("raw", "flow.copied", "flow.together"));
        standings.add("raw", Map.of(Measured.ROWS_PER_SEC, 1000.0));
        standings.add("flow.copied", Map.of(Measured.ROWS_PER_SEC, 800.0, Measured.ALLOCATED, 0.2));
        standings.add("flow.together", Map.of(Measured.ROWS_PER_SEC, 899.0, Measured.ALLOCATED, 0.1));
        Task task = new Task(Workload.BYTES, 1, 256, 4096, Repetition.REQUIRED, 8, Codec.UNCOMPRESSED, 1, 1);
        assertThat(goals(task, standings))
                .contains("flow.copied / raw rows_per_sec >= 0.8000 0.8000 PASS")
                .contains("flow.together / raw rows_per_sec >= 0.9000 0.8990 MISS")
                .contains("flow.copied allocated_bytes_per_row <= 0.1000 0.2000 MISS")
                .contains("flow.together allocated_bytes_per_row <= 0.1000 0.1000 PASS")
                .doesNotContain("parquet_java");
    }

    @Test
    void gzipIsComparedBySizeToo() {
        Standings standings = new Standings(List.of("flow.copied", "parquet_java.record"));
        standings.add("flow.copied", Map.of(Measured.ROWS_PER_SEC, 10.0, Measured.FILE_BYTES, 101.0));
        standings.add("parquet_java.record", Map.of(Measured.ROWS_PER_SEC, 10.0, Measured.FILE_BYTES, 100.0));
        Task task = new Task(Workload.TEXT, 1, 256, 4096, Repetition.REQUIRED, 8, Codec.GZIP, 6, 1);
        assertThat(goals(task, standings))
                .contains("flow.copied / parquet_java.record rows_per_sec >= 1 1 PASS")
                .contains("flow.copied / parquet_java.record file_bytes <= 1 1.0100 MISS");
    }
}
