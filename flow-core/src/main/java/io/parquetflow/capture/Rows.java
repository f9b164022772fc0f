package io.parquetflow.capture;

import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.journal.RecordBatch;
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
    int stage(RecordBatch record, Origin origin);

    /** Answer of {@link #stage}. */
    int REJECTED = -1;

    /** After {@link #REJECTED}: why. */
    String reason();

    /**
     * Adds the rows that were staged, one or more. After a Throwable the row group is unusable and must be reset.
     *
     * @param origin whose record it is; its {@code seq} is that of the first row
     * @param lostBefore drops of the stream since its last row
     */
    void add(RecordBatch record, Origin origin, long lostBefore);
}
