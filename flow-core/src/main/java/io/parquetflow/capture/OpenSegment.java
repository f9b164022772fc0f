package io.parquetflow.capture;

import io.parquetflow.file.SegmentFile;
import io.parquetflow.file.SegmentName;
import java.nio.file.Path;

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
    /** Once forcing has failed, this file's pages cannot be trusted to be forced again. */
    private boolean forceFailed;

    OpenSegment(SegmentName name, Path directory) {
        this.name = name;
        this.finalPath = directory.resolve(name.fileName());
    }

    void row(long seq, long position) {
        if (firstSeq < 0) {
            firstSeq = seq;
        }
        lastSeq = seq;
        lastPosition = position;
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

    void forceFailed() {
        forceFailed = true;
    }

    boolean hasForceFailed() {
        return forceFailed;
    }
}
