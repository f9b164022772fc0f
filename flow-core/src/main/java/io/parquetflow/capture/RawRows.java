package io.parquetflow.capture;

import io.parquetflow.column.ColumnChunkBuffer;
import io.parquetflow.column.DirectBytes;
import io.parquetflow.column.PageCompressor;
import io.parquetflow.column.PageLimits;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.ring.RingReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * A record becomes a row: header columns and payload into the row group that is open.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class RawRows {
    /** Of a row besides its payload: seven columns of eight bytes and the payload's length. */
    private static final int HEADER_BYTES = 7 * Long.BYTES + Integer.BYTES;
    /** A dictionary page that outgrows a level-two cache helps nobody: the row group ends instead. */
    private static final int MOST_DICTIONARY_BYTES = 1 << 20;

    private final RowGroupBuffer group;
    private final ColumnChunkBuffer ts;
    private final ColumnChunkBuffer tsNs;
    private final ColumnChunkBuffer sourceTsNs;
    private final ColumnChunkBuffer writer;
    private final ColumnChunkBuffer stream;
    private final ColumnChunkBuffer seq;
    private final ColumnChunkBuffer lost;
    private final ColumnChunkBuffer payload;
    private final byte[] writerName;
    private final long mostBytes;
    private final long mostRows;

    RawRows(String writerId, MemoryPlan plan, long rowGroupRows, PageCompressor compressor) {
        PageLimits limits = new PageLimits(plan.pageBytes(), PageLimits.DEFAULT_ROWS, PageLimits.DEFAULT_BOUND_BYTES);
        DirectBytes scratch = new DirectBytes(plan.pageBytes());
        List<ColumnDescriptor> columns = RawSchema.SCHEMA.getColumns();
        ts = ColumnChunkBuffer.ofLongs(columns.get(RawSchema.TS), compressor, scratch, limits);
        tsNs = ColumnChunkBuffer.ofLongs(columns.get(RawSchema.TS_NS), compressor, scratch, limits);
        sourceTsNs = ColumnChunkBuffer.ofLongs(columns.get(RawSchema.SOURCE_TS_NS), compressor, scratch, limits);
        writer = ColumnChunkBuffer.ofDictionary(columns.get(RawSchema.WRITER), compressor, scratch, limits);
        stream = ColumnChunkBuffer.ofDictionary(columns.get(RawSchema.STREAM), compressor, scratch, limits);
        seq = ColumnChunkBuffer.ofLongs(columns.get(RawSchema.SEQ), compressor, scratch, limits);
        lost = ColumnChunkBuffer.ofLongs(columns.get(RawSchema.LOST), compressor, scratch, limits);
        payload = ColumnChunkBuffer.ofBinaries(
                columns.get(RawSchema.PAYLOAD), compressor, scratch, limits, plan.rowGroupBytes());
        group = new RowGroupBuffer(
                List.of(ts, tsNs, sourceTsNs, writer, stream, seq, lost, payload), compressor, scratch);
        writerName = writerId.getBytes(StandardCharsets.US_ASCII);
        mostBytes = plan.rowGroupBytes();
        mostRows = rowGroupRows;
    }

    RowGroupBuffer group() {
        return group;
    }

    boolean isFull() {
        return group.rawBytes() >= mostBytes
                || group.rows() >= mostRows
                || stream.dictionary().entryBytes() >= MOST_DICTIONARY_BYTES;
    }

    /**
     * Adds the reader's record. After a Throwable the row group is unusable and must be reset.
     *
     * @param seqNumber dense per writer
     * @param lostBefore drops of the stream since its last row
     */
    void add(RingReader record, byte[] streamName, long seqNumber, long lostBefore) {
        long time = record.tsNs();
        ts.longs().add(Math.floorDiv(time, 1_000L));
        ts.endRow();
        tsNs.longs().add(time);
        tsNs.endRow();
        if (record.hasSource()) {
            sourceTsNs.longs().add(record.sourceNs());
            sourceTsNs.definition().add(1);
        } else {
            sourceTsNs.definition().add(0);
        }
        sourceTsNs.endRow();
        writer.dictionary().add(0, writerName);
        writer.endRow();
        stream.dictionary().add(record.stream(), streamName);
        stream.endRow();
        seq.longs().add(seqNumber);
        seq.endRow();
        lost.longs().add(lostBefore);
        lost.endRow();
        int length = record.length();
        payload.makeRoom(length);
        payload.binaries().add(record.slab(), record.payloadAt(), length);
        payload.endRow();
        group.endRow(HEADER_BYTES + (long) length);
    }
}
