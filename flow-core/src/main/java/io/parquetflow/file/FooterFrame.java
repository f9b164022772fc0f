package io.parquetflow.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/**
 * The footer as parquet-java writes it for a file without rows. The row groups, which are most of it, go between its two
 * halves in our own bytes.
 *
 * <p>Thread-safe: immutable.
 */
final class FooterFrame {
    /** {@code num_rows} 0 and {@code row_groups}, an empty list of structures, as field 3 behind 2, and 4 behind 3. */
    private static final byte[] NO_ROWS = {0x16, 0x00, 0x19, 0x0c};

    private final byte[] bytes;
    private final int schemaEnd;

    private FooterFrame(byte[] bytes, int schemaEnd) {
        this.bytes = bytes;
        this.schemaEnd = schemaEnd;
    }

    static FooterFrame of(MessageType schema, String createdBy, Map<String, String> keyValues) throws IOException {
        ParquetMetadata empty = new ParquetMetadata(new FileMetaData(schema, keyValues, createdBy), List.of());
        var meta = new ParquetMetadataConverter().toParquetMetadata(1, empty);
        ByteArrayOutputStream whole = new ByteArrayOutputStream(1 << 10);
        Util.writeFileMetaData(meta, whole);
        meta.unsetKey_value_metadata();
        meta.unsetCreated_by();
        meta.unsetColumn_orders();
        ByteArrayOutputStream upToRowGroups = new ByteArrayOutputStream(1 << 10);
        Util.writeFileMetaData(meta, upToRowGroups);
        byte[] bytes = whole.toByteArray();
        int schemaEnd = upToRowGroups.size() - 1 - NO_ROWS.length;
        if (!Arrays.equals(bytes, schemaEnd, schemaEnd + NO_ROWS.length, NO_ROWS, 0, NO_ROWS.length)) {
            throw new IllegalStateException("footer without rows is not what it should be: offset=" + schemaEnd);
        }
        return new FooterFrame(bytes, schemaEnd);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Bytes of format version and schema, fields 1 and 2. */
    int schemaEnd() {
        return schemaEnd;
    }

    /** Where key values, creator and column orders begin, fields 5 to 7, and with them the end of the structure. */
    int restAt() {
        return schemaEnd + NO_ROWS.length;
    }
}
