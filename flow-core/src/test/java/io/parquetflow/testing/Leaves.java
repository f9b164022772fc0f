package io.parquetflow.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;

/**
 * The content of a file's leaf columns as parquet-java's column readers see it, checksums verified: for each leaf one
 * line for each entry, in the form of {@link ColumnData#lines}. Compiles against today's parquet-java, and calls only
 * what releases of years ago have as well.
 *
 * <p>Thread-safe: has no state.
 */
public final class Leaves {
    private static final HexFormat HEX = HexFormat.of();

    private Leaves() {}

    /** Dotted path to lines, in the order of the file's schema. */
    public static Map<String, List<String>> of(Path file) throws IOException {
        Map<String, List<String>> leaves = new LinkedHashMap<>();
        try (ParquetFileReader reader = Segments.open(file)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            String createdBy = reader.getFileMetaData().getCreatedBy();
            for (ColumnDescriptor column : schema.getColumns()) {
                leaves.put(String.join(".", column.getPath()), new ArrayList<>());
            }
            PageReadStore pages;
            while ((pages = reader.readNextRowGroup()) != null) {
                ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages, new Ignoring(schema), schema, createdBy);
                for (ColumnDescriptor column : schema.getColumns()) {
                    long entries = pages.getPageReader(column).getTotalValueCount();
                    List<String> lines = leaves.get(String.join(".", column.getPath()));
                    read(column, entries, store.getColumnReader(column), lines);
                }
            }
        }
        return leaves;
    }

    private static void read(ColumnDescriptor column, long entries, ColumnReader reader, List<String> lines) {
        for (long i = entries; i > 0; i--) {
            int definition = reader.getCurrentDefinitionLevel();
            boolean there = definition == column.getMaxDefinitionLevel();
            lines.add(line(reader.getCurrentRepetitionLevel(), definition, there ? text(value(column, reader)) : "-"));
            reader.consume();
        }
    }

    private static Object value(ColumnDescriptor column, ColumnReader reader) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> reader.getBoolean();
            case INT32 -> reader.getInteger();
            case INT64 -> reader.getLong();
            case FLOAT -> reader.getFloat();
            case DOUBLE -> reader.getDouble();
            default -> reader.getBinary();
        };
    }

    static String line(int repetition, int definition, String value) {
        return repetition + " " + definition + " " + value;
    }

    /** The value, bit for bit: a NaN and its payload, the sign of a zero. */
    static String text(Object value) {
        if (value instanceof Float f) {
            return "f" + HEX.toHexDigits(Float.floatToRawIntBits(f));
        }
        if (value instanceof Double d) {
            return "d" + HEX.toHexDigits(Double.doubleToRawLongBits(d));
        }
        if (value instanceof Binary b) {
            return "x" + HEX.formatHex(b.getBytes());
        }
        return value.toString();
    }

    /** A few bytes that stand for all lines. */
    public static String digest(List<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String line : lines) {
                digest.update(line.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) '\n');
            }
            return HEX.formatHex(digest.digest(), 0, 8) + ":" + lines.size();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** A column reader insists on converters, and never calls them when it is asked for values. Not thread-safe. */
    private static final class Ignoring extends GroupConverter {
        private final GroupType type;

        Ignoring(GroupType type) {
            this.type = type;
        }

        @Override
        public Converter getConverter(int field) {
            return type.getType(field).isPrimitive()
                    ? new PrimitiveConverter() {}
                    : new Ignoring(type.getType(field).asGroupType());
        }

        @Override
        public void start() {
            throw new AssertionError("nothing is converted");
        }

        @Override
        public void end() {
            throw new AssertionError("nothing is converted");
        }
    }
}
