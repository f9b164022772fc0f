package io.parquetflow;

import io.parquetflow.capture.Progress;
import io.parquetflow.capture.StreamTable;
import io.parquetflow.capture.Writer;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.spi.DropCause;
import io.parquetflow.spi.SinkState;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts a sink's numbers together. Accepted is what the writer thread took, plus a walk over what waits in the ring: a
 * counter in the accept path would cost every record an atomic add.
 *
 * <p>Thread-safe: stateless.
 */
final class StatsReader {
    /** Enough for the writer thread to stand still once; after that the number is as good as any. */
    private static final int ATTEMPTS = 5;

    private StatsReader() {}

    static SinkStats read(Writer writer) {
        Progress progress = writer.progress();
        Map<DropCause, Long> byCause = new EnumMap<>(DropCause.class);
        Map<String, Map<DropCause, Long>> byStream = new LinkedHashMap<>();
        long dropped = 0;
        for (DropCause cause : DropCause.values()) {
            byCause.put(cause, 0L);
        }
        StreamTable streams = writer.streams();
        for (int i = 0; i < streams.count(); i++) {
            StreamTable.Entry stream = streams.stream(i);
            Map<DropCause, Long> own = drops(stream);
            if (!own.isEmpty()) {
                byStream.put(stream.name(), own);
                own.forEach((cause, count) -> byCause.merge(cause, count, Long::sum));
                dropped += own.values().stream().mapToLong(Long::longValue).sum();
            }
        }
        CaptureRing ring = writer.ring();
        int block = writer.plan().blockBytes();
        long[] waiting = new long[1];
        Progress.Taken taken = taken(writer, waiting);
        return new SinkStats(
                state(writer),
                taken.records() + waiting[0],
                dropped,
                Collections.unmodifiableMap(byCause),
                Collections.unmodifiableMap(byStream),
                progress.rowsMade(),
                progress.rowsSealed(),
                progress.rejected(),
                writer.abandoned(),
                taken.abortedClaims(),
                taken.bytesIn(),
                progress.bytesWritten(),
                progress.segmentsSealed(),
                (long) ring.blocks() * block,
                ring.usedBlocks() * block,
                progress.ringHighWater() * block,
                writer.plan().totalBytes(),
                progress.listenerErrors(),
                progress.lastError(),
                progress.recovered(),
                progress.setAside(),
                progress.backlogBytes(),
                Duration.ofNanos(progress.backlogAgeNs()),
                progress.unsafe().isEmpty(),
                progress.unsafe());
    }

    private static Map<DropCause, Long> drops(StreamTable.Entry stream) {
        Map<DropCause, Long> own = new EnumMap<>(DropCause.class);
        for (DropCause cause : DropCause.values()) {
            long count = stream.drops().dropped(cause.slot());
            if (count > 0) {
                own.put(cause, count);
            }
        }
        return own.isEmpty() ? own : Collections.unmodifiableMap(own);
    }

    private static Progress.Taken taken(Writer writer, long[] waiting) {
        Progress.Taken before = writer.progress().taken();
        for (int i = 0; i < ATTEMPTS; i++) {
            waiting[0] = writer.ring().committedFrom(before.nextPosition());
            Progress.Taken after = writer.progress().taken();
            if (after.nextPosition() == before.nextPosition()) {
                break;
            }
            before = after;
        }
        return before;
    }

    static SinkState state(Writer writer) {
        return switch (writer.ring().gate()) {
            case CaptureRing.CLOSED -> SinkState.CLOSED;
            case CaptureRing.FAILED -> SinkState.FAILED;
            default -> writer.progress().isDegraded() ? SinkState.DEGRADED : SinkState.RUNNING;
        };
    }
}
