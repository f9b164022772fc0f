package io.parquetflow.capture;

import io.parquetflow.column.ColumnChunkBuffer;
import io.parquetflow.column.DirectBytes;
import io.parquetflow.column.PageCompressor;
import io.parquetflow.column.PageLimits;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * The seven columns that every schema begins with: when, from whom, which, and what was lost before.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class HeaderColumns {
    /** How many there are. */
    static final int COUNT = 7;

    /** Of a row, before encoding. */
    static final int ROW_BYTES = COUNT * Long.BYTES;

    /** A dictionary page that outgrows a level-two cache helps nobody: the row group ends instead. */
    private static final int MOST_DICTIONARY_BYTES = 1 << 20;

    private static final int CHUNK_BYTES = 16 << 10;
    private static final ColumnOptions DELTAS = ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.DELTA_BINARY_PACKED);

    private final ColumnChunkBuffer ts;
    private final ColumnChunkBuffer tsNs;
    private final ColumnChunkBuffer sourceTsNs;
    private final ColumnChunkBuffer writer;
    private final ColumnChunkBuffer stream;
    private final ColumnChunkBuffer seq;
    private final ColumnChunkBuffer lost;

    HeaderColumns(List<ColumnDescriptor> columns, PageCompressor compressor, DirectBytes scratch, PageLimits limits) {
        ts = longs(columns.get(RawSchema.TS), compressor, scratch, limits);
        tsNs = longs(columns.get(RawSchema.TS_NS), compressor, scratch, limits);
        sourceTsNs = longs(columns.get(RawSchema.SOURCE_TS_NS), compressor, scratch, limits);
        writer = ColumnChunkBuffer.ofNumbered(columns.get(RawSchema.WRITER), compressor, scratch, limits);
        stream = ColumnChunkBuffer.ofNumbered(columns.get(RawSchema.STREAM), compressor, scratch, limits);
        seq = longs(columns.get(RawSchema.SEQ), compressor, scratch, limits);
        lost = longs(columns.get(RawSchema.LOST), compressor, scratch, limits);
    }

    private static ColumnChunkBuffer longs(
            ColumnDescriptor column, PageCompressor compressor, DirectBytes scratch, PageLimits limits) {
        return ColumnChunkBuffer.of(column, DELTAS, compressor, scratch, limits, CHUNK_BYTES);
    }

    /** In the order of the schema. */
    List<ColumnChunkBuffer> buffers() {
        return List.of(ts, tsNs, sourceTsNs, writer, stream, seq, lost);
    }

    boolean isFull() {
        return stream.dictionary().entryBytes() >= MOST_DICTIONARY_BYTES;
    }

    void add(RecordBatch record, Origin origin, long seqNumber, long lostBefore) {
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
        writer.dictionary().add(origin.number(), origin.writerBytes());
        writer.endRow();
        int from = record.stream();
        stream.dictionary().add(origin.streamNumber(from), origin.streamBytes(from));
        stream.endRow();
        seq.longs().add(seqNumber);
        seq.endRow();
        lost.longs().add(lostBefore);
        lost.endRow();
    }
}
