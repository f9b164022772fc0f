package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Which values a column may have, by its type (Parquet specification, LogicalTypes): readers trust a file that says INT(8) or
 * STRING, and show nonsense or fail where it lies.
 *
 * <ul>
 *   <li>INT(8), INT(16), signed or not, on INT32: their range. 32 and 64 bits: any, unsigned ones by their bits.
 *   <li>TIME: from midnight to before the next.
 *   <li>DECIMAL: no more digits than its precision, on all four carriers.
 *   <li>STRING, ENUM, JSON: UTF-8; on request, what is not is replaced by U+FFFD instead of refused.
 *   <li>FIXED_LEN_BYTE_ARRAY and INT96: their length.
 * </ul>
 *
 * <p>Allocates nothing unless a value is refused or replaced.
 *
 * <p>Thread-safe: immutable.
 */
public final class ValueRules {
    private static final int INT96_BYTES = 12;
    /** Of a value, in a message. */
    private static final int SHOWN_BYTES = 16;

    private static final long DAY_MS = 86_400_000L;

    private final String column;
    private final PrimitiveType type;
    private final int width;
    private final long min;
    private final long max;
    private final boolean text;
    private final DecimalBounds decimal;
    private final boolean repairs;

    private ValueRules(ColumnDescriptor column, boolean repairsText) {
        this.column = String.join(".", column.getPath());
        this.type = column.getPrimitiveType();
        this.width = widthOf(type);
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        this.max = max(type.getPrimitiveTypeName(), logical);
        this.min = min(logical, max);
        this.text = logical instanceof StringLogicalTypeAnnotation
                || logical instanceof EnumLogicalTypeAnnotation
                || logical instanceof JsonLogicalTypeAnnotation;
        this.decimal = logical instanceof DecimalLogicalTypeAnnotation d && isBytes()
                ? new DecimalBounds(d.getPrecision())
                : null;
        this.repairs = repairsText && text;
    }

    /**
     * The rules of a column; text that is not UTF-8 is refused.
     *
     * @param column a leaf of the schema
     * @return its rules
     */
    public static ValueRules of(ColumnDescriptor column) {
        return new ValueRules(column, false);
    }

    /**
     * The rules of a column.
     *
     * @param column a leaf of the schema
     * @param repairsText whether text that is not UTF-8 gets U+FFFD where it is not, instead of being refused
     * @return its rules
     */
    public static ValueRules of(ColumnDescriptor column, boolean repairsText) {
        return new ValueRules(column, repairsText);
    }

    private static long max(PrimitiveTypeName carrier, LogicalTypeAnnotation logical) {
        if (logical instanceof IntLogicalTypeAnnotation i && i.getBitWidth() < Integer.SIZE) {
            return (1L << (i.isSigned() ? i.getBitWidth() - 1 : i.getBitWidth())) - 1;
        }
        if (logical instanceof TimeLogicalTypeAnnotation time) {
            return switch (time.getUnit()) {
                case MILLIS -> DAY_MS - 1;
                case MICROS -> DAY_MS * 1_000 - 1;
                case NANOS -> DAY_MS * 1_000_000 - 1;
            };
        }
        boolean isNumber = carrier == PrimitiveTypeName.INT32 || carrier == PrimitiveTypeName.INT64;
        if (logical instanceof DecimalLogicalTypeAnnotation d && isNumber) {
            return DecimalBounds.most(d.getPrecision());
        }
        return Long.MAX_VALUE;
    }

    private static long min(LogicalTypeAnnotation logical, long max) {
        if (max == Long.MAX_VALUE) {
            return Long.MIN_VALUE;
        }
        if (logical instanceof DecimalLogicalTypeAnnotation) {
            return -max;
        }
        return logical instanceof IntLogicalTypeAnnotation i && i.isSigned() ? -max - 1 : 0;
    }

