package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a segment is to be sealed. */
class RotationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;

    private static long epochNs(String time) {
        return Instant.parse(time).getEpochSecond() * SECOND;
    }

    private static Rotation every(Duration interval, boolean align) {
        return new Rotation(1_000, 10, interval, align);
    }

    @Test
    void ageIsMeasuredByTheMonotonicClock() {
        Rotation rotation = every(Duration.ofMinutes(5), false);
        long start = Long.MAX_VALUE - MINUTE; // nanoTime may overflow
        rotation.opened(start, 0);
        assertThat(rotation.dueByTime(start, 0)).isFalse();
        assertThat(rotation.dueByTime(start + 5 * MINUTE - 1, 0)).isFalse();
        assertThat(rotation.dueByTime(start + 5 * MINUTE, 0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1", "-1"})
    void withoutAlignmentAJumpOfTheWallClockDoesNothing(int days) {
        Rotation rotation = every(Duration.ofMinutes(5), false);
        rotation.opened(0, epochNs("2026-11-20T10:00:00Z"));
        assertThat(rotation.dueByTime(MINUTE, epochNs("2026-11-20T10:00:00Z") + days * DAY))
                .isFalse();
    }

    @Test
    void alignedItIsDueAtTheMarkOfTheWallClock() {
        Rotation rotation = every(Duration.ofMinutes(5), true);
        long opened = epochNs("2026-11-20T10:03:20Z");
        rotation.opened(0, opened);
        assertThat(rotation.dueByTime(100 * SECOND - 1, opened + 100 * SECOND - 1))
                .isFalse();
        assertThat(rotation.dueByTime(100 * SECOND, epochNs("2026-11-20T10:05:00Z")))
                .isTrue();
    }

    @Test
    void openedAtTheMarkItLastsToTheNext() {
        Rotation rotation = every(Duration.ofHours(1), true);
        long mark = epochNs("2026-11-20T10:00:00Z");
        rotation.opened(0, mark);
        assertThat(rotation.dueByTime(0, mark)).isFalse();
        assertThat(rotation.dueByTime(59 * MINUTE, mark + 59 * MINUTE)).isFalse();
        assertThat(rotation.dueByTime(60 * MINUTE, mark + 60 * MINUTE)).isTrue();
    }

    @Test
    void marksBefore1970LieOnTheSameGrid() {
        Rotation rotation = every(Duration.ofHours(1), true);
        rotation.opened(0, -MINUTE);
        assertThat(rotation.dueByTime(1, -1)).isFalse();
        assertThat(rotation.dueByTime(1, 0)).isTrue();
    }

    /** Ten minutes with a jump in the middle, a look every second: two rotations are due anyway. */
    @ParameterizedTest
    @CsvSource({"1,true", "-1,true", "1,false", "-1,false"})
    void aJumpOfADayCostsAtMostOneRotation(int days, boolean align) {
        Rotation rotation = every(Duration.ofMinutes(5), align);
        long wall = epochNs("2026-11-20T10:00:00Z");
        long mono = 12_345;
        rotation.opened(mono, wall);
        int rotations = 0;
        for (int second = 1; second <= 600; second++) {
            mono += SECOND;
            wall += SECOND;
            if (second == 150) {
                wall += days * DAY;
            }
            if (rotation.dueByTime(mono, wall)) {
                rotations++;
                rotation.opened(mono, wall);
            }
        }
        assertThat(rotations).isBetween(2, 3);
    }

    @Test
    void bytesAndRowsAreLimitsOfTheirOwn() {
        Rotation rotation = every(Duration.ofDays(366), false);
        assertThat(rotation.dueByBytes(999)).isFalse();
        assertThat(rotation.dueByBytes(1_000)).isTrue();
        assertThat(rotation.rowsLeft(0)).isEqualTo(10);
        assertThat(rotation.rowsLeft(10)).isZero();
        assertThat(rotation.rowsLeft(11)).isZero();
    }
}
