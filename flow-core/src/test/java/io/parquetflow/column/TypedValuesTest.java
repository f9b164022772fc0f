package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parquetflow.column.ValueSamples.Page;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** How a page's encoding is chosen, and what a dictionary does when it does not pay or has no more room. */
class TypedValuesTest {
    private static final int ROWS = 2_000;
    private static final PrimitiveType INT32 = ValueSamples.type(PrimitiveTypeName.INT32);
    private static final PrimitiveType INT64 = ValueSamples.type(PrimitiveTypeName.INT64);
    private static final PrimitiveType BINARY = ValueSamples.type(PrimitiveTypeName.BINARY);

    private static ValueBuffer of(PrimitiveType type, ColumnEncoding encoding) {
        return ValueBuffer.of(type, ValueSamples.options(encoding), ValueSamples.LIMITS);
    }

    private static Page page(ValueBuffer buffer, int rows, IntFunction<Object> value) {
        ValueSamples.add(buffer, IntStream.range(0, rows).mapToObj(value).toList());
        return ValueSamples.close(buffer);
    }

    private static Encoding encoding(ValueBuffer buffer, IntFunction<Object> value) {
        return page(buffer, ROWS, value).encoding();
    }

    private static Object name(int i) {
        return Binary.fromString("name-" + i);
    }

    /** Any of a few numbers that are far apart. */
    private static IntFunction<Object> fewFarApart() {
        Random random = new Random(1);
        return i -> (random.nextInt(100) - 50) * 19_088_743;
    }

    private static IntFunction<Object> anyInt() {
        Random random = new Random(2);
        return i -> random.nextInt();
    }

    // ---- bytes

    /** Width 1, then the hybrid: a group of eight in bits 0 1 0 0, in the order in which the entries came. */
    @Test
    void aPageOfIndices() {
        ValueBuffer buffer = of(INT32, ColumnEncoding.DICTIONARY);
        ValueSamples.add(buffer, List.of(7, -2, 7, 7));
        Page page = ValueSamples.close(buffer);
        assertThat(page.encoding()).isEqualTo(Encoding.RLE_DICTIONARY);
        assertThat(page.bytes()).isEqualTo(Bytes.hex("01 03 02"));
        assertThat(buffer.dictionaryEntries()).isEqualTo(2);
        assertDictionary(buffer, "07000000 feffffff");
    }

    private static void assertDictionary(ValueBuffer buffer, String hex) {
        DirectBytes out = new DirectBytes(1);
        buffer.encodeDictionary(out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex(hex));
    }

    @Test
    void entriesOfByteArraysHaveALengthAndThoseOfFixedLengthHaveNone() {
        ValueBuffer binaries = of(BINARY, ColumnEncoding.DICTIONARY);
        ValueSamples.add(binaries, List.of(Binary.fromString("ab"), Binary.fromString(""), Binary.fromString("ab")));
        assertThat(ValueSamples.close(binaries).bytes()).isEqualTo(Bytes.hex("01 03 02"));
        assertDictionary(binaries, "02000000 6162 00000000");
        ValueBuffer fixed = of(ValueSamples.fixed(2), ColumnEncoding.DICTIONARY);
        ValueSamples.add(fixed, List.of(Binary.fromString("ab"), Binary.fromString("cd")));
        ValueSamples.close(fixed);
        assertDictionary(fixed, "6162 6364");
    }

    @Test
    void oneEntryTakesNoBits() {
        ValueBuffer buffer = of(INT64, ColumnEncoding.DICTIONARY);
        ValueSamples.add(buffer, List.of(5L, 5L, 5L, 5L, 5L, 5L, 5L, 5L, 5L));
        assertThat(ValueSamples.close(buffer).bytes()).isEqualTo(Bytes.hex("00 12"));
        assertDictionary(buffer, "0500000000000000");
    }

