package io.parquetflow.file;

import io.parquetflow.column.ChunkTarget;
import io.parquetflow.column.CompactThrift;
import io.parquetflow.column.WrittenChunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
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
    /** Written at once. Pieces, so that a segment of many row groups leaves no garbage of the tail's length behind. */
    private static final int PIECE_BYTES = 16 << 10;

    private static final int PIECE_ROOM = 4 << 10;

    private final FooterFrame frame;
    private final List<RowGroupTotals> rowGroups;
    private final List<List<WrittenChunk>> chunks;
    /** Headers and bits, one entry for each chunk that has one. */
    private final List<byte[]> bloomFilters = new ArrayList<>();

    private final CompactThrift out = new CompactThrift(PIECE_BYTES + PIECE_ROOM);
    /** Place in the file behind what went to the target. */
    private long written;

    private long columnIndexAt;
    private long offsetIndexAt;
    private long bloomFilterAt;
    private int nextBloomFilter;

    private SegmentTail(FooterFrame frame, List<RowGroupTotals> rowGroups, List<List<WrittenChunk>> chunks, long start)
            throws IOException {
        this.written = start;
        this.frame = frame;
        this.rowGroups = rowGroups;
        this.chunks = chunks;
        for (List<WrittenChunk> rowGroup : chunks) {
            for (WrittenChunk chunk : rowGroup) {
                if (chunk.bloomFilter() != null) {
                    bloomFilters.add(bytes(chunk.bloomFilter()));
                }
            }
        }
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
     * Prepares everything behind the row groups.
     *
     * @param schema of the rows
     * @param createdBy of the footer
     * @param keyValues of the footer
     * @param rowGroups in order
     * @param chunks the same, chunk by chunk
     * @param start where the first of its bytes will be in the file
     * @return to be written once
     * @throws IOException when the metadata cannot be serialized
     */
    public static SegmentTail of(
            MessageType schema,
            String createdBy,
            Map<String, String> keyValues,
            List<RowGroupTotals> rowGroups,
            List<List<WrittenChunk>> chunks,
            long start)
            throws IOException {
        return new SegmentTail(FooterFrame.of(schema, createdBy, keyValues), rowGroups, chunks, start);
    }

    /**
     * Writes it.
     *
     * @param target stands behind the last row group
     * @throws IOException when the target refuses
     */
    public void writeTo(ChunkTarget target) throws IOException {
        out.clear();
        writeIndexes(target);
        long footerAt = position();
        writeFooter(target);
        ByteBuffer end = ByteBuffer.allocate(Integer.BYTES + MAGIC_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) (position() - footerAt))
                .put(magic());
        out.raw(end.array(), 0, end.capacity());
        writePiece(target);
    }

    private long position() {
        return written + out.size();
    }

    private void writePiece(ChunkTarget target) throws IOException {
        target.write(ByteBuffer.wrap(out.array(), 0, out.size()));
        written += out.size();
        out.taken();
    }

    private void writeIfFull(ChunkTarget target) throws IOException {
        if (out.size() >= PIECE_BYTES) {
            writePiece(target);
        }
    }

    private void writeIndexes(ChunkTarget target) throws IOException {
        columnIndexAt = position();
        for (List<WrittenChunk> rowGroup : chunks) {
            for (WrittenChunk chunk : rowGroup) {
                chunk.writeColumnIndex(out);
                writeIfFull(target);
            }
        }
        offsetIndexAt = position();
        for (List<WrittenChunk> rowGroup : chunks) {
            for (WrittenChunk chunk : rowGroup) {
                chunk.writeOffsetIndex(out);
                writeIfFull(target);
            }
        }
        writePiece(target);
        bloomFilterAt = position();
        for (byte[] filter : bloomFilters) {
            target.write(ByteBuffer.wrap(filter));
            written += filter.length;
        }
    }

    private void writeFooter(ChunkTarget target) throws IOException {
        long rows = 0;
        for (RowGroupTotals rowGroup : rowGroups) {
            rows += rowGroup.rows();
        }
        out.begin();
        out.fields(frame.bytes(), 0, frame.schemaEnd(), 2);
        out.i64(3, rows);
        out.list(4, CompactThrift.STRUCTS, rowGroups.size());
        for (int i = 0; i < rowGroups.size(); i++) {
            writeRowGroup(rowGroups.get(i), chunks.get(i), target);
        }
        out.raw(frame.bytes(), frame.restAt(), frame.bytes().length - frame.restAt());
    }

    /** The indexes lie in the order of the chunks, so that each begins where the last one ends. */
    private void writeRowGroup(RowGroupTotals rowGroup, List<WrittenChunk> itsChunks, ChunkTarget target)
            throws IOException {
        out.begin();
        out.list(1, CompactThrift.STRUCTS, itsChunks.size());
        for (WrittenChunk chunk : itsChunks) {
            int filterBytes = chunk.bloomFilter() == null ? 0 : bloomFilters.get(nextBloomFilter++).length;
            chunk.write(out, columnIndexAt, offsetIndexAt, bloomFilterAt, filterBytes);
            columnIndexAt += chunk.columnIndexBytes();
            offsetIndexAt += chunk.offsetIndexBytes();
            bloomFilterAt += filterBytes;
            writeIfFull(target);
        }
        out.i64(2, rowGroup.uncompressedBytes());
        out.i64(3, rowGroup.rows());
        out.i64(5, rowGroup.start());
        out.i64(6, rowGroup.end() - rowGroup.start());
        out.i16(7, rowGroup.ordinal());
        out.end();
    }

    /**
     * Whether a file ends as a whole segment does: with a footer that fits, and the magic bytes.
     *
     * @param file any file
     * @return whether it does
     * @throws IOException when it cannot be read, which is no answer
     */
    static boolean isThere(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer end = ByteBuffer.allocate(Integer.BYTES + MAGIC_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            if (size < MAGIC_BYTES + end.capacity()) {
                return false;
            }
            while (end.hasRemaining() && channel.read(end, size - end.remaining()) >= 0) {
                continue;
            }
            int footer = end.getInt(0);
            byte[] magic = new byte[MAGIC_BYTES];
            end.get(Integer.BYTES, magic);
            return Arrays.equals(magic, magic()) && footer > 0 && footer <= size - MAGIC_BYTES - end.capacity();
        }
    }
}
