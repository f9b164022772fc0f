package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Our time is the wall clock's, without its jumps between two looks. */
class CaptureClockTest {
    private final CaptureClock clock = new CaptureClock();

    private static long wallNs() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
    }

    /** As if the wall clock had been set meanwhile. */
    private void shiftOffset(long ns) throws ReflectiveOperationException {
        Field offset = CaptureClock.class.getDeclaredField("offsetNs");
        offset.setAccessible(true);
        offset.setLong(clock, offset.getLong(clock) + ns);
    }

    @Test
    void itAgreesWithTheWallClock() {
        long before = wallNs();
        long ours = clock.nowNs();
        long after = wallNs();
        assertThat(ours).isBetween(before - 5_000_000, after + 5_000_000);
    }

    @Test
    void itNeverGoesBackBetweenCalibrations() {
        long last = clock.nowNs();
        for (int i = 0; i < 100_000; i++) {
            long now = clock.nowNs();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }

    @Test
    void aCalibrationFollowsTheWallClockAndCountsTheStep() throws Exception {
        shiftOffset(-3_000_000_000L);
        assertThat(clock.nowNs()).isLessThan(wallNs() - 2_000_000_000L);
        clock.recalibrate();
        assertThat(clock.nowNs()).isBetween(wallNs() - 1_000_000_000L, wallNs() + 1_000_000_000L);
        assertThat(clock.summary())
                .startsWith("source=nanoTime+offset, recalibrations=1, steps=1, largest_step_ns=")
                .matches(".*largest_step_ns=(2999|3000)\\d{6}");
    }

    @Test
    void aStepBackIsAStep() throws Exception {
        shiftOffset(86_400_000_000_000L);
        clock.recalibrate();
        assertThat(clock.nowNs()).isLessThan(wallNs() + 1_000_000_000L);
        assertThat(clock.summary()).contains("recalibrations=1, steps=1, largest_step_ns=86");
    }

    /** What the time service corrects all the while is below a millisecond. */
    @Test
    void smallCorrectionsAreNoSteps() throws Exception {
        for (int i = 0; i < 50; i++) {
            shiftOffset(300_000);
            clock.recalibrate();
        }
        assertThat(clock.summary()).contains("recalibrations=50, ");
        String steps = clock.summary().replaceAll(".*, steps=(\\d+),.*", "$1");
        assertThat(Integer.parseInt(steps)).isLessThan(10); // a machine that stands still may see one
    }

    @Test
    void aClockThatIsNotSetHasNoSteps() {
        assertThat(clock.summary()).isEqualTo("source=nanoTime+offset, recalibrations=0, steps=0, largest_step_ns=0");
    }
}
