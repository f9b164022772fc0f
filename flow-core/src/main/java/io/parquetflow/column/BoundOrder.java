package io.parquetflow.column;

import java.nio.ByteBuffer;
import org.apache.parquet.schema.ColumnOrder.ColumnOrderName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.GeographyLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.GeometryLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** How the bounds of a type, as PLAIN has them without a length, are to be compared. */
enum BoundOrder {
    /** None that readers agree on: INT96, INTERVAL, geometries. */
    NONE,
    BOOLEAN,
    INT32,
    UINT32,
    INT64,
    UINT64,
    FLOAT,
    DOUBLE,
    /** Half floats, little endian. */
    FLOAT16,
    /** Two's complement, big endian, of any length: decimals. */
    SIGNED_BYTES,
    /** Byte by byte. */
    UNSIGNED_BYTES;

    static BoundOrder of(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        boolean isUnsigned = logical instanceof IntLogicalTypeAnnotation i && !i.isSigned();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> BOOLEAN;
            case INT32 -> isUnsigned ? UINT32 : INT32;
            case INT64 -> isUnsigned ? UINT64 : INT64;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case INT96 -> NONE;
            case BINARY, FIXED_LEN_BYTE_ARRAY -> ofBytes(type);
        };
    }

    private static BoundOrder ofBytes(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        // parquet-java knows no order of INTERVAL, but has one for geometries, whose bounds nobody can use.
        if (type.columnOrder().getColumnOrderName() == ColumnOrderName.UNDEFINED
                || logical instanceof GeometryLogicalTypeAnnotation
                || logical instanceof GeographyLogicalTypeAnnotation) {
            return NONE;
        } else if (logical == null && type.getTypeLength() > PageLimits.DEFAULT_BOUND_BYTES) {
            return NONE; // a bound that is cut is no value of such a length, and readers take it for one
        } else if (logical instanceof DecimalLogicalTypeAnnotation) {
            return SIGNED_BYTES;
        } else if (logical instanceof Float16LogicalTypeAnnotation) {
            return FLOAT16;
        }
        return UNSIGNED_BYTES;
    }

    /**
     * Whether the fields of statistics that came before column orders may be filled: their order is signed whatever the
     * type is, and parquet-java trusts them for these.
     */
    static boolean isSignedForAll(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical == null) {
            return switch (type.getPrimitiveTypeName()) {
                case BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> true;
                case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> false;
            };
        }
        return (logical instanceof IntLogicalTypeAnnotation i && i.isSigned())
                || logical instanceof DateLogicalTypeAnnotation
                || logical instanceof TimeLogicalTypeAnnotation
                || logical instanceof TimestampLogicalTypeAnnotation
                || logical instanceof Float16LogicalTypeAnnotation;
    }

    /** Two bounds in one memory, little endian; neither is a NaN. */
    int compare(ByteBuffer memory, int a, int lengthA, int b, int lengthB) {
        return switch (this) {
            case BOOLEAN -> Byte.compare(memory.get(a), memory.get(b));
            case INT32 -> Integer.compare(memory.getInt(a), memory.getInt(b));
            case UINT32 -> Integer.compareUnsigned(memory.getInt(a), memory.getInt(b));
            case INT64 -> Long.compare(memory.getLong(a), memory.getLong(b));
            case UINT64 -> Long.compareUnsigned(memory.getLong(a), memory.getLong(b));
            case FLOAT -> Float.compare(memory.getFloat(a), memory.getFloat(b));
            case DOUBLE -> Double.compare(memory.getDouble(a), memory.getDouble(b));
            case FLOAT16 -> Integer.compare(halfKey(memory.getShort(a)), halfKey(memory.getShort(b)));
            case SIGNED_BYTES -> ByteRanges.compareSigned(memory, a, lengthA, b, lengthB);
            case UNSIGNED_BYTES, NONE -> ByteRanges.compareUnsigned(memory, a, lengthA, b, lengthB);
        };
    }

    /** Bits of a half float to a number that orders as the values do, and back. */
    static int halfKey(short bits) {
        return bits ^ ((bits >> 15) & 0x7fff);
    }
}
