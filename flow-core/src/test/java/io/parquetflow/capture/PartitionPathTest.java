package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Partition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which directory a record's time belongs to. */
class PartitionPathTest {
    private static long ns(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    @Test
    void withoutASchemeThereIsNoDirectoryAndNothingEverLeaves() {
        PartitionPath path = new PartitionPath(Partition.NONE);
        assertThat(path.enter(0)).isEqualTo(Path.of(""));
        for (long ts : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            assertThat(path.leaves(ts)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:15:00Z,date=2026-11-20,hour=10",
        "2026-11-20T00:00:00Z,date=2026-11-20,hour=00",
        "2026-11-20T23:59:59.999999999Z,date=2026-11-20,hour=23",
        "1970-01-01T00:00:00Z,date=1970-01-01,hour=00",
        "1969-12-31T23:59:59.999999999Z,date=1969-12-31,hour=23",
        "1969-12-31T23:00:00Z,date=1969-12-31,hour=23",
        "1815-06-18T11:30:00.5Z,date=1815-06-18,hour=11",
        "2024-02-29T12:00:00Z,date=2024-02-29,hour=12"
    })
    void directoriesAreUtcOfTheRecord(String time, String day, String hour) {
        assertThat(new PartitionPath(Partition.DAY).enter(ns(time))).isEqualTo(Path.of(day));
        assertThat(new PartitionPath(Partition.HOUR).enter(ns(time))).isEqualTo(Path.of(day, hour));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T10:15:00Z", "1969-12-31T10:15:00Z", "1970-01-01T10:00:00Z"})
    void theLastNanosecondStaysAndTheNextLeaves(String time) {
        String day = time.substring(0, 10);
        PartitionPath byDay = new PartitionPath(Partition.DAY);
        byDay.enter(ns(time));
        assertThat(byDay.leaves(ns(day + "T00:00:00Z"))).isFalse();
        assertThat(byDay.leaves(ns(day + "T00:00:00Z") - 1)).isTrue();
        assertThat(byDay.leaves(ns(day + "T23:59:59.999999999Z"))).isFalse();
        assertThat(byDay.leaves(ns(day + "T23:59:59.999999999Z") + 1)).isTrue();
        PartitionPath byHour = new PartitionPath(Partition.HOUR);
        byHour.enter(ns(time));
        assertThat(byHour.leaves(ns(day + "T10:00:00Z"))).isFalse();
        assertThat(byHour.leaves(ns(day + "T10:00:00Z") - 1)).isTrue();
        assertThat(byHour.leaves(ns(day + "T10:59:59.999999999Z"))).isFalse();
        assertThat(byHour.leaves(ns(day + "T11:00:00Z"))).isTrue();
    }

    @Test
    void betweenSegmentsNothingLeaves() {
        PartitionPath path = new PartitionPath(Partition.HOUR);
        assertThat(path.leaves(0)).isFalse();
        path.enter(0);
        assertThat(path.leaves(Long.MAX_VALUE)).isTrue();
        path.leave();
        assertThat(path.leaves(Long.MAX_VALUE)).isFalse();
    }

    /** Or a feed with broken times would make a segment of every record. */
    @ParameterizedTest
    @EnumSource(
            value = Partition.class,
            names = {"DAY", "HOUR"})
    void whateverEntersDoesNotLeaveAtOnce(Partition scheme) {
        PartitionPath path = new PartitionPath(scheme);
        for (long ts : new long[] {Long.MIN_VALUE + 1, Long.MIN_VALUE + 1_000, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            path.enter(ts);
            assertThat(path.leaves(ts)).as("ts=" + ts).isFalse();
            assertThat(path.leaves(0)).as("ts=" + ts).isTrue();
        }
        assertThat(new PartitionPath(Partition.DAY).enter(Long.MAX_VALUE)).isEqualTo(Path.of("date=2262-04-11"));
        assertThat(new PartitionPath(Partition.DAY).enter(Long.MIN_VALUE + 1)).isEqualTo(Path.of("date=1677-09-21"));
        for (long seed = 0; seed < 1_000; seed++) {
            long ts = new Random(seed).nextLong();
            path.enter(ts);
            assertThat(path.leaves(ts)).as("seed=%d, ts=%d", seed, ts).isFalse();
        }
    }
}
