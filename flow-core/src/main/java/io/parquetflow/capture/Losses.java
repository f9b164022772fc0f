package io.parquetflow.capture;

import io.parquetflow.spi.DropCause;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the drops of each stream have been told of so far. Each drop shows up once: in {@code lost} of the stream's next
 * row, or in the tail that the last footer tells.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Losses {
    private final Drops streams;
    private long[] told = new long[16];
    /** Told of by rows that were given up. */
    private long untold;

    /** The drop counters of all streams. */
    interface Drops {
        /** Streams, or more. */
        int count();

        long dropped(int stream, DropCause cause);
    }

    Losses(Drops streams) {
        this.streams = streams;
    }

    /** The drops that a row of this stream has to tell of, given what its producer saw. */
    long tell(int stream, long dropsBefore) {
        if (stream >= told.length) {
            told = Arrays.copyOf(told, Math.max(stream + 1, told.length * 2));
        }
        long lost = dropsBefore - told[stream];
        if (lost <= 0) {
            return 0; // producers overtake each other: a later record may have seen fewer drops
        }
        told[stream] = dropsBefore;
        return lost;
    }

    /** Rows that told of so many drops were given up: from now on the footers' tail tells. */
    void untold(long drops) {
        untold += drops;
    }

    /** Goes on where a dead writer's rows ended. */
    void resume(List<Long> toldBefore, long untoldBefore) {
        told = toldBefore.stream().mapToLong(Long::longValue).toArray();
        untold = untoldBefore;
    }

    /** What rows have told of, by stream. */
    List<Long> told() {
        int streams = told.length;
        while (streams > 0 && told[streams - 1] == 0) {
            streams--;
        }
        return Arrays.stream(told, 0, streams).boxed().toList();
    }

    long untold() {
        return untold;
    }

    /** What all footers say of drops: totals by cause, and how many no row has told of. */
    Snapshot snapshot() {
        Map<DropCause, Long> totals = new EnumMap<>(DropCause.class);
        long tail = untold;
        for (int i = 0; i < streams.count(); i++) {
            long lost = 0;
            for (DropCause cause : DropCause.values()) {
                long count = streams.dropped(i, cause);
                totals.merge(cause, count, Long::sum);
                lost += cause == DropCause.CLOSED ? 0 : count;
            }
            tail += Math.max(0, lost - (i < told.length ? told[i] : 0));
        }
        return new Snapshot(totals, tail);
    }

    record Snapshot(Map<DropCause, Long> totals, long tail) {}
}
