package io.parquetflow.capture;

import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.column.Shredder;
import io.parquetflow.journal.RecordBatch;
import java.nio.ByteBuffer;
import org.apache.parquet.schema.MessageType;

/**
 * A payload is a row already, staged by its producer: header columns, then its values.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class TypedRows implements Rows {
    private final MessageType schema;
    private final HeaderColumns header;
    private final Shredder shredder;
    private final RowGroupBuffer group;
    private final long mostBytes;
    private final long mostRows;

    TypedRows(
            MessageType schema,
            HeaderColumns header,
            Shredder shredder,
            RowGroupBuffer group,
            long mostBytes,
            long mostRows) {
        this.schema = schema;
        this.header = header;
        this.shredder = shredder;
        this.group = group;
        this.mostBytes = mostBytes;
        this.mostRows = mostRows;
    }

    @Override
    public MessageType schema() {
        return schema;
    }

    @Override
    public RowGroupBuffer group() {
        return group;
    }

    @Override
    public boolean isFull() {
        return group.rawBytes() >= mostBytes || group.rows() >= mostRows || header.isFull();
    }

    @Override
    public int stage(RecordBatch record, Origin origin) {
        return 1;
    }

    @Override
    public String reason() {
        throw new IllegalStateException("what a producer staged was checked there");
    }

    @Override
    public void add(RecordBatch record, Origin origin, long lostBefore) {
        add(record, origin, origin.seq(), lostBefore, record.memory(), record.payloadAt(), record.length());
    }

    /** A row that lies somewhere else. */
    void add(RecordBatch record, Origin origin, long seq, long lostBefore, ByteBuffer from, int at, int length) {
        header.add(record, origin, seq, lostBefore);
        shredder.shred(from, at);
        group.endRow(HeaderColumns.ROW_BYTES + (long) length);
    }
}
