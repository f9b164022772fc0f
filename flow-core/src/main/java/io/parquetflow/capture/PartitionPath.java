package io.parquetflow.capture;

import io.parquetflow.spi.Partition;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The partition that the open segment belongs to.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class PartitionPath {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Partition scheme;
    private final long lengthNs;
    private long fromNs;
    private long toNs;

    PartitionPath(Partition scheme) {
        this.scheme = scheme;
        this.lengthNs = scheme == Partition.HOUR ? HOUR_NS : 24 * HOUR_NS;
        leave();
    }

    /** Whether a record of this time belongs elsewhere. */
    boolean leaves(long tsNs) {
        return tsNs < fromNs || tsNs > toNs;
    }

    /** The directory for a segment that begins with this time, relative to the sink's. */
    Path enter(long tsNs) {
        if (scheme == Partition.NONE) {
            return Path.of("");
        }
        long into = Math.floorMod(tsNs, lengthNs);
        long left = lengthNs - 1 - into;
        // the first and the last partition that a long can tell are cut short
        fromNs = tsNs < Long.MIN_VALUE + into ? Long.MIN_VALUE : tsNs - into;
        toNs = tsNs > Long.MAX_VALUE - left ? Long.MAX_VALUE : tsNs + left;
        Instant time = Instant.ofEpochSecond(Math.floorDiv(tsNs, 1_000_000_000L));
        Path day = Path.of("date=" + DAY.format(time));
        return scheme == Partition.DAY ? day : day.resolve("hour=" + HOUR.format(time));
    }

    void leave() {
        fromNs = Long.MIN_VALUE;
        toNs = Long.MAX_VALUE;
    }
}
