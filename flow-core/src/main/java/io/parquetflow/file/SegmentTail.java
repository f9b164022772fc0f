package io.parquetflow.file;

import io.parquetflow.column.PageLimits;
import io.parquetflow.column.WrittenChunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;
import org.apache.parquet.schema.MessageType;

/**
 * What stands behind the last row group: column indexes, offset indexes, bloom
 * filters, footer, its length, magic (Parquet format,
 * "File Format").
 *
 * <p>Thread-safe: stateless, but it notes the indexes' places in the chunks' metadata.
 */
public final class SegmentTail {
    static final int MAGIC_BYTES = 4;

    private SegmentTail() {}

    static byte[] magic() {
        return "PAR1".getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A row group's metadata.
     *
     * @param chunks its column chunks, in the order of the schema
     * @param rows its rows
     * @param ordinal its place in the file, from 0
     * @return the metadata
     */
    public static BlockMetaData rowGroup(List<WrittenChunk> chunks, long rows, int ordinal) {
        BlockMetaData block = new BlockMetaData();
        block.setRowCount(rows);
        block.setOrdinal(ordinal);
        long uncompressed = 0;
        for (WrittenChunk chunk : chunks) {
            chunk.meta().setRowGroupOrdinal(ordinal);
            block.addColumn(chunk.meta());
            uncompressed += chunk.meta().getTotalUncompressedSize();
        }
        block.setTotalByteSize(uncompressed);
        return block;
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
     * @return the bytes
     * @throws IOException when the metadata cannot be serialized
     */
    public static byte[] of(
            MessageType schema,
            String createdBy,
            Map<String, String> keyValues,
            List<BlockMetaData> rowGroups,
            List<List<WrittenChunk>> chunks,
            long start)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 << 10);
        writeIndexes(chunks, start, out);
        writeBloomFilters(chunks, start, out);
        int footerAt = out.size();
        FileMetaData meta = new FileMetaData(schema, keyValues, createdBy);
        ParquetMetadataConverter converter = new ParquetMetadataConverter(PageLimits.DEFAULT_BOUND_BYTES);
        Util.writeFileMetaData(converter.toParquetMetadata(1, new ParquetMetadata(meta, rowGroups)), out);
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(length.putInt(out.size() - footerAt).array());
        out.writeBytes(magic());
        return out.toByteArray();
    }

    private static void writeIndexes(List<List<WrittenChunk>> chunks, long start, ByteArrayOutputStream out)
            throws IOException {
        for (List<WrittenChunk> rowGroup : chunks) {
            for (WrittenChunk chunk : rowGroup) {
                var index = ParquetMetadataConverter.toParquetColumnIndex(
                        chunk.meta().getPrimitiveType(), chunk.columnIndex());
                if (index != null) {
                    int at = out.size();
                    Util.writeColumnIndex(index, out);
                    chunk.meta().setColumnIndexReference(new IndexReference(start + at, out.size() - at));
                }
            }
        }
        for (List<WrittenChunk> rowGroup : chunks) {
            for (WrittenChunk chunk : rowGroup) {
                int at = out.size();
                Util.writeOffsetIndex(ParquetMetadataConverter.toParquetOffsetIndex(chunk.offsetIndex()), out);
                chunk.meta().setOffsetIndexReference(new IndexReference(start + at, out.size() - at));
            }
        }
    }

    private static void writeBloomFilters(List<List<WrittenChunk>> chunks, long start, ByteArrayOutputStream out)
            throws IOException {
        for (List<WrittenChunk> rowGroup : chunks) {
            for (WrittenChunk chunk : rowGroup) {
                if (chunk.bloomFilter() != null) {
                    int at = out.size();
                    Util.writeBloomFilterHeader(ParquetMetadataConverter.toBloomFilterHeader(chunk.bloomFilter()), out);
                    chunk.bloomFilter().writeTo(out);
                    chunk.meta().setBloomFilterOffset(start + at);
                    chunk.meta().setBloomFilterLength(out.size() - at);
                }
            }
        }
    }
}