    @Test
    void anIndexIsAsWideAsTheDictionaryIsThen() {
        ValueBuffer buffer = of(INT32, ColumnEncoding.DICTIONARY);
        assertThat(page(buffer, 10, i -> i % 2).bytes()[0]).isEqualTo((byte) 1);
        assertThat(page(buffer, 10, i -> i % 5).bytes()[0]).isEqualTo((byte) 3);
        assertThat(page(buffer, 10, i -> 0).bytes()[0]).isEqualTo((byte) 3);
        assertThat(buffer.dictionaryEntries()).isEqualTo(5);
    }

    /** Four bytes of length, then runs of width 1. */
    @Test
    void runsOfBooleans() {
        ValueBuffer buffer = of(ValueSamples.type(PrimitiveTypeName.BOOLEAN), ColumnEncoding.RLE);
        Page page = page(buffer, 20, i -> i < 16);
        assertThat(page.encoding()).isEqualTo(Encoding.RLE);
        assertThat(page.bytes()).isEqualTo(Bytes.hex("04000000 2001 0300"));
    }

    @Test
    void booleansAreBits() {
        ValueBuffer buffer = of(ValueSamples.type(PrimitiveTypeName.BOOLEAN), ColumnEncoding.AUTO);
        Page page = page(buffer, 10, i -> i == 0 || i == 9);
        assertThat(page.encoding()).isEqualTo(Encoding.PLAIN);
        assertThat(page.bytes()).isEqualTo(Bytes.hex("01 02"));
    }

    // ---- a dictionary without room

    @Test
    void aPageTheDictionaryHasNoRoomForGoesWithoutAndSoDoThoseBehindIt() throws Exception {
        ValueBuffer buffer = of(INT32, ColumnEncoding.DICTIONARY);
        for (int chunk = 0; chunk < 2; chunk++) {
            Page small = page(buffer, ROWS, i -> i % 10);
            Page large = page(buffer, ValueDictionary.MOST_ENTRIES, i -> i + 5);
            Page again = page(buffer, ROWS, i -> i % 10);
            assertThat(List.of(small.encoding(), large.encoding(), again.encoding()))
                    .containsExactly(Encoding.RLE_DICTIONARY, Encoding.PLAIN, Encoding.PLAIN);
            assertThat(buffer.dictionaryEntries()).isEqualTo(10);
            assertThat(ValueSamples.read(INT32, small, ValueSamples.dictionary(INT32, buffer)))
                    .startsWith(0, 1, 2)
                    .hasSize(ROWS);
            assertThat(ValueSamples.read(INT32, large, null)).startsWith(5, 6, 7);
            buffer.clearChunk();
        }
    }

    @Test
    void asManyEntriesAsThereIsRoomForAreTaken() throws Exception {
        ValueBuffer buffer = of(INT64, ColumnEncoding.DICTIONARY);
        Page page = page(buffer, ValueDictionary.MOST_ENTRIES, i -> (long) i * i);
        assertThat(page.encoding()).isEqualTo(Encoding.RLE_DICTIONARY);
        assertThat(buffer.dictionaryEntries()).isEqualTo(ValueDictionary.MOST_ENTRIES);
        assertThat(ValueSamples.read(INT64, page, ValueSamples.dictionary(INT64, buffer)))
                .endsWith((long) (ValueDictionary.MOST_ENTRIES - 1) * (ValueDictionary.MOST_ENTRIES - 1));
        assertThat(page(buffer, 1, i -> -1L).encoding()).isEqualTo(Encoding.PLAIN);
    }

