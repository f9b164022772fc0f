package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Text;
import io.parquetflow.cli.shell.TextTable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * One column over many chunks: how it is stored and what that has saved.
 *
 * <p>Not thread-safe.
 */
final class ColumnSummary {
    private final String name;
    private final String type;
    private final TreeSet<String> types = new TreeSet<>();
    private final String logicalType;
    private int maxRepetition;
    private int maxDefinition;
    private final TreeSet<String> codecs = new TreeSet<>();
    private final TreeSet<String> encodings = new TreeSet<>();
    private long values;
    private long nulls;
    private boolean nullsUnknown;
    private int bloomFilters;
    private long compressedBytes;
    private long uncompressedBytes;

    private ColumnSummary(String name, String type, String logicalType) {
        this.name = name;
        this.type = type;
        this.logicalType = logicalType;
        types.add(logicalType == null ? type : type + " " + logicalType.toLowerCase(Locale.ROOT));
    }

    /** Adds the chunks of a file, by column name, in the schema's order. */
    static void addAll(Map<String, ColumnSummary> columns, SegmentFooter footer) {
        for (var column : footer.schema().getColumns()) {
            String name = String.join(".", column.getPath());
            ColumnSummary one = of(name, column);
            columns.merge(name, one, ColumnSummary::plus);
        }
        for (Chunk chunk : footer.chunks()) {
            columns.get(chunk.name()).add(chunk.meta());
        }
    }

    private static ColumnSummary of(String name, ColumnDescriptor column) {
        PrimitiveType type = column.getPrimitiveType();
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        String physical = type.getPrimitiveTypeName().name().toLowerCase(Locale.ROOT);
        ColumnSummary summary = new ColumnSummary(name, physical, logical == null ? null : logical.toString());
        summary.maxRepetition = column.getMaxRepetitionLevel();
        summary.maxDefinition = column.getMaxDefinitionLevel();
        return summary;
    }

    static TextTable table(Collection<ColumnSummary> columns) {
        TextTable table = new TextTable(
                "column",
                "type",
                ">rep",
                ">def",
                "codec",
                "encodings",
                ">values",
                ">nulls",
                ">compressed",
                ">uncompressed",
                ">ratio");
        for (ColumnSummary column : columns) {
            table.add(
                    column.name,
                    String.join(",", column.types),
                    Integer.toString(column.maxRepetition),
                    Integer.toString(column.maxDefinition),
                    String.join(",", column.codecs),
                    String.join(",", column.encodings),
                    Text.count(column.values),
                    column.nullsUnknown ? "" : Text.count(column.nulls),
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
        map.put("logical_type", logicalType);
        map.put("max_repetition_level", maxRepetition);
        map.put("max_definition_level", maxDefinition);
        map.put("codecs", codecs);
        map.put("encodings", encodings);
        map.put("values", values);
        map.put("nulls", nullsUnknown ? null : nulls);
        map.put("bloom_filters", bloomFilters);
        map.put("compressed_bytes", compressedBytes);
        map.put("uncompressed_bytes", uncompressedBytes);
        return map;
    }

    ColumnSummary copy() {
        return new ColumnSummary(name, type, logicalType).plus(this);
    }

    /** Takes in the same column of other files. */
    ColumnSummary plus(ColumnSummary other) {
        types.addAll(other.types);
        maxRepetition = Math.max(maxRepetition, other.maxRepetition);
        maxDefinition = Math.max(maxDefinition, other.maxDefinition);
        nulls += other.nulls;
        nullsUnknown |= other.nullsUnknown;
        bloomFilters += other.bloomFilters;
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
        addNulls(chunk);
        bloomFilters += chunk.isSetBloom_filter_offset() ? 1 : 0;
        compressedBytes += chunk.getTotal_compressed_size();
        uncompressedBytes += chunk.getTotal_uncompressed_size();
    }

    /** A required column has none, whether its statistics say so or not. */
    private void addNulls(ColumnMetaData chunk) {
        boolean said = chunk.isSetStatistics() && chunk.getStatistics().isSetNull_count();
        nulls += said ? chunk.getStatistics().getNull_count() : 0;
        nullsUnknown |= !said && maxDefinition > 0;
    }

    /** A dictionary page is always plain; what matters is how the data pages are encoded. */
    private void addEncoding(PageEncodingStats stats) {
        if (stats.getPage_type() != PageType.DICTIONARY_PAGE) {
            encodings.add(String.valueOf(stats.getEncoding()));
        }
    }
}
