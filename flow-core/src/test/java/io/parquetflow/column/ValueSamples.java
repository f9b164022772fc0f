package io.parquetflow.column;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Values of every physical type, as objects: put into a buffer, and read from its pages by parquet-java. */
final class ValueSamples {
    static final PageLimits LIMITS = new PageLimits(1 << 20, 20_000, PageLimits.DEFAULT_BOUND_BYTES);

    private ValueSamples() {}

    /** How the values of a page follow each other. */
    enum Pattern {
        EMPTY,
        ONE,
        ALL_EQUAL,
        ASCENDING,
        FEW_DIFFERENT,
        RUNS,
        RANDOM,
        EXTREMES
    }

    static PrimitiveType type(PrimitiveTypeName name) {
        return name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                ? fixed(5)
                : Types.required(name).named("c");
    }

    static PrimitiveType fixed(int length) {
        return Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(length)
                .named("c");
    }

    static ColumnOptions options(ColumnEncoding encoding) {
        return ColumnOptions.DEFAULT.withEncoding(encoding);
    }

    static List<Object> values(PrimitiveType type, Pattern pattern, Random random) {
        int count =
                switch (pattern) {
                    case EMPTY -> 0;
                    case ONE -> 1;
                    default -> 2 + random.nextInt(1_200);
                };
        int different = 1 + random.nextInt(20);
        int longestRun = 1 + random.nextInt(50);
        List<Object> values = new ArrayList<>();
        while (values.size() < count) {
            int i = values.size();
            switch (pattern) {
                case EMPTY, ONE, RANDOM -> values.add(random(type, random));
                case ALL_EQUAL -> values.add(i == 0 ? random(type, random) : values.get(0));
                case ASCENDING -> values.add(ascending(type, i));
                case FEW_DIFFERENT ->
                    values.add(i < different ? random(type, random) : values.get(random.nextInt(different)));
                case EXTREMES -> values.add(extreme(type, random));
                case RUNS -> {
                    Object value = random(type, random);
                    for (int run = random.nextInt(longestRun); run >= 0 && values.size() < count; run--) {
                        values.add(value);
                    }
                }
            }
        }
        return values;
    }