    /** 1,024 entries of 1,020 bytes and four of length are a MiB. */
    @Test
    void entriesAreBoundedByTheirBytes() {
        byte[] value = new byte[1_020];
        for (int entries : new int[] {1_024, 1_025}) {
            ValueBuffer buffer = of(BINARY, ColumnEncoding.DICTIONARY);
            Page page = page(buffer, entries, i -> {
                value[0] = (byte) i;
                value[1] = (byte) (i >> 8);
                return Binary.fromConstantByteArray(value.clone());
            });
            boolean isFull = entries > 1_024;
            assertThat(page.encoding()).isEqualTo(isFull ? Encoding.PLAIN : Encoding.RLE_DICTIONARY);
            assertThat(buffer.dictionaryEntries()).isEqualTo(isFull ? 0 : entries);
        }
    }

    /** An index without a dictionary page could not be read. */
    @Test
    void aPageOfNullsHasNoIndices() {
        ValueBuffer buffer = of(BINARY, ColumnEncoding.DICTIONARY);
        Page page = ValueSamples.close(buffer);
        assertThat(page.encoding()).isEqualTo(Encoding.PLAIN);
        assertThat(page.bytes()).isEmpty();
        assertThat(buffer.dictionaryEntries()).isZero();
        assertThat(page(buffer, 3, TypedValuesTest::name).encoding()).isEqualTo(Encoding.RLE_DICTIONARY);
    }

    @Test
    void aDictionaryThatNobodyAskedForHasToBeSmallerThanPlain() {
        assertThat(encoding(of(BINARY, ColumnEncoding.AUTO), i -> name(i % 300)))
                .isEqualTo(Encoding.RLE_DICTIONARY);
        assertThat(encoding(of(BINARY, ColumnEncoding.AUTO), TypedValuesTest::name))
                .isEqualTo(Encoding.PLAIN);
        assertThat(encoding(of(BINARY, ColumnEncoding.DICTIONARY), TypedValuesTest::name))
                .isEqualTo(Encoding.RLE_DICTIONARY);
        // Each comes twice: the sample lets it pass, and 11 bits a value and 13 bytes an entry are less than 11 bytes.
        assertThat(encoding(of(BINARY, ColumnEncoding.AUTO), i -> name(i / 2))).isEqualTo(Encoding.RLE_DICTIONARY);
        // An index of eight bits is no smaller than a byte.
        assertThat(encoding(
                        of(ValueSamples.fixed(1), ColumnEncoding.AUTO),
                        i -> Binary.fromConstantByteArray(new byte[] {(byte) (i % 200)})))
                .isEqualTo(Encoding.PLAIN);
    }

    /** Payloads are not hashed, all of them, to find out that no two are the same. */
    @Test
    void ofLargeValuesOnlyASampleIsTried() {
        ValueBuffer buffer = of(BINARY, ColumnEncoding.AUTO);
        byte[] payload = new byte[1_000];
        Page page = page(buffer, 900, i -> {
            payload[3] = (byte) i;
            payload[4] = (byte) (i >> 8);
            return Binary.fromConstantByteArray(payload.clone());
        });
        assertThat(page.encoding()).isEqualTo(Encoding.PLAIN);
        BytesDictionary sampled = new BytesDictionary(false);
        assertThat(buffer.memoryBytes()).isLessThan((1 << 20) + 8 * 900 + 131_072 + 2 * sampled.memoryBytes());
    }

    // ---- what did not pay is left alone for a while

    @Test
    void aDictionaryThatDidNotPayIsTriedAgainAfterSomeChunks() {
        ValueBuffer buffer = of(BINARY, ColumnEncoding.AUTO);
        assertThat(encoding(buffer, TypedValuesTest::name)).isEqualTo(Encoding.PLAIN);
        buffer.clearChunk();
        for (int chunk = 0; chunk < Pause.TURNS; chunk++) {
            assertThat(encoding(buffer, i -> name(i % 9))).as("chunk=%d", chunk).isEqualTo(Encoding.PLAIN);
            buffer.clearChunk();
        }
        assertThat(encoding(buffer, i -> name(i % 9))).isEqualTo(Encoding.RLE_DICTIONARY);
    }

