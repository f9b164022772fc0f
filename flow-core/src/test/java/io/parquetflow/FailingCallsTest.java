package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.spi.Durability;
import io.parquetflow.testing.Children;
import io.parquetflow.testing.FaultChild;
import io.parquetflow.testing.NextStart;
import io.parquetflow.testing.NoSlabLeft;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** System calls of a sink fail for a while, until the next start, or for ever, in processes of their own. */
@Tag("machine")
@ExtendWith(NoSlabLeft.class)
class FailingCallsTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}: {1} fails with {2} at calls {3}")
    @CsvSource({
        "POWER, pwrite64, EIO, 2",
        "POWER, pwrite64, EIO, 5..9",
        "POWER, pwrite64, ENOSPC, 3..6",
        "POWER, pwrite64, EROFS, 10..12",
        "POWER, fsync, EIO, 1",
        "POWER, fsync, EIO, 2..3",
        "POWER, link, EIO, 1",
        "POWER, link, EMFILE, 2..3",
        "POWER, 'unlink,unlinkat', EIO, 1..2",
        "POWER, ftruncate, EIO, 1..2",
        "PROCESS, pwrite64, EIO, 5..9",
        "PROCESS, pwrite64, ENOSPC, 20..25",
        "PROCESS, link, EIO, 1",
        "PROCESS, 'unlink,unlinkat', EIO, 1..2",
        "OFF, pwrite64, EIO, 5..9",
        "OFF, link, EIO, 1",
        "OFF, 'unlink,unlinkat', EIO, 1..2"
    })
    void callsThatFailForAWhileCostNothing(Durability durability, String call, String error, String when)
            throws Exception {
        Map<String, String> numbers = faulty(durability, call, error, when, 30);
        assertThat(numbers).containsEntry("all", "true");
        assertThat(numbers).containsEntry("sealed", numbers.get("accepted"));
        // Truncating comes only after another failure; a name that cannot be deleted is tried again without a word.
        if (!call.equals("ftruncate") && !call.startsWith("unlink")) {
            assertThat(Long.parseLong(numbers.get("failures"))).isPositive();
            assertThat(numbers).containsEntry("recoveries", numbers.get("failures"));
        }
        if (call.startsWith("unlink")) { // what could not be deleted at the end, the next start deletes
            assertThat(NextStart.of(SinkFaultsTest.small(directory, durability)).recovered())
                    .isZero();
        }
        assertThat(directory.resolve("_flow")).isEmptyDirectory();
        assertRowsInOrder(numbers.get("accepted"));
    }

    private void assertRowsInOrder(String accepted) throws IOException {
        List<Group> rows = Segments.allRows(directory);
        assertThat(rows).hasSize(Integer.parseInt(accepted));
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).getLong("seq", 0)).isEqualTo(i);
            assertThat(rows.get(i).getBinary("payload", 0).getBytes()[0])
                    .isEqualTo((byte) rows.get(i).getLong("source_ts_ns", 0));
        }
    }

    @ParameterizedTest(name = "{0} fails with {1} for ever")
    @CsvSource({"pwrite64, ENOSPC", "pwrite64, EIO"})
    void callsThatFailForEverAreCountedToTheLastRecord(String call, String error) throws Exception {
        Map<String, String> numbers = faulty(Durability.OFF, call, error, "8+", 1);
        assertThat(numbers).containsEntry("all", "false");
        assertThat(Long.parseLong(numbers.get("sealed")) + Long.parseLong(numbers.get("abandoned")))
                .isEqualTo(Long.parseLong(numbers.get("accepted")));
        assertThat(Long.parseLong(numbers.get("abandoned"))).isPositive();
    }

    @ParameterizedTest(name = "{0}: {1} fails with {2} until the next start")
    @CsvSource({
        "PROCESS, pwrite64, ENOSPC",
        "PROCESS, pwrite64, EIO",
        "PROCESS, link, EIO",
        "POWER, pwrite64, ENOSPC",
        "POWER, fsync, EIO"
    })
    void callsThatFailUntilTheNextStartCostNothing(Durability durability, String call, String error) throws Exception {
        Map<String, String> numbers = faulty(durability, call, error, call.equals("link") ? "1+" : "8+", 1);
        assertThat(numbers).containsEntry("all", "false").containsEntry("abandoned", "0");
        // a seal may be on its way when close has waited enough, and come to its end before the process does
        long sealed = Segments.allRows(directory).size();
        assertThat(sealed).isGreaterThanOrEqualTo(Long.parseLong(numbers.get("sealed")));
        long unsealed = Long.parseLong(numbers.get("accepted")) - sealed;
        assertThat(NextStart.of(SinkFaultsTest.small(directory, durability)).recovered())
                .isEqualTo(unsealed);
        assertRowsInOrder(numbers.get("accepted"));
    }

    /** In a process whose system calls fail as told. */
    private Map<String, String> faulty(Durability durability, String call, String error, String when, int closeSeconds)
            throws Exception {
        assumeTrue(Children.works("strace", "-f", "true"), "strace is not installed, or may not trace here");
        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "--seccomp-bpf",
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":error=" + error + ":when=" + when));
        command.addAll(Children.java(
                System.getProperty("java.class.path"),
                FaultChild.class,
                directory.toString(),
                Integer.toString(closeSeconds),
                durability.name()));
        Children.Result result = Children.run(command);
        assertThat(result.exit()).as(result.err()).isZero();
        Map<String, String> numbers = new TreeMap<>();
        for (String pair : result.out().trim().split(" ")) {
            numbers.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        assertThat(Long.parseLong(numbers.get("accepted")) + Long.parseLong(numbers.get("dropped")))
                .isEqualTo(Long.parseLong(numbers.get("calls")));
        return numbers;
    }
}
