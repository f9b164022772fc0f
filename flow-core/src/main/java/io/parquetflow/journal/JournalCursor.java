package io.parquetflow.journal;

import java.io.IOException;

/**
 * Walks the records of a journal that is being written, behind its end, from one file into the next. Each record comes
 * once, in the order of the positions.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public final class JournalCursor {
    private JournalFile file;
    private long offset;
    private long position;
    private long damagedBytes;

    JournalCursor(JournalFile file, long offset, long position) {
        this.file = file;
        this.offset = offset;
        this.position = position;
    }

    /** Behind everything that is there. */
    void moveTo(JournalFile current, long newPosition) {
        file = current;
        offset = current.length();
        position = newPosition;
    }

    /** All records of a file that goes have been read; frames of other kinds may lie behind them. */
    void leave(JournalFile gone) {
        if (file == gone) {
            file = gone.next();
            offset = file.begin();
        }
    }

    /**
     * Reads the next batch of records.
     *
     * @param to takes it
     * @return false when there is none
     * @throws IOException when the file cannot be read
     */
    public boolean next(RecordBatch to) throws IOException {
        while (file != null) {
            if (offset >= file.length()) {
                if (file.next() == null) {
                    to.clear(position); // a seal's frame may have been read into it, which holds no records
                    return false;
                }
                file = file.next();
                offset = file.begin();
                continue;
            }
            FrameKind kind = file.frameAt(offset, to);
            if (kind == null) {
                long behind = file.searchFrom(offset + 1, to);
                damagedBytes += behind - offset;
                offset = behind;
                continue;
            }
            offset += to.frameBytes();
            if (kind == FrameKind.RECORDS && to.endPosition() > position) {
                position = to.endPosition();
                return true;
            }
        }
        return false;
    }

    /**
     * Bytes that could not be read back as they were written.
     *
     * @return a count, 0 on a machine in good health
     */
    public long damagedBytes() {
        return damagedBytes;
    }

    /** Behind the last record that it brought. */
    long position() {
        return position;
    }

    /** Bytes in front of it. */
    long bytesAhead() {
        long bytes = 0;
        for (JournalFile f = file; f != null; f = f.next()) {
            bytes += f.length() - (f == file ? offset : f.begin());
        }
        return bytes;
    }
}