    @Test
    void aDictionaryThatPaidAndLaterOutgrewIsTriedInTheNextChunk() {
        ValueBuffer buffer = of(INT32, ColumnEncoding.AUTO);
        for (int chunk = 0; chunk < 3; chunk++) {
            assertThat(encoding(buffer, fewFarApart())).isEqualTo(Encoding.RLE_DICTIONARY);
            IntFunction<Object> any = anyInt();
            assertThat(page(buffer, 70_000, any).encoding()).isEqualTo(Encoding.PLAIN);
            assertThat(buffer.dictionaryEntries()).isLessThanOrEqualTo(100);
            buffer.clearChunk();
        }
    }

    @Test
    void deltasThatDidNotPayAreTriedAgainAfterSomePages() {
        ValueBuffer buffer = of(INT32, ColumnEncoding.AUTO);
        assertThat(encoding(buffer, anyInt())).isEqualTo(Encoding.PLAIN);
        for (int page = 0; page < Pause.TURNS; page++) {
            assertThat(encoding(buffer, i -> i)).as("page=%d", page).isEqualTo(Encoding.PLAIN);
        }
        assertThat(encoding(buffer, i -> i)).isEqualTo(Encoding.DELTA_BINARY_PACKED);
    }

    /** 500 different numbers, each four times, in order: deltas take a bit or two each, indices nine. */
    @Test
    void aDictionaryThatWonIsComparedWithDeltasAgainAfterSomeChunks() {
        IntFunction<Object> slowlyRising = i -> i / 4;
        assertThat(encoding(of(INT32, ColumnEncoding.AUTO), slowlyRising)).isEqualTo(Encoding.DELTA_BINARY_PACKED);
        ValueBuffer buffer = of(INT32, ColumnEncoding.AUTO);
        assertThat(encoding(buffer, fewFarApart())).isEqualTo(Encoding.RLE_DICTIONARY);
        buffer.clearChunk();
        for (int chunk = 0; chunk < Pause.TURNS; chunk++) {
            assertThat(encoding(buffer, slowlyRising)).as("chunk=%d", chunk).isEqualTo(Encoding.RLE_DICTIONARY);
            buffer.clearChunk();
        }
        assertThat(encoding(buffer, slowlyRising)).isEqualTo(Encoding.DELTA_BINARY_PACKED);
    }

    @Test
    void aDictionaryThatWonStillHasToBeSmallerThanPlain() {
        ValueBuffer buffer = of(INT32, ColumnEncoding.AUTO);
        assertThat(encoding(buffer, fewFarApart())).isEqualTo(Encoding.RLE_DICTIONARY);
        buffer.clearChunk();
        assertThat(encoding(buffer, anyInt())).isEqualTo(Encoding.PLAIN);
        assertThat(buffer.dictionaryEntries()).isZero();
    }

    // ---- choice by type

    @Test
    void integersTakeTheSmallestOfThree() {
        for (PrimitiveType type : List.of(INT32, INT64)) {
            boolean isLong = type.equals(INT64);
            Random random = new Random(5);
            assertThat(encoding(of(type, ColumnEncoding.AUTO), i -> isLong ? (Object) (1L << 40 | i * 3L) : i * 3))
                    .isEqualTo(Encoding.DELTA_BINARY_PACKED);
            assertThat(encoding(
                            of(type, ColumnEncoding.AUTO), i -> isLong ? (Object) random.nextLong() : random.nextInt()))
                    .isEqualTo(Encoding.PLAIN);
            assertThat(encoding(
                            of(type, ColumnEncoding.AUTO),
                            i -> isLong
                                    ? (Object) (random.nextInt(20) * 1_000_000_000_007L)
                                    : random.nextInt(20) * 100_000_007))
                    .isEqualTo(Encoding.RLE_DICTIONARY);
        }
    }

