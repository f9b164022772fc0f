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
import org.apache.parquet.schema.MessageTypeParser;

/**
 * A schema as a line of text that any release can read back: the one that people write, or, since that cannot hold every
 * name, what a footer would say of it, in base 64. The former is what a process opens its first sink with: the classes that
 * write a footer take a tenth of a second to load.
 *
 * <p>Thread-safe: stateless.
 */
public final class SchemaText {
    /** A space is no sign of base 64. */
    private static final String MESSAGE = "message ";

    private SchemaText() {}

    /**
     * Writes a schema down.
     *
     * @param schema any
     * @return text without line breaks
     */
    public static String of(MessageType schema) {
        String text = schema.toString().replace('\n', ' ').trim();
        return text.startsWith(MESSAGE) && isReadBackAs(schema, text) ? text : inBase64(schema);
    }

    private static boolean isReadBackAs(MessageType schema, String text) {
        try {
            return MessageTypeParser.parseMessageType(text).equals(schema);
        } catch (RuntimeException e) {
            return false; // a name with a space in it, say
        }
    }

    private static String inBase64(MessageType schema) {
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
            if (text.startsWith(MESSAGE)) {
                return MessageTypeParser.parseMessageType(text);
            }
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