    private static Object random(PrimitiveType type, Random random) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> random.nextBoolean();
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> Double.longBitsToDouble(random.nextLong());
            case BINARY -> bytes(random.nextInt(40), random);
            case FIXED_LEN_BYTE_ARRAY -> bytes(type.getTypeLength(), random);
            case INT96 -> bytes(12, random);
        };
    }

    private static Object ascending(PrimitiveType type, int i) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> i > 100;
            case INT32 -> i - 50;
            case INT64 -> 1_700_000_000_000_000L + 1_000L * i;
            case FLOAT -> i / 8f;
            case DOUBLE -> i / 1000.0;
            case BINARY -> Binary.fromString("order-%08d".formatted(i));
            case FIXED_LEN_BYTE_ARRAY, INT96 -> {
                int length = type.getPrimitiveTypeName() == PrimitiveTypeName.INT96 ? 12 : type.getTypeLength();
                byte[] digits = "%012d".formatted(i).getBytes(StandardCharsets.US_ASCII);
                byte[] value = new byte[length];
                for (int b = 0; b < length; b++) {
                    value[length - 1 - b] = b < digits.length ? digits[digits.length - 1 - b] : (byte) '-';
                }
                yield Binary.fromConstantByteArray(value);
            }
        };
    }

    private static Object extreme(PrimitiveType type, Random random) {
        int which = random.nextInt(8);
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> which < 4;
            case INT32 -> new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 1, 127, -128, 1 << 30}[which];
            case INT64 -> new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1, 1L << 32, -(1L << 33), 1L << 62}[which];
            case FLOAT ->
                new float[] {
                            Float.NaN,
                            Float.NEGATIVE_INFINITY,
                            Float.POSITIVE_INFINITY,
                            0f,
                            -0f,
                            Float.MIN_VALUE,
                            Float.MAX_VALUE,
                            Float.intBitsToFloat(0xffc01234)
                        }
                        [which];
            case DOUBLE ->
                new double[] {
                            Double.NaN,
                            Double.NEGATIVE_INFINITY,
                            Double.POSITIVE_INFINITY,
                            0.0,
                            -0.0,
                            Double.MIN_VALUE,
                            Double.MAX_VALUE,
                            Double.longBitsToDouble(0xfff8000000001234L)
                        }
                        [which];
            case BINARY ->
                switch (which) {
                    case 0, 1, 2 -> Binary.fromConstantByteArray(new byte[0]);
                    case 3 -> Binary.fromConstantByteArray(Bytes.repeat(0xff, 300));
                    case 4 -> Binary.fromConstantByteArray(Bytes.repeat(0, 1 + random.nextInt(9)));
                    default -> bytes(1_000, random);
                };
            case FIXED_LEN_BYTE_ARRAY ->
                Binary.fromConstantByteArray(Bytes.repeat(which < 4 ? 0 : 0xff, type.getTypeLength()));
            case INT96 -> Binary.fromConstantByteArray(Bytes.repeat(which < 4 ? 0 : 0xff, 12));
        };
    }

    private static Binary bytes(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Binary.fromConstantByteArray(bytes);
    }

    /** One by one. */
    static void add(ValueBuffer to, List<Object> values) {
        for (Object value : values) {
            if (to instanceof BooleanValues b) {
                b.add((boolean) value);
            } else if (to instanceof IntValues i) {
                i.add((int) value);
            } else if (to instanceof LongValues l) {
                l.add((long) value);
            } else if (to instanceof FloatValues f) {
                f.add((float) value);
            } else if (to instanceof DoubleValues d) {
                d.add((double) value);
            } else if (to instanceof BinaryValues b) {
                byte[] bytes = ((Binary) value).getBytes();
                b.add(bytes, 0, bytes.length);
            } else {
                ((FixedValues) to).add(((Binary) value).getBytes(), 0);
            }
        }
    }

    /** In one piece, with something in front of it. */
    static void addAll(ValueBuffer to, List<Object> values) {
        int n = values.size();
        if (to instanceof BooleanValues b) {
            boolean[] all = new boolean[n + 2];
            for (int i = 0; i < n; i++) {
                all[i + 2] = (boolean) values.get(i);
            }
            b.addAll(all, 2, n);
        } else if (to instanceof IntValues ints) {
            int[] all = new int[n + 2];
            for (int i = 0; i < n; i++) {
                all[i + 2] = (int) values.get(i);
            }
            ints.addAll(all, 2, n);
        } else if (to instanceof LongValues longs) {
            long[] all = new long[n + 2];
            for (int i = 0; i < n; i++) {
                all[i + 2] = (long) values.get(i);
            }
            longs.addAll(all, 2, n);
        } else if (to instanceof FloatValues floats) {
            float[] all = new float[n + 2];
            for (int i = 0; i < n; i++) {
                all[i + 2] = (float) values.get(i);
            }
            floats.addAll(all, 2, n);
        } else if (to instanceof DoubleValues doubles) {
            double[] all = new double[n + 2];
            for (int i = 0; i < n; i++) {
                all[i + 2] = (double) values.get(i);
            }
            doubles.addAll(all, 2, n);
        } else {
            addAllBytes(to, values);
        }
    }

    private static void addAllBytes(ValueBuffer to, List<Object> values) {
        int n = values.size();
        int[] offsets = new int[n + 3];
        offsets[2] = 7;
        int size = 7 + values.stream().mapToInt(v -> ((Binary) v).length()).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        for (int i = 0; i < n; i++) {
            byte[] bytes = ((Binary) values.get(i)).getBytes();
            all.put(offsets[i + 2], bytes);
            offsets[i + 3] = offsets[i + 2] + bytes.length;
        }
        if (to instanceof BinaryValues b) {
            b.addAll(all, offsets, 2, n);
        } else {
            ((FixedValues) to).addAll(all, 7, n);
        }
    }

    /** A page that a buffer has encoded. */
    record Page(Encoding encoding, String hex, int count) {
        byte[] bytes() {
            return Bytes.hex(hex);
        }
    }

    /** Bounds of the open page, as parquet-java has them. */
    static Statistics<?> statistics(PrimitiveType type, ValueBuffer buffer, int nulls) {
        PageBounds bounds = new PageBounds();
        buffer.bounds(bounds);
        Statistics.Builder builder =
                Statistics.getBuilderForReading(type).withNumNulls(nulls).withNanCount(bounds.nans());
        if (bounds.areKnown()) {
            byte[] both = Arrays.copyOf(bounds.bytes().array(), bounds.bytes().size());
            builder.withMin(Arrays.copyOf(both, bounds.minLength()));
            builder.withMax(Arrays.copyOfRange(both, bounds.minLength(), both.length));
        }
        return builder.build();
    }

    static Page close(ValueBuffer buffer) {
        DirectBytes out = new DirectBytes(1);
        out.putInt(0x55555555);
        int count = buffer.count();
        Encoding encoding = buffer.encode(out);
        buffer.clearPage();
        return new Page(encoding, HexFormat.of().formatHex(Bytes.of(out)).substring(2 * Integer.BYTES), count);
    }

    /** The dictionary page as parquet-java reads it, null where there is none. */
    static Dictionary dictionary(PrimitiveType type, ValueBuffer buffer) throws IOException {
        if (buffer.dictionaryEntries() == 0) {
            return null;
        }
        DirectBytes out = new DirectBytes(1);
        buffer.encodeDictionary(out);
        return Encoding.PLAIN.initDictionary(
                descriptor(type),
                new DictionaryPage(BytesInput.from(Bytes.of(out)), buffer.dictionaryEntries(), Encoding.PLAIN));
    }

    static List<Object> read(PrimitiveType type, Page page, Dictionary dictionary) throws IOException {
        ValuesReader reader = page.encoding() == Encoding.RLE_DICTIONARY
                ? page.encoding().getDictionaryBasedValuesReader(descriptor(type), ValuesType.VALUES, dictionary)
                : page.encoding().getValuesReader(descriptor(type), ValuesType.VALUES);
        reader.initFromPage(page.count(), ByteBufferInputStream.wrap(ByteBuffer.wrap(page.bytes())));
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < page.count(); i++) {
            values.add(
                    switch (type.getPrimitiveTypeName()) {
                        case BOOLEAN -> reader.readBoolean();
                        case INT32 -> reader.readInteger();
                        case INT64 -> reader.readLong();
                        case FLOAT -> reader.readFloat();
                        case DOUBLE -> reader.readDouble();
                        case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
                            reader.readBytes().copy();
                    });
        }
        return values;
    }

    private static ColumnDescriptor descriptor(PrimitiveType type) {
        return new ColumnDescriptor(new String[] {type.getName()}, type, 0, 0);
    }

    /** Equal only where every bit is: a NaN and the other NaN, a zero and the other zero are not. */
    static List<Object> exactly(List<Object> values) {
        return values.stream().map(ValueSamples::exactly).toList();
    }

    private static Object exactly(Object value) {
        if (value instanceof Float f) {
            return Integer.toHexString(Float.floatToRawIntBits(f));
        } else if (value instanceof Double d) {
            return Long.toHexString(Double.doubleToRawLongBits(d));
        } else if (value instanceof Binary b) {
            return HexFormat.of().formatHex(b.getBytes());
        }
        return value;
    }
}
