package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Text;
import io.parquetflow.cli.shell.TextTable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;

/**
 * One column over many chunks: how it is stored and what that has saved.
 *
 * <p>Not thread-safe.
 */
final class ColumnSummary {
    private final String name;
    private final String type;
    private final TreeSet<String> codecs = new TreeSet<>();
    private final TreeSet<String> encodings = new TreeSet<>();
    private long values;
    private long compressedBytes;
    private long uncompressedBytes;

    private ColumnSummary(String name, String type) {
        this.name = name;
        this.type = type;
    }

    /** Adds the chunks of a file, by column name, in the schema's order. */
    static void addAll(Map<String, ColumnSummary> columns, SegmentFooter footer) {
        for (var column : footer.schema().getColumns()) {
            String name = String.join(".", column.getPath());
            String type = column.getPrimitiveType().getPrimitiveTypeName().name();
            columns.computeIfAbsent(name, n -> new ColumnSummary(n, type.toLowerCase(Locale.ROOT)));
        }
        for (Chunk chunk : footer.chunks()) {
            columns.get(chunk.name()).add(chunk.meta());
        }
    }

    static TextTable table(Collection<ColumnSummary> columns) {
        TextTable table = new TextTable(
                "column", "type", "codec", "encodings", ">values", ">compressed", ">uncompressed", ">ratio");
        for (ColumnSummary column : columns) {
            table.add(
                    column.name,
                    column.type,
                    String.join(",", column.codecs),
                    String.join(",", column.encodings),
                    Text.count(column.values),
                    Text.bytes(column.compressedBytes),
                    Text.bytes(column.uncompressedBytes),
                    ratio(column.uncompressedBytes, column.compressedBytes));
        }
        return table;
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("column", name);
        map.put("type", type);
        map.put("codecs", codecs);
        map.put("encodings", encodings);
        map.put("values", values);
        map.put("compressed_bytes", compressedBytes);
        map.put("uncompressed_bytes", uncompressedBytes);
        return map;
    }

    ColumnSummary copy() {
        return new ColumnSummary(name, type).plus(this);
    }

    /** Takes in the same column of other files. */
    ColumnSummary plus(ColumnSummary other) {
        codecs.addAll(other.codecs);
        encodings.addAll(other.encodings);
        values += other.values;
        compressedBytes += other.compressedBytes;
        uncompressedBytes += other.uncompressedBytes;
        return this;
    }

    Set<String> codecs() {
        return codecs;
    }

    Set<String> encodings() {
        return encodings;
    }

    long compressedBytes() {
        return compressedBytes;
    }

    long uncompressedBytes() {
        return uncompressedBytes;
    }

    static String ratio(long uncompressed, long compressed) {
        return compressed == 0 ? "" : String.format(Locale.ROOT, "%.2f", (double) uncompressed / compressed);
    }

    private void add(ColumnMetaData chunk) {
        codecs.add(chunk.getCodec().name().toLowerCase(Locale.ROOT));
        if (chunk.isSetEncoding_stats()) {
            for (PageEncodingStats stats : chunk.getEncoding_stats()) {
                addEncoding(stats);
            }
        } else {
            chunk.getEncodings().forEach(encoding -> encodings.add(String.valueOf(encoding)));
        }
        values += chunk.getNum_values();
        compressedBytes += chunk.getTotal_compressed_size();
        uncompressedBytes += chunk.getTotal_uncompressed_size();
    }

    /** A dictionary page is always plain; what matters is how the data pages are encoded. */
    private void addEncoding(PageEncodingStats stats) {
        if (stats.getPage_type() != PageType.DICTIONARY_PAGE) {
            encodings.add(String.valueOf(stats.getEncoding()));
        }
    }
}
