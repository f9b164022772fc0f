package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Numbers that belong together are read together. */
class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void whatIsReadWhileItChangesIsConsistent() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (long i = 1; !stop.get(); i++) {
                progress.taken(i, 2 * i, 3 * i, 4 * i);
            }
        });
        writer.start();
        long last = 0;
        long changes = 0;
        for (int i = 0; i < 300_000 || changes < 100; i++) {
            Progress.Taken taken = progress.taken();
            long n = taken.records();
            assertThat(n == taken.nextPosition() / 2
                            && 3 * n == taken.bytesIn()
                            && 4 * n == taken.abortedClaims()
                            && n >= last)
                    .as("%s after %d", taken, last)
                    .isTrue();
            changes += n == last ? 0 : 1;
            last = n;
        }
        stop.set(true);
        writer.join();
    }

    @Test
    void sealedSegmentsAddUpAndTheHighWaterOnlyRises() {
        progress.sealed(10, 1_000);
        progress.sealed(5, 500);
        assertThat(progress.rowsSealed()).isEqualTo(15);
        assertThat(progress.bytesWritten()).isEqualTo(1_500);
        assertThat(progress.segmentsSealed()).isEqualTo(2);
        progress.ringFill(7);
        progress.ringFill(3);
        assertThat(progress.ringHighWater()).isEqualTo(7);
    }

    @Test
    void theLastErrorStaysWhenItIsOver() {
        progress.degraded(true, "No space left on device");
        assertThat(progress.isDegraded()).isTrue();
        progress.degraded(false, "");
        assertThat(progress.isDegraded()).isFalse();
        assertThat(progress.lastError()).isEqualTo("No space left on device");
    }
}