    /** Bytes of a value, 0 where that is not said by the type. */
    static int widthOf(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> 1;
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case INT96 -> INT96_BYTES;
            case FIXED_LEN_BYTE_ARRAY -> type.getTypeLength();
            case BINARY -> 0;
        };
    }

    private boolean isBytes() {
        return switch (type.getPrimitiveTypeName()) {
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
            default -> false;
        };
    }

    /**
     * The column.
     *
     * @return its dotted path
     */
    public String column() {
        return column;
    }

    /**
     * Whether text that is not UTF-8 is to be replaced by {@link #repaired}.
     *
     * @return false where it is refused, and for columns without text
     */
    public boolean repairsText() {
        return repairs;
    }

    /** Whether text may be what the column's bytes are. */
    boolean takesText() {
        return decimal == null;
    }

    /** The smallest INT32 or INT64. */
    long min() {
        return min;
    }

    /** The largest INT32 or INT64. */
    long max() {
        return max;
    }

    /**
     * Whether a value of INT32 or INT64 is in range.
     *
     * @param value the value
     * @return false when it has to be refused
     */
    public boolean allows(long value) {
        return value >= min && value <= max;
    }

    /**
     * Whether a value of BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96 is valid. Columns that repair their text are as strict:
     * a value that is not allowed is {@link #repaired} then.
     *
     * @param bytes memory
     * @param at index of the first byte
     * @param length bytes
     * @return false when it has to be refused
     */
    public boolean allows(ByteBuffer bytes, int at, int length) {
        if (width != 0 && length != width) {
            return false;
        }
        if (text) {
            return Utf8.firstInvalid(bytes, at, length) < 0;
        }
        return decimal == null || decimal.holds(bytes, at, length);
    }

    /**
     * Finds a value out of range.
     *
     * @param values INT32
     * @param count how many of them
     * @return index of the first that has to be refused, -1 when there is none
     */
    public int firstBad(int[] values, int count) {
        if (max >= Integer.MAX_VALUE) {
            return -1;
        }
        int least = (int) min;
        int most = (int) max;
        int outside = 0; // its sign; no branch, so that the loop runs on vectors. Zero is inside, so nothing overflows
        // unseen.
        for (int i = 0; i < count; i++) {
            outside |= (values[i] - least) | (most - values[i]);
        }
        if (outside >= 0) {
            return -1;
        }
        int i = 0;
        while (allows(values[i])) {
            i++;
        }
        return i;
    }

    /**
     * Finds a value out of range.
     *
     * @param values INT64
     * @param count how many of them
     * @return index of the first that has to be refused, -1 when there is none
     */
    public int firstBad(long[] values, int count) {
        if (max == Long.MAX_VALUE) {
            return -1;
        }
        long outside = 0;
        for (int i = 0; i < count; i++) {
            outside |= (values[i] - min) | (max - values[i]);
        }
        if (outside >= 0) {
            return -1;
        }
        int i = 0;
        while (allows(values[i])) {
            i++;
        }
        return i;
    }

    /**
     * Finds a value that is not valid, among values of BYTE_ARRAY.
     *
     * @param bytes value i is from {@code offsets[i]} to before {@code offsets[i + 1]}
     * @param offsets {@code count + 1} of them, ascending, inside of {@code bytes}
     * @param count how many values
     * @return index of the first that has to be refused or repaired, -1 when there is none
     */
    public int firstBad(ByteBuffer bytes, int[] offsets, int count) {
        boolean free = !text && decimal == null;
        // most text is ASCII, and then one pass over all of it says so
        if (free || count == 0 || (text && Utf8.isAscii(bytes, offsets[0], offsets[count] - offsets[0]))) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            if (!allows(bytes, offsets[i], offsets[i + 1] - offsets[i])) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Finds a value that is not valid, among values of FIXED_LEN_BYTE_ARRAY or INT96, one after the other.
     *
     * @param bytes memory
     * @param at index of the first value's first byte
     * @param count how many values
     * @return index of the first that has to be refused, -1 when there is none
     */
    public int firstBad(ByteBuffer bytes, int at, int count) {
        if (decimal == null) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            if (!decimal.holds(bytes, at + i * width, width)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Text with U+FFFD in place of what is not UTF-8.
     *
     * @param bytes memory
     * @param at index of the first byte
     * @param length bytes
     * @return a new array
     */
    public byte[] repaired(ByteBuffer bytes, int at, int length) {
        return Utf8.repaired(bytes, at, length);
    }

    /**
     * Says why a number is refused.
     *
     * @param value one that is not allowed
     * @return a message that names column, type and value
     */
    public String refusal(long value) {
        return "value out of range: column=" + column + ", type=" + typeName() + ", value=" + value + ", min=" + min
                + ", max=" + max;
    }

    /**
     * Says why bytes are refused.
     *
     * @param bytes memory
     * @param at index of the first byte
     * @param length bytes of a value that is not allowed
     * @return a message that names column, type and value
     */
    public String refusal(ByteBuffer bytes, int at, int length) {
        String what = "column=" + column + ", type=" + typeName();
        if (width != 0 && length != width) {
            return wrongLength(length);
        }
        if (text) {
            int bad = Utf8.firstInvalid(bytes, at, length);
            int from = Math.max(0, bad - SHOWN_BYTES / 2);
            return "invalid UTF-8: " + what + ", length=" + length + ", index=" + bad + ", bytes from " + from + "="
                    + hex(bytes, at + from, length - from) + "; write valid text, or have the column repaired";
        }
        return "too many digits: " + what + ", length=" + length + ", bytes=" + hex(bytes, at, length);
    }

    /** Says why bytes are refused of which only the length is known yet. */
    String wrongLength(int length) {
        return "wrong length: column=" + column + ", type=" + typeName() + ", length=" + length + ", expected=" + width;
    }

    /** Says why text is refused that has half of a pair of surrogates. */
    String unpaired(CharSequence value, int index) {
        return "unpaired surrogate: column=" + column + ", type=" + typeName() + ", length=" + value.length()
                + ", index=" + index + ", char=0x" + Integer.toHexString(value.charAt(index))
                + "; write valid text, or have the column repaired";
    }

    private static String hex(ByteBuffer bytes, int at, int length) {
        byte[] shown = new byte[Math.min(length, SHOWN_BYTES)];
        bytes.get(at, shown);
        return "0x" + HexFormat.of().formatHex(shown) + (length > shown.length ? ".." : "");
    }

    String typeName() {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        String carrier = type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                ? "FIXED_LEN_BYTE_ARRAY(" + width + ")"
                : type.getPrimitiveTypeName().toString();
        return logical == null ? carrier : carrier + " " + logical;
    }
}
