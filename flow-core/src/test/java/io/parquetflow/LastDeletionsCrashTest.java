package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parquetflow.file.CrashPoint;
import io.parquetflow.testing.FaultyProcess;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Death after everything is sealed, while the writer takes away what recovery would have needed. */
class LastDeletionsCrashTest {
    @TempDir
    Path home;

    @Test
    void aWriterThatDiesAmidItsLastDeletionsIsNotRecoveredTwice() throws Exception {
        BitSet taken;
        try (FaultyProcess process = FaultyProcess.start(
                home,
                "ring-bytes=64KB\nmax-payload=4KB\nrow-group-bytes=64KB\n",
                Map.of("JAVA_TOOL_OPTIONS", "-D" + CrashPoint.PROPERTY + "=end.between-deletes"))) {
            process.build("capture");
            process.ask("record 100");
            taken = process.taken();
            assertThatThrownBy(() -> process.ask("close 20000")).hasMessageContaining("ended without an answer");
        }
        FaultyProcess.reopen(home.resolve("capture"));
        FaultyProcess.assertExactly(taken, home.resolve("capture"));
    }
}
