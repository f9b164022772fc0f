package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.file.CrashPoint;
import io.parquetflow.testing.Children;
import io.parquetflow.testing.GuestChild;
import io.parquetflow.testing.Segments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dead writer's rows are in the segment of a living one that dies while it seals. Which of the two is recovered first is a
 * matter of their names: six times, both orders will have been there.
 */
class GuestSealCrashTest {
    private static final int FEW = 10;
    private static final int ROUNDS = 6;

    @TempDir
    Path home;

    @Test
    void aGuestOutlivesTheDeathOfItsHost() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Path data = home.resolve("data-" + round);
            Path slabs = home.resolve("slabs-" + round);
            die(data, slabs, "seal.before-sealing-frame", FEW, 0);
            die(data, slabs, "seal.after-sealing-frame", GuestChild.MANY, FEW);
            try (LogSink sink = GuestChild.open(data, slabs)) {
                assertThat(sink.close(Duration.ofSeconds(30))).isTrue();
            }
            TreeMap<Integer, Integer> writers = new TreeMap<>();
            Segments.allRows(data).stream()
                    .map(row -> row.getString("writer", 0))
                    .collect(Collectors.groupingBy(w -> w, Collectors.counting()))
                    .values()
                    .forEach(count -> writers.merge(count.intValue(), 1, Integer::sum));
            assertThat(writers).as("round " + round).containsOnlyKeys(FEW, GuestChild.MANY);
            assertThat(data.resolve("_flow")).isEmptyDirectory();
        }
    }

    private static void die(Path data, Path slabs, String where, int records, int guests) throws Exception {
        List<String> command = new ArrayList<>(Children.java(
                System.getProperty("java.class.path"),
                GuestChild.class,
                data.toString(),
                slabs.toString(),
                Integer.toString(records),
                Integer.toString(guests)));
        command.add(1, "-D" + CrashPoint.PROPERTY + "=" + where);
        Children.Result result = Children.run(command);
        assertThat(result.exit()).as(result.err()).isEqualTo(CrashPoint.EXIT_CODE);
    }
}
