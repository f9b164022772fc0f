package io.parquetflow.file;

import io.parquetflow.column.CompactThrift;
import io.parquetflow.column.WrittenChunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.schema.MessageType;

/**
 * What stands behind the last row group: column indexes, offset indexes, bloom
 * filters, footer, its length, magic (Parquet format,
 * "File Format"). Byte for byte what parquet-java would write of the same metadata.
 *
 * <p>Not thread-safe: made for one writing.
 */
public final class SegmentTail {
    static final int MAGIC_BYTES = 4;
    private static final int ROW_GROUP_BYTES = 80;

    private final List<List<WrittenChunk>> chunks;
    /** Headers and bits, one entry for each chunk that has one. */
    private final List<byte[]> bloomFilters = new ArrayList<>();

    private final CompactThrift out;
    private final long start;
    private long columnIndexAt;
    private long offsetIndexAt;
    private long bloomFilterAt;
    private int nextBloomFilter;

    private SegmentTail(List<List<WrittenChunk>> chunks, int frameBytes, long start) throws IOException {
        this.chunks = chunks;
        this.start = start;
        int bytes = frameBytes + Integer.BYTES + MAGIC_BYTES;
        for (List<WrittenChunk> rowGroup : chunks) {
            bytes += ROW_GROUP_BYTES;
            for (WrittenChunk chunk : rowGroup) {
                bytes += chunk.tailBytes();
                if (chunk.bloomFilter() != null) {
                    byte[] filter = bytes(chunk.bloomFilter());
                    bloomFilters.add(filter);
                    bytes += filter.length;
                }
            }
        }
        // Room for all of it at once: growing would leave more garbage than there are bytes to write.
        out = new CompactThrift(bytes);
    }

    private static byte[] bytes(BloomFilter filter) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(filter.getBitsetSize() + 32);
        Util.writeBloomFilterHeader(ParquetMetadataConverter.toBloomFilterHeader(filter), bytes);
        filter.writeTo(bytes);
        return bytes.toByteArray();
    }

    static byte[] magic() {
        return "PAR1".getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Sums up a row group.
     *
     * @param chunks its column chunks, in the order of the schema
     * @param rows its rows
     * @param ordinal its place in the file, from 0
     * @return what the footer says of it beside its chunks
     */
    public static RowGroupTotals rowGroup(List<WrittenChunk> chunks, long rows, int ordinal) {
        long uncompressed = 0;
        for (WrittenChunk chunk : chunks) {
            uncompressed += chunk.uncompressedBytes();
        }
        long start = chunks.get(0).start();
        long end = chunks.get(chunks.size() - 1).end();
        return new RowGroupTotals(rows, ordinal, uncompressed, start, end);
    }

    /**
     * Everything behind the row groups, in one piece.
     *
     * @param schema of the rows
     * @param createdBy of the footer
     * @param keyValues of the footer
     * @param rowGroups in order
     * @param chunks the same, chunk by chunk
     * @param start where the first of these bytes will be in the file
     * @return the bytes, on the heap
     * @throws IOException when the metadata cannot be serialized
     */
    public static ByteBuffer of(
            MessageType schema,
            String createdBy,
            Map<String, String> keyValues,
            List<RowGroupTotals> rowGroups,
            List<List<WrittenChunk>> chunks,
            long start)
            throws IOException {
        FooterFrame frame = FooterFrame.of(schema, createdBy, keyValues);
        SegmentTail tail = new SegmentTail(chunks, frame.bytes().length, start);
        tail.writeIndexes();
        int footerAt = tail.out.size();
        tail.writeFooter(frame, rowGroups);
        ByteBuffer end = ByteBuffer.allocate(Integer.BYTES + MAGIC_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(tail.out.size() - footerAt)
                .put(magic());
        tail.out.raw(end.array(), 0, end.capacity());
        return ByteBuffer.wrap(tail.out.array(), 0, tail.out.size());
    }

    private long position() {
        return start + out.size();
    }

    private void writeIndexes() {
        out.clear();
        columnIndexAt = position();
        for (List<WrittenChunk> rowGroup : chunks) {
            for (WrittenChunk chunk : rowGroup) {
                chunk.writeColumnIndex(out);
            }
        }
        offsetIndexAt = position();
        for (List<WrittenChunk> rowGroup : chunks) {
            for (WrittenChunk chunk : rowGroup) {
                chunk.writeOffsetIndex(out);
            }
        }
        bloomFilterAt = position();
        for (byte[] filter : bloomFilters) {
            out.raw(filter, 0, filter.length);
        }
    }

    private void writeFooter(FooterFrame frame, List<RowGroupTotals> rowGroups) {
        long rows = 0;
        for (RowGroupTotals rowGroup : rowGroups) {
            rows += rowGroup.rows();
        }
        out.begin();
        out.fields(frame.bytes(), 0, frame.schemaEnd(), 2);
        out.i64(3, rows);
        out.list(4, CompactThrift.STRUCTS, rowGroups.size());
        for (int i = 0; i < rowGroups.size(); i++) {
            writeRowGroup(rowGroups.get(i), chunks.get(i));
        }
        out.raw(frame.bytes(), frame.restAt(), frame.bytes().length - frame.restAt());
    }

    /** The indexes lie in the order of the chunks, so that each begins where the last one ends. */
    private void writeRowGroup(RowGroupTotals rowGroup, List<WrittenChunk> itsChunks) {
        out.begin();
        out.list(1, CompactThrift.STRUCTS, itsChunks.size());
        for (WrittenChunk chunk : itsChunks) {
            int filterBytes = chunk.bloomFilter() == null ? 0 : bloomFilters.get(nextBloomFilter++).length;
            chunk.write(out, columnIndexAt, offsetIndexAt, bloomFilterAt, filterBytes);
            columnIndexAt += chunk.columnIndexBytes();
            offsetIndexAt += chunk.offsetIndexBytes();
            bloomFilterAt += filterBytes;
        }
        out.i64(2, rowGroup.uncompressedBytes());
        out.i64(3, rowGroup.rows());
        out.i64(5, rowGroup.start());
        out.i64(6, rowGroup.end() - rowGroup.start());
        out.i16(7, rowGroup.ordinal());
        out.end();
    }
}