    @Test
    void timesAreNotTriedWithADictionary() {
        PrimitiveType timestamp = Types.required(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.NANOS))
                .named("c");
        PrimitiveType time = Types.required(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS))
                .named("c");
        Random random = new Random(6);
        assertThat(encoding(of(timestamp, ColumnEncoding.AUTO), i -> random.nextInt(20) * 1_000_000_000_007L))
                .isEqualTo(Encoding.DELTA_BINARY_PACKED);
        assertThat(encoding(of(time, ColumnEncoding.AUTO), i -> random.nextInt(2) * 2_000_000_000))
                .isIn(Encoding.DELTA_BINARY_PACKED, Encoding.PLAIN);
        PrimitiveType date = Types.required(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.dateType())
                .named("c");
        assertThat(encoding(of(date, ColumnEncoding.AUTO), i -> random.nextInt(2) * 2_000_000_000))
                .isEqualTo(Encoding.RLE_DICTIONARY);
    }

    @Test
    void floatingPointIsPlainUnlessAskedFor() {
        PrimitiveType type = ValueSamples.type(PrimitiveTypeName.DOUBLE);
        assertThat(encoding(of(type, ColumnEncoding.AUTO), i -> 1.5)).isEqualTo(Encoding.PLAIN);
        assertThat(encoding(of(type, ColumnEncoding.DICTIONARY), i -> 1.5)).isEqualTo(Encoding.RLE_DICTIONARY);
    }

    @Test
    void whatIsAskedForIsDoneWhateverItCosts() {
        assertThat(encoding(of(INT32, ColumnEncoding.DELTA_BINARY_PACKED), anyInt()))
                .isEqualTo(Encoding.DELTA_BINARY_PACKED);
        assertThat(encoding(of(INT32, ColumnEncoding.PLAIN), i -> 1)).isEqualTo(Encoding.PLAIN);
        assertThat(encoding(of(INT32, ColumnEncoding.BYTE_STREAM_SPLIT), i -> 1))
                .isEqualTo(Encoding.BYTE_STREAM_SPLIT);
        assertThat(encoding(of(BINARY, ColumnEncoding.DELTA_LENGTH_BYTE_ARRAY), i -> name(1)))
                .isEqualTo(Encoding.DELTA_LENGTH_BYTE_ARRAY);
        assertThat(encoding(of(BINARY, ColumnEncoding.DELTA_BYTE_ARRAY), i -> name(1)))
                .isEqualTo(Encoding.DELTA_BYTE_ARRAY);
    }

    // ---- in place

    @Test
    void inPlaceNothingIsAppendedAndTheFilterIsFed() {
        DirectBytes chunk = new DirectBytes(1);
        ColumnOptions options = ValueSamples.options(ColumnEncoding.PLAIN).withBloom(true);
        BinaryValues values = BinaryValues.inPlace(BINARY, options, chunk, 0);
        List<Object> names = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            List<Object> more = IntStream.range(10 * page, 10 * page + 10)
                    .mapToObj(TypedValuesTest::name)
                    .toList();
            ValueSamples.addAll(values, more.subList(0, 6));
            ValueSamples.add(values, more.subList(6, 10));
            names.addAll(more);
            int size = chunk.size();
            assertThat(values.start() + values.pageBytes()).isEqualTo(size);
            assertThat(values.encode(chunk)).isEqualTo(Encoding.PLAIN);
            assertThat(chunk.size()).isEqualTo(size);
            assertThat(new String(
                            ValueSamples.statistics(ValueSamples.type(PrimitiveTypeName.BINARY), values, 0)
                                    .getMinBytes(),
                            StandardCharsets.UTF_8))
                    .isEqualTo("name-" + 10 * page);
            values.clearPage();
        }
        assertThat(names).allMatch(v -> values.bloomFilter()
                .findHash(values.bloomFilter().hash((Binary) v)));
        assertThat(values.dictionaryEntries()).isZero();
        assertThatIllegalStateException().isThrownBy(() -> values.encodeDictionary(chunk));
    }
}
