package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import shaded.parquet.org.apache.thrift.TException;

/**
 * A footer that holds together: what it says has been compared with the file's size and with the schema, so that whoever
 * goes on with it can follow its offsets.
 *
 * <p>Thread-safe: not changed after reading.
 *
 * @param meta as stored
 * @param schema the schema in parquet-java's form
 * @param createdBy the writer's name, or the empty string
 * @param flow our own keys
 * @param offset where the footer begins
 */
record SegmentFooter(FileMetaData meta, MessageType schema, String createdBy, FlowKeys flow, long offset) {
    private static final int MAGIC_BYTES = 4;
    private static final int TRAILER_BYTES = 8;

    static SegmentFooter read(SegmentBytes bytes) throws IOException {
        long offset = footerOffset(bytes);
        int length = (int) (bytes.size() - TRAILER_BYTES - offset);
        FileMetaData meta = new FileMetaData();
        try {
            ThriftBytes.read(meta, bytes.read(offset, length, "footer"));
        } catch (TException | RuntimeException e) {
            throw bytes.problem(offset, "footer cannot be parsed: " + SegmentException.words(e), e);
        }
        if (meta.isSetEncryption_algorithm()) {
            throw bytes.problem(offset, "encrypted columns; flow reads files that are not encrypted");
        }
        ParquetMetadata known = convert(bytes, offset, meta);
        var file = known.getFileMetaData();
        String createdBy = file.getCreatedBy() == null ? "" : file.getCreatedBy();
        FlowKeys flow = new FlowKeys(file.getKeyValueMetaData());
        SegmentFooter footer = new SegmentFooter(meta, file.getSchema(), createdBy, flow, offset);
        new FooterShape(bytes, footer).check();
        return footer;
    }

    /** All column chunks, row group by row group. */
    List<Chunk> chunks() {
        List<Chunk> chunks = new ArrayList<>();
        for (int group = 0; group < meta.getRow_groups().size(); group++) {
            chunks.addAll(chunks(group));
        }
        return chunks;
    }

    List<Chunk> chunks(int group) {
        List<Chunk> chunks = new ArrayList<>();
        List<ColumnDescriptor> columns = schema.getColumns();
        RowGroup stored = meta.getRow_groups().get(group);
        for (int i = 0; i < columns.size(); i++) {
            ColumnChunk chunk = stored.getColumns().get(i);
            chunks.add(new Chunk(group, i, columns.get(i), chunk, stored.getNum_rows(), schema));
        }
        return chunks;
    }

    private static long footerOffset(SegmentBytes bytes) throws IOException {
        long size = bytes.size();
        if (size == 0) {
            throw bytes.problem(0, "empty file, not Parquet");
        }
        if (size < MAGIC_BYTES + TRAILER_BYTES) {
            throw bytes.problem(0, "too short to be Parquet: size=" + size);
        }
        String head = magic(bytes.read(0, MAGIC_BYTES, "magic"), 0);
        if (!head.equals("PAR1") && !head.equals("PARE")) {
            throw bytes.problem(0, "not a Parquet file: it begins with '" + head + "', expected 'PAR1'");
        }
        long trailerOffset = size - TRAILER_BYTES;
        byte[] trailer = bytes.read(trailerOffset, TRAILER_BYTES, "trailer");
        String tail = magic(trailer, MAGIC_BYTES);
        if (tail.equals("PARE")) {
            throw bytes.problem(
                    trailerOffset + MAGIC_BYTES, "encrypted footer; flow reads files that are not encrypted");
        }
        if (!tail.equals("PAR1")) {
            throw bytes.problem(
                    trailerOffset + MAGIC_BYTES,
                    "no footer: the file ends with '" + tail
                            + "', expected 'PAR1'; it was cut, or is still being written");
        }
        return lengthChecked(bytes, trailer, trailerOffset);
    }

    private static long lengthChecked(SegmentBytes bytes, byte[] trailer, long trailerOffset) throws IOException {
        long length = Integer.toUnsignedLong(java.nio.ByteBuffer.wrap(trailer)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt());
        if (length == 0 || length > trailerOffset - MAGIC_BYTES) {
            throw bytes.problem(
                    trailerOffset, "footer length cannot be true: length=" + length + ", file size=" + bytes.size());
        }
        if (length > SegmentBytes.MOST_BYTES) {
            throw bytes.problem(trailerOffset, "footer is too large to be true: length=" + length);
        }
        return trailerOffset - length;
    }

    private static String magic(byte[] bytes, int from) {
        return new String(bytes, from, MAGIC_BYTES, StandardCharsets.ISO_8859_1);
    }

    /** Without its row groups: parquet-java's converter would follow offsets in them that nobody has checked yet. */
    private static ParquetMetadata convert(SegmentBytes bytes, long offset, FileMetaData meta) throws IOException {
        FooterShape.checkSchema(bytes, offset, meta.getSchema());
        FileMetaData bare = new FileMetaData(meta.getVersion(), meta.getSchema(), meta.getNum_rows(), List.of());
        bare.setKey_value_metadata(meta.getKey_value_metadata());
        bare.setCreated_by(meta.getCreated_by());
        bare.setColumn_orders(meta.getColumn_orders());
        try {
            ParquetMetadata known = new ParquetMetadataConverter().fromParquetMetadata(bare);
            Map<String, String> keys = known.getFileMetaData().getKeyValueMetaData();
            if (keys == null) {
                throw bytes.problem(offset, "footer has no key-value list");
            }
            return known;
        } catch (RuntimeException e) {
            throw bytes.problem(offset, "schema cannot be understood: " + SegmentException.words(e), e);
        }
    }
}
