package io.parquetflow.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk whose power is cut, and comes back. */
@Tag("machine")
class LoopDiskTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void itIsAnotherMountThoughSomebodyHasTheOldOneForAWhile(String type) throws Exception {
        String obstacle = LoopDisk.obstacle(type);
        assumeTrue(obstacle.isEmpty(), obstacle);
        assumeTrue(canUnshare(), "no mounts of one's own here");
        try (LoopDisk disk = LoopDisk.make(type, home)) {
            Process somebody = new ProcessBuilder("unshare", "--mount", "sh", "-c", "echo; sleep 1")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(somebody.getInputStream().read()).isEqualTo('\n');
            disk.cut();
            disk.powerUp();
            assertThat(Files.writeString(disk.root().resolve("written"), "again"))
                    .hasContent("again");
            assertThat(somebody.waitFor()).isZero();
        }
    }

    private static boolean canUnshare() throws InterruptedException {
        try {
            Tools.run("unshare", "--mount", "true");
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
