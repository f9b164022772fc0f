package io.parquetflow.cli.inspect;

import io.parquetflow.cli.inspect.LogSegment.Piece;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Cuts a directory's events into stretches of time that are sorted and printed one after the other. Memory and the wait
 * for the first line do not grow with the directory that way, and only files that can hold a wanted event are opened.
 *
 * <p>Thread-safe: stateless.
 */
final class LogSlices {
    /** Enough to make the opening of files cheap, and little enough to sort in memory: a hundred megabytes of long events. */
    private static final long ROWS = 100_000;

    private LogSlices() {}

    /**
     * A stretch of time.
     *
     * @param fromNs the first nanosecond of it
     * @param toNs the first one behind it, {@code Long.MAX_VALUE} for no end
     * @param files that may hold events of it
     * @param losses whether events may have been lost in it
     */
    record Slice(long fromNs, long toNs, List<Path> files, boolean losses) {}

    /**
     * Makes them.
     *
     * @param segments all that there are
     * @param filter what is wanted
     * @param losses row groups with losses are wanted, whatever their events are
     * @return the earliest first
     */
    static List<Slice> of(List<LogSegment> segments, LogFilter filter, boolean losses) {
        return of(segments, filter, losses, ROWS);
    }

    static List<Slice> of(List<LogSegment> segments, LogFilter filter, boolean losses, long mostRows) {
        List<Piece> wanted = new ArrayList<>();
        for (LogSegment segment : segments) {
            for (Piece piece : segment.pieces()) {
                boolean inTime = piece.lastNs() >= filter.fromNs() && piece.firstNs() < filter.toNs();
                boolean hasAny = piece.severity().meets(filter.severity()) || (losses && piece.losses());
                if (inTime && hasAny && piece.rows() > 0) {
                    wanted.add(piece);
                }
            }
        }
        wanted.sort(Comparator.comparingLong(Piece::firstNs));
        return cut(wanted, filter, mostRows);
    }

    /** Cuts where a row group begins, when those before it are enough. */
    private static List<Slice> cut(List<Piece> pieces, LogFilter filter, long mostRows) {
        List<Slice> slices = new ArrayList<>();
        List<Piece> current = new ArrayList<>();
        long from = filter.fromNs();
        long begins = pieces.isEmpty() ? 0 : pieces.get(0).firstNs();
        long rows = 0;
        for (Piece piece : pieces) {
            if (rows >= mostRows && piece.firstNs() > Math.max(from, begins)) {
                slices.add(slice(from, piece.firstNs(), current));
                from = piece.firstNs();
                begins = from;
                long next = from;
                current.removeIf(earlier -> earlier.lastNs() < next);
                rows = 0;
            }
            current.add(piece);
            rows += piece.rows();
        }
        if (!current.isEmpty()) {
            slices.add(slice(from, filter.toNs(), current));
        }
        return slices;
    }

    private static Slice slice(long from, long to, List<Piece> pieces) {
        LinkedHashSet<Path> files = new LinkedHashSet<>();
        pieces.forEach(piece -> files.add(piece.file()));
        return new Slice(from, to, List.copyOf(files), pieces.stream().anyMatch(Piece::losses));
    }
}
