package io.parquetflow.capture;

import io.parquetflow.file.SegmentFile;
import io.parquetflow.file.SegmentName;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The segment that rows go to: its name, its file once there is one, and what of the sequence is in it.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class OpenSegment {
    private final SegmentName name;
    private final Path finalPath;
    private SegmentFile file;
    private long firstSeq = -1;
    private long lastSeq = -1;
    private long lastPosition = -1;
    /** What the last row of each row group in the file has: {seq, position, drops its rows tell of, records}. */
    private final Deque<long[]> rowGroupEnds = new ArrayDeque<>();
    /** Once forcing has failed, this file's pages cannot be trusted to be forced again. */
    private boolean forceFailed;

    private boolean named;

    OpenSegment(SegmentName name, Path finalPath) {
        this.name = name;
        this.finalPath = finalPath;
    }

    void rows(long seq, int count, long position) {
        if (firstSeq < 0) {
            firstSeq = seq;
        }
        lastSeq = seq + count - 1;
        lastPosition = position;
    }

    /** A record without rows. */
    void passed(long position) {
        lastPosition = position;
    }

    void rowGroupWritten(long lost, long records) {
        rowGroupEnds.addLast(new long[] {lastSeq, lastPosition, lost, records});
    }

    long lostInLastRowGroup() {
        return rowGroupEnds.isEmpty() ? 0 : rowGroupEnds.peekLast()[2];
    }

    /** The row groups are gone with their file: answers the drops that they told of. */
    long forgetWritten() {
        long lost = rowGroupEnds.stream().mapToLong(end -> end[2]).sum();
        if (!rowGroupEnds.isEmpty() && lastSeq >= 0) {
            firstSeq = Math.min(lastSeq, rowGroupEnds.peekLast()[0] + 1);
        }
        rowGroupEnds.clear();
        return lost;
    }

    /** Records that the rows of all row groups in the file were made of. */
    long recordsWritten() {
        return rowGroupEnds.stream().mapToLong(end -> end[3]).sum();
    }

    /** Back to the rows of the row groups that are left; answers the records that are given up. */
    long dropLastRowGroup() {
        file.dropLastRowGroup();
        long[] end = rowGroupEnds.pollLast();
        backToWritten();
        return end == null ? 0 : end[3];
    }

    /** Forgets rows that are in no row group of the file. */
    void backToWritten() {
        long[] end = rowGroupEnds.peekLast();
        if (end == null) {
            firstSeq = -1;
        }
        lastSeq = end == null ? -1 : end[0];
        lastPosition = end == null ? -1 : end[1];
    }

    SegmentName name() {
        return name;
    }

    Path finalPath() {
        return finalPath;
    }

    SegmentFile file() {
        return file;
    }

    void file(SegmentFile newFile) {
        file = newFile;
        forceFailed = false;
    }

    long firstSeq() {
        return firstSeq;
    }

    long lastSeq() {
        return lastSeq;
    }

    long lastPosition() {
        return lastPosition;
    }

    /** The final name was given, if only for an attempt. */
    void named() {
        named = true;
    }

    boolean wasNamed() {
        return named;
    }

    void forceFailed() {
        forceFailed = true;
    }

    boolean hasForceFailed() {
        return forceFailed;
    }
}
