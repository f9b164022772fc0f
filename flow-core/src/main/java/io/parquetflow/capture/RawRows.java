package io.parquetflow.capture;

import io.parquetflow.column.ColumnChunkBuffer;
import io.parquetflow.column.DirectBytes;
import io.parquetflow.column.PageCompressor;
import io.parquetflow.column.PageCompressors;
import io.parquetflow.column.PageLimits;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * A record becomes a row: header columns and the payload as it is.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class RawRows implements Rows {
    static final ColumnOptions PLAIN = ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.PLAIN);

    private final RowGroupBuffer group;
    private final HeaderColumns header;
    private final ColumnChunkBuffer payload;
    private final long mostBytes;
    private final long mostRows;

    RawRows(MemoryPlan plan, long rowGroupRows, PageCompressor compressor) {
        this(plan, rowGroupRows, compressor, PLAIN);
    }

    RawRows(MemoryPlan plan, long rowGroupRows, PageCompressor compressor, ColumnOptions options) {
        PageLimits limits = plan.pageLimits();
        DirectBytes scratch = new DirectBytes(plan.pageBytes());
        List<ColumnDescriptor> columns = RawSchema.SCHEMA.getColumns();
        header = new HeaderColumns(columns, compressor, scratch, limits);
        PageCompressors compressors = PageCompressors.withStandIn(compressor);
        payload = ColumnChunkBuffer.of(
                columns.get(RawSchema.PAYLOAD),
                options,
                compressors.of(options),
                scratch,
                limits,
                plan.rowGroupBytes());
        List<ColumnChunkBuffer> all = new ArrayList<>(header.buffers());
        all.add(payload);
        group = new RowGroupBuffer(all, compressors, scratch);
        mostBytes = plan.rowGroupBytes();
        mostRows = rowGroupRows;
    }

    @Override
    public MessageType schema() {
        return RawSchema.SCHEMA;
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
        throw new IllegalStateException("any payload is a row");
    }

    @Override
    public void add(RecordBatch record, Origin origin, long lostBefore) {
        header.add(record, origin, origin.seq(), lostBefore);
        int length = record.length();
        payload.makeRoom(length);
        payload.binaries().add(record.memory(), record.payloadAt(), length);
        payload.endRow();
        group.endRow(HeaderColumns.ROW_BYTES + Integer.BYTES + (long) length);
    }
}
