package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.internal.column.columnindex.BinaryTruncator;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveComparator;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * What minimum and maximum of some values must be, by parquet-java's comparator for their type, and whether what a file
 * has for them is right.
 *
 * <p>Not thread-safe.
 */
final class Bounds {
    /** Longer ones are cut, so that a long value does not fill the footer. */
    private static final int MOST_BYTES = 64;

    private final PrimitiveType type;
    private final List<Object> values;
    private final boolean isHalf;

    Bounds(PrimitiveType type, List<Object> values) {
        this.type = type;
        this.values = values;
        this.isHalf = type.getLogicalTypeAnnotation() instanceof Float16LogicalTypeAnnotation;
    }

    @SuppressWarnings("unchecked") // a type's comparator compares the type's values
    private Comparator<Object> comparator() {
        return (Comparator<Object>) (Comparator<?>) (PrimitiveComparator<?>) type.comparator();
    }

    boolean hasNan() {
        return values.stream().anyMatch(this::isNan);
    }

    private boolean isNan(Object value) {
        return (value instanceof Float f && f.isNaN())
                || (value instanceof Double d && d.isNaN())
                || (isHalf && Float.isNaN(Half.toFloat((Binary) value)));
    }

    /** Whether there may be bounds. Not for INT96, whose order nobody defined, and not where a NaN is below no bound. */
    boolean mayExist() {
        return !values.isEmpty() && type.getPrimitiveTypeName() != PrimitiveTypeName.INT96 && !hasNan();
    }

    /** Whether there must be: a long maximum that nothing is above needs all its bytes, and may be left out. */
    boolean mustExist() {
        return mayExist() && (!isCut(max()) || canBeRaised((Binary) max()));
    }

    private boolean canBeRaised(Binary max) {
        return BinaryTruncator.getTruncator(type).truncateMax(max, MOST_BYTES).length() <= MOST_BYTES;
    }

    private Object min() {
        return Collections.min(values, comparator());
    }

    private Object max() {
        return Collections.max(values, comparator());
    }

    /** Both as tight as they may be: the very values, cut only where they are long. */
    void check(String where, byte[] minBytes, byte[] maxBytes) {
        assertThat(mayExist()).as("%s: may have bounds", where).isTrue();
        if (!isMinimum(minBytes)) {
            assertThat(isCut(min())).as("%s: minimum is %s", where, min()).isTrue();
            assertThat(minBytes)
                    .as("%s: a cut minimum is a prefix", where)
                    .hasSizeBetween(MOST_BYTES - 3, MOST_BYTES)
                    .isEqualTo(Arrays.copyOf(((Binary) min()).getBytes(), minBytes.length));
        }
        if (!isMaximum(maxBytes)) {
            assertThat(isCut(max())).as("%s: maximum is %s", where, max()).isTrue();
            assertThat(maxBytes).as("%s: a cut maximum", where).hasSizeBetween(1, MOST_BYTES);
            assertThat(comparator().compare(value(maxBytes), max()))
                    .as("%s: a cut maximum is raised", where)
                    .isPositive();
        }
    }

    /** Whether a bound that a file calls exact is one of the values. */
    boolean isMinimum(byte[] bytes) {
        return Leaves.text(value(bytes)).equals(Leaves.text(zero(min(), true)));
    }

    /** Whether a bound that a file calls exact is one of the values. */
    boolean isMaximum(byte[] bytes) {
        return Leaves.text(value(bytes)).equals(Leaves.text(zero(max(), false)));
    }

    /** Whether a file has to have no more than a prefix of it. */
    private static boolean isCut(Object value) {
        return value instanceof Binary binary && binary.length() > MOST_BYTES;
    }

    /** A zero as a minimum stands for both zeros, and so is the negative one; as a maximum the positive one. */
    private Object zero(Object value, boolean negative) {
        if (value instanceof Float f && f == 0) {
            return negative ? -0.0f : 0.0f;
        }
        if (value instanceof Double d && d == 0) {
            return negative ? -0.0 : 0.0;
        }
        if (isHalf && Half.toFloat((Binary) value) == 0) {
            return Binary.fromConstantByteArray(new byte[] {0, (byte) (negative ? 0x80 : 0)});
        }
        return value;
    }

    private Object value(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> buffer.get() != 0;
            case INT32 -> buffer.getInt();
            case INT64 -> buffer.getLong();
            case FLOAT -> buffer.getFloat();
            case DOUBLE -> buffer.getDouble();
            default -> Binary.fromConstantByteArray(bytes);
        };
    }

    /** Orders bounds as they are in a column index. */
    int compare(ByteBuffer a, ByteBuffer b) {
        return comparator().compare(value(bytes(a)), value(bytes(b)));
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
