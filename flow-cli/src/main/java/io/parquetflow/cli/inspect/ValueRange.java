package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.ColumnOrder.ColumnOrderName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveComparator;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The smallest and largest of the values seen, in the order that the format defines for the type, to be held against
 * what statistics claim.
 *
 * <p>Not thread-safe.
 */
abstract class ValueRange {
    /** False until the first value. */
    boolean any;

    /** An empty range. */
    static ValueRange of(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (type.columnOrder().getColumnOrderName() == ColumnOrderName.UNDEFINED) {
            return new Unordered();
        }
        if (logical instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation) {
            return new OfDouble(2);
        }
        boolean unsigned = logical instanceof IntLogicalTypeAnnotation number && !number.isSigned();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new OfLong(1, false);
            case INT32 -> new OfLong(4, unsigned);
            case INT64 -> new OfLong(8, unsigned);
            case FLOAT -> new OfDouble(4);
            case DOUBLE -> new OfDouble(8);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> new OfBinary(type);
            case INT96 -> new Unordered();
        };
    }

    void add(long value) {
        throw new IllegalStateException("not a range of integers");
    }

    void add(double value) {
        throw new IllegalStateException("not a range of floating point numbers");
    }

    void add(Binary value) {
        throw new IllegalStateException("not a range of byte arrays");
    }

    /** Takes in what a part has seen. */
    abstract void addAll(ValueRange part);

    /**
     * Holds a claim against what was seen.
     *
     * @param exact the claim must be met, not just not exceeded
     * @return what is wrong, or null
     */
    final String problem(byte[] min, byte[] max, boolean exact) {
        if (!any) {
            return null;
        }
        try {
            return compare(min, max, exact);
        } catch (RuntimeException wrongLength) {
            return "min or max is not a value of this type";
        }
    }

    abstract String compare(byte[] min, byte[] max, boolean exact);

    /** Compares two claims in the type's order; 0 where there is none. */
    abstract int order(byte[] left, byte[] right);

    static String differ(String which, Object claimed, Object actual) {
        return which + "=" + claimed + " but the data has " + actual;
    }

    private static long littleEndian(byte[] bytes, int width) {
        if (bytes.length != width) {
            throw new IllegalArgumentException("width");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return width == 1 ? buffer.get() : width == 4 ? buffer.getInt() : buffer.getLong();
    }

    /** BOOLEAN, INT32 and INT64. Unsigned numbers are kept with the top bit flipped, so that one order serves both. */
    static final class OfLong extends ValueRange {
        private final int width;
        private final long flip;
        private long min;
        private long max;

        OfLong(int width, boolean unsigned) {
            this.width = width;
            this.flip = unsigned ? Long.MIN_VALUE >> (64 - 8 * width) : 0;
        }

        long min() {
            return min ^ flip;
        }

        long max() {
            return max ^ flip;
        }

        @Override
        void add(long value) {
            long ordered = value ^ flip;
            min = any ? Math.min(min, ordered) : ordered;
            max = any ? Math.max(max, ordered) : ordered;
            any = true;
        }

        @Override
        void addAll(ValueRange part) {
            if (part.any) {
                add(((OfLong) part).min());
                add(((OfLong) part).max());
            }
        }

        @Override
        String compare(byte[] claimedMin, byte[] claimedMax, boolean exact) {
            long low = littleEndian(claimedMin, width) ^ flip;
            long high = littleEndian(claimedMax, width) ^ flip;
            if (low > min || (exact && low != min)) {
                return differ("min", low ^ flip, min());
            }
            return high < max || (exact && high != max) ? differ("max", high ^ flip, max()) : null;
        }

        @Override
        int order(byte[] left, byte[] right) {
            return Long.compare(littleEndian(left, width) ^ flip, littleEndian(right, width) ^ flip);
        }
    }

    /** Where the format defines no order, or the file names one that is unknown here: nothing can be held against it. */
    private static final class Unordered extends ValueRange {
        @Override
        void add(long value) {}

        @Override
        void add(double value) {}

        @Override
        void add(Binary value) {}

        @Override
        void addAll(ValueRange part) {}

        @Override
        String compare(byte[] min, byte[] max, boolean exact) {
            return null;
        }

        @Override
        int order(byte[] left, byte[] right) {
            return 0;
        }
    }

    /** FLOAT, DOUBLE and FLOAT16, NaN left out, the two zeros alike. */
    static final class OfDouble extends ValueRange {
        private final int width;
        private double min;
        private double max;

        OfDouble(int width) {
            this.width = width;
        }

        @Override
        void add(double value) {
            if (Double.isNaN(value)) {
                return;
            }
            min = any ? Math.min(min, value) : value;
            max = any ? Math.max(max, value) : value;
            any = true;
        }

        @Override
        void addAll(ValueRange part) {
            if (part.any) {
                add(((OfDouble) part).min);
                add(((OfDouble) part).max);
            }
        }

        @Override
        String compare(byte[] claimedMin, byte[] claimedMax, boolean exact) {
            double low = decode(claimedMin);
            double high = decode(claimedMax);
            if (low > min || (exact && low < min)) {
                return differ("min", low, min);
            }
            return high < max || (exact && high > max) ? differ("max", high, max) : null;
        }

        @Override
        int order(byte[] left, byte[] right) {
            double one = decode(left);
            double other = decode(right);
            return one == other ? 0 : Double.compare(one, other);
        }

        @Override
        void add(Binary value) {
            add((double) HalfFloat.toFloat(value.getBytes()));
        }

        private double decode(byte[] bytes) {
            if (width == HalfFloat.BYTES) {
                return HalfFloat.toFloat(bytes);
            }
            long bits = littleEndian(bytes, width);
            return width == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
        }
    }

    /** BINARY and FIXED_LEN_BYTE_ARRAY; claims may be cut short, so they are bounds unless said otherwise. */
    static final class OfBinary extends ValueRange {
        private static final int SHOWN_BYTES = 40;

        private final PrimitiveComparator<Binary> order;
        private final boolean text;
        private Binary min;
        private Binary max;

        OfBinary(PrimitiveType type) {
            this.order = type.comparator();
            this.text = type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                    && type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation;
        }

        Binary min() {
            return min;
        }

        Binary max() {
            return max;
        }

        @Override
        void add(Binary value) {
            min = any && order.compare(min, value) <= 0 ? min : value;
            max = any && order.compare(max, value) >= 0 ? max : value;
            any = true;
        }

        @Override
        void addAll(ValueRange part) {
            if (part.any) {
                add(((OfBinary) part).min);
                add(((OfBinary) part).max);
            }
        }

        @Override
        String compare(byte[] claimedMin, byte[] claimedMax, boolean exact) {
            Binary low = Binary.fromConstantByteArray(claimedMin);
            Binary high = Binary.fromConstantByteArray(claimedMax);
            int below = order.compare(low, min);
            if (below > 0 || (exact && below < 0)) {
                return differ("min", show(low), show(min));
            }
            int above = order.compare(high, max);
            return above < 0 || (exact && above > 0) ? differ("max", show(high), show(max)) : null;
        }

        @Override
        int order(byte[] left, byte[] right) {
            return order.compare(Binary.fromConstantByteArray(left), Binary.fromConstantByteArray(right));
        }

        private String show(Binary value) {
            byte[] bytes = value.getBytes();
            String readable = text ? Text.readable(bytes).orElse(null) : null;
            return readable == null ? Text.hex(bytes, SHOWN_BYTES) : "'" + Text.cut(readable, SHOWN_BYTES) + "'";
        }
    }
}
