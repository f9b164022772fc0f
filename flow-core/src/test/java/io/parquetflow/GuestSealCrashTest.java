package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parquetflow.capture.DirectoryRecovery;
import io.parquetflow.file.CrashPoint;
import io.parquetflow.file.WriterLock;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.testing.Children;
import io.parquetflow.testing.GuestChild;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dead writer's rows are in the segment of a living one that dies while it seals. Which of the two is recovered first is a
 * matter of their names: six times, both orders will have been there.
 */
@Tag("machine")
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
            assertThat(rowsOfWriters(data)).as("round " + round).containsExactlyInAnyOrder(FEW, GuestChild.MANY);
            assertThat(data.resolve("_flow")).isEmptyDirectory();
        }
    }

    private static List<Integer> rowsOfWriters(Path data) throws Exception {
        return Segments.allRows(data).stream()
                .map(row -> row.getString("writer", 0))
                .collect(Collectors.groupingBy(w -> w, Collectors.counting()))
                .values()
                .stream()
                .map(Long::intValue)
                .toList();
    }

    /** That the host's open file is gone would mean that the guest is sealed: while nobody can tell it so, the file stays. */
    @Test
    void aHostWaitsForAGuestThatSomebodyElseIsAt() throws Exception {
        Path data = home.resolve("data");
        Path slabs = home.resolve("slabs");
        die(data, slabs, "seal.before-sealing-frame", FEW, 0);
        die(data, slabs, "seal.after-sealing-frame", GuestChild.MANY, FEW);
        DirectoryRecovery recovery = new DirectoryRecovery(data);
        Map<Boolean, String> writers = recovery.inspect().stream()
                .collect(Collectors.toMap(
                        writer -> writer.journaled() + writer.inSlab() > FEW, DirectoryRecovery.WriterReport::writer));
        String host = writers.get(true);
        String guest = writers.get(false);
        Diagnostics quiet = (level, line, cause) -> {};

        WriterLock busy = WriterLock.adopt(data.resolve("_flow"), guest).orElseThrow();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> recovery.recover(host, false, quiet, bytes -> {}, () -> false))
                .withMessageContaining(host);
        busy.leave();
        assertThat(recovery.recover(host, false, quiet, bytes -> {}, () -> false)
                        .records())
                .isEqualTo(GuestChild.MANY);
        assertThat(recovery.recover(guest, false, quiet, bytes -> {}, () -> false)
                        .records())
                .isEqualTo(FEW);
        assertThat(rowsOfWriters(data)).containsExactlyInAnyOrder(FEW, GuestChild.MANY);
        assertThat(data.resolve("_flow")).isEmptyDirectory();
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
