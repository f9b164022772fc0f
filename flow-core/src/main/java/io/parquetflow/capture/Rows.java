package io.parquetflow.capture;

import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.ring.RingReader;
import org.apache.parquet.schema.MessageType;

/**
 * What a record becomes: rows in the row group that is open. In two steps, because a record that becomes no row must
 * not be the one that tells of a loss.
 *
 * <p>Not thread-safe: the writer thread's.
 */
interface Rows {
    /** Of the segments. */
    MessageType schema();

    RowGroupBuffer group();

    boolean isFull();

    /**
     * Makes the record's rows, and nothing that can be seen yet.
     *
     * @return how many they are, {@link #REJECTED} when the payload cannot be made rows of
     */
    int stage(RingReader record);

    /** Answer of {@link #stage}. */
    int REJECTED = -1;

    /** After {@link #REJECTED}: why. */
    String reason();

    /**
     * Adds the rows that were staged, one or more. After a Throwable the row group is unusable and must be reset.
     *
     * @param firstSeq of the first row; dense per writer
     * @param lostBefore drops of the stream since its last row
     */
    void add(RingReader record, byte[] streamName, long firstSeq, long lostBefore);
}
