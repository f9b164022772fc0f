package io.parquetflow.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/**
 * A schema as a line of text that any release can read back: what a footer would say of it, in base 64. The textual form
 * that people write cannot hold every name.
 *
 * <p>Thread-safe: stateless.
 */
public final class SchemaText {
    private SchemaText() {}

    /**
     * Writes a schema down.
     *
     * @param schema any
     * @return text of letters, digits, and three signs
     */
    public static String of(MessageType schema) {
        ParquetMetadata metadata = new ParquetMetadata(new FileMetaData(schema, Map.of(), CreatedBy.TEXT), List.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Util.writeFileMetaData(new ParquetMetadataConverter().toParquetMetadata(1, metadata), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no device behind it
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /**
     * Reads it back.
     *
     * @param text from {@link #of}
     * @return the schema
     * @throws IOException when it is not to be understood
     */
    public static MessageType parse(String text) throws IOException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return new ParquetMetadataConverter()
                    .fromParquetMetadata(Util.readFileMetaData(new ByteArrayInputStream(bytes)))
                    .getFileMetaData()
                    .getSchema();
        } catch (RuntimeException e) {
            throw new IOException("not a schema: " + e, e);
        }
    }
}
