package io.parquetflow.column;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Which encodings a type can have (Parquet format, Encodings), and what AUTO means for it.
 *
 * <p>Thread-safe: stateless.
 */
final class EncodingRules {
    private EncodingRules() {}

    /** Encodings that may be asked for. */
    static Set<ColumnEncoding> allowed(PrimitiveTypeName type) {
        Set<ColumnEncoding> allowed = EnumSet.of(ColumnEncoding.AUTO, ColumnEncoding.PLAIN);
        switch (type) {
            case BOOLEAN -> allowed.add(ColumnEncoding.RLE);
            case INT32, INT64 ->
                allowed.addAll(EnumSet.of(
                        ColumnEncoding.DICTIONARY,
                        ColumnEncoding.DELTA_BINARY_PACKED,
                        ColumnEncoding.BYTE_STREAM_SPLIT));
            case FLOAT, DOUBLE ->
                allowed.addAll(EnumSet.of(ColumnEncoding.DICTIONARY, ColumnEncoding.BYTE_STREAM_SPLIT));
            case INT96 -> allowed.add(ColumnEncoding.DICTIONARY);
            case BINARY ->
                allowed.addAll(EnumSet.of(
                        ColumnEncoding.DICTIONARY,
                        ColumnEncoding.DELTA_LENGTH_BYTE_ARRAY,
                        ColumnEncoding.DELTA_BYTE_ARRAY));
            case FIXED_LEN_BYTE_ARRAY ->
                allowed.addAll(EnumSet.of(
                        ColumnEncoding.DICTIONARY, ColumnEncoding.DELTA_BYTE_ARRAY, ColumnEncoding.BYTE_STREAM_SPLIT));
        }
        return allowed;
    }

    /** Refuses what the type cannot have. */
    static void check(PrimitiveType type, ColumnOptions options) {
        Set<ColumnEncoding> allowed = allowed(type.getPrimitiveTypeName());
        if (!allowed.contains(options.encoding())) {
            throw new IllegalArgumentException("this type cannot have this encoding: column=" + type.getName()
                    + ", type=" + type.getPrimitiveTypeName() + ", encoding=" + options.encoding() + "; take one of "
                    + allowed);
        }
        if (options.bloom() && type.getPrimitiveTypeName() == PrimitiveTypeName.BOOLEAN) {
            throw new IllegalArgumentException("this type cannot have a bloom filter: column=" + type.getName()
                    + ", type=BOOLEAN; leave bloom off");
        }
    }

    /** Whether pages are tried with a dictionary first. */
    static boolean triesDictionary(PrimitiveType type, ColumnEncoding asked) {
        if (asked != ColumnEncoding.AUTO) {
            return asked == ColumnEncoding.DICTIONARY;
        }
        return switch (type.getPrimitiveTypeName()) {
            case INT32, INT64 -> !isTime(type.getLogicalTypeAnnotation());
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
            case BOOLEAN, FLOAT, DOUBLE -> false;
        };
    }

    /** Times rise and rarely come again: a dictionary is a waste of time. */
    private static boolean isTime(LogicalTypeAnnotation logical) {
        return logical instanceof TimestampLogicalTypeAnnotation || logical instanceof TimeLogicalTypeAnnotation;
    }

    /** Whether what has no dictionary takes the smaller one of DELTA_BINARY_PACKED and PLAIN. */
    static boolean weighsDeltas(PrimitiveType type, ColumnEncoding asked) {
        PrimitiveTypeName name = type.getPrimitiveTypeName();
        return asked == ColumnEncoding.AUTO && (name == PrimitiveTypeName.INT32 || name == PrimitiveTypeName.INT64);
    }

    /** What pages without a dictionary take. */
    static Encoding withoutDictionary(ColumnEncoding asked) {
        return switch (asked) {
            case AUTO, PLAIN, DICTIONARY -> Encoding.PLAIN;
            case DELTA_BINARY_PACKED -> Encoding.DELTA_BINARY_PACKED;
            case DELTA_LENGTH_BYTE_ARRAY -> Encoding.DELTA_LENGTH_BYTE_ARRAY;
            case DELTA_BYTE_ARRAY -> Encoding.DELTA_BYTE_ARRAY;
            case BYTE_STREAM_SPLIT -> Encoding.BYTE_STREAM_SPLIT;
            case RLE -> Encoding.RLE;
        };
    }
}
