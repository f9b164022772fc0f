package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.column.ValueSamples.Page;
import io.parquetflow.column.ValueSamples.Pattern;
import io.parquetflow.spi.ColumnEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type in every encoding that it can have: what the buffers write, parquet-java's own readers read. */
class ValuesPropertyTest {
    private static final int SEEDS = 12;
    private static final List<Pattern> PATTERNS = List.of(Pattern.values());

    static Stream<Arguments> typesAndEncodings() {
        List<Arguments> pairs = new ArrayList<>();
        for (PrimitiveTypeName name : PrimitiveTypeName.values()) {
            for (ColumnEncoding encoding : EncodingRules.allowed(name)) {
                pairs.add(Arguments.of(ValueSamples.type(name), encoding));
                if (name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
                    pairs.add(Arguments.of(ValueSamples.fixed(1), encoding));
                    pairs.add(Arguments.of(ValueSamples.fixed(16), encoding));
                    pairs.add(Arguments.of(ValueSamples.fixed(100), encoding));
                }
            }
        }
        return pairs.stream();
    }

    private static void assertThatPagesComeBack(
            PrimitiveType type, ValueBuffer buffer, List<Page> pages, List<List<Object>> expected, String what)
            throws Exception {
        Dictionary dictionary = ValueSamples.dictionary(type, buffer);
        for (int i = 0; i < pages.size(); i++) {
            assertThat(ValueSamples.exactly(ValueSamples.read(type, pages.get(i), dictionary)))
                    .as("%s, page=%d, encoding=%s", what, i, pages.get(i).encoding())
                    .isEqualTo(ValueSamples.exactly(expected.get(i)));
        }
    }

    /** A chunk of some pages of any pattern, then another from the same buffer. */
    @ParameterizedTest
    @MethodSource("typesAndEncodings")
    void chunksOfAnyPagesComeBack(PrimitiveType type, ColumnEncoding encoding) throws Exception {
        ValueBuffer buffer = ValueBuffer.of(type, ValueSamples.options(encoding), ValueSamples.LIMITS);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<List<Object>> expected = new ArrayList<>();
            List<Page> pages = new ArrayList<>();
            List<Pattern> patterns = new ArrayList<>();
            for (int page = random.nextInt(4); page >= 0; page--) {
                Pattern pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
                List<Object> values = ValueSamples.values(type, pattern, random);
                ValueSamples.add(buffer, values);
                patterns.add(pattern);
                expected.add(values);
                pages.add(ValueSamples.close(buffer));
            }
            assertThatPagesComeBack(type, buffer, pages, expected, "seed=" + seed + ", patterns=" + patterns);
            buffer.clearChunk();
        }
    }

    @ParameterizedTest
    @MethodSource("typesAndEncodings")
    void everyPatternComesBack(PrimitiveType type, ColumnEncoding encoding) throws Exception {
        for (Pattern pattern : Pattern.values()) {
            for (int seed = 0; seed < 3; seed++) {
                ValueBuffer buffer = ValueBuffer.of(type, ValueSamples.options(encoding), ValueSamples.LIMITS);
                List<Object> values = ValueSamples.values(type, pattern, new Random(seed));
                ValueSamples.add(buffer, values);
                Page page = ValueSamples.close(buffer);
                assertThatPagesComeBack(
                        type, buffer, List.of(page), List.of(values), "seed=" + seed + ", pattern=" + pattern);
            }
        }
    }

    /** Values added in pieces, now one by one, now in bulk, make the bytes that values added one by one make. */
    @ParameterizedTest
    @MethodSource("typesAndEncodings")
    void addedInPiecesTheyAreTheSame(PrimitiveType type, ColumnEncoding encoding) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Object> values = ValueSamples.values(type, Pattern.RUNS, random);
            ValueBuffer single = ValueBuffer.of(type, ValueSamples.options(encoding), ValueSamples.LIMITS);
            ValueSamples.add(single, values);
            ValueBuffer pieces = ValueBuffer.of(type, ValueSamples.options(encoding), ValueSamples.LIMITS);
            for (int from = 0; from < values.size(); ) {
                int to = Math.min(values.size(), from + random.nextInt(700));
                if (random.nextBoolean()) {
                    ValueSamples.addAll(pieces, values.subList(from, to));
                } else {
                    ValueSamples.add(pieces, values.subList(from, to));
                }
                from = to;
            }
            assertThat(pieces.count()).isEqualTo(single.count()).isEqualTo(values.size());
            assertThat(pieces.pageBytes()).isEqualTo(single.pageBytes());
            assertThat(pieces.byteArrayBytes()).isEqualTo(single.byteArrayBytes());
            assertThat(ValueSamples.statistics(type, pieces, 3)).isEqualTo(ValueSamples.statistics(type, single, 3));
            Page expected = ValueSamples.close(single);
            Page page = ValueSamples.close(pieces);
            assertThat(page.encoding()).isEqualTo(expected.encoding());
            assertThat(page.hex()).as("seed=%d", seed).isEqualTo(expected.hex());
        }
    }

    /** What a page tells of its size is what it takes in PLAIN. */
    @ParameterizedTest
    @MethodSource("typesAndEncodings")
    void aPagesBytesAreThoseOfPlain(PrimitiveType type, ColumnEncoding encoding) {
        for (Pattern pattern : Pattern.values()) {
            List<Object> values = ValueSamples.values(type, pattern, new Random(4));
            ValueBuffer buffer = ValueBuffer.of(type, ValueSamples.options(encoding), ValueSamples.LIMITS);
            ValueSamples.add(buffer, values);
            int told = buffer.pageBytes();
            boolean hasLengths = type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
            assertThat(buffer.byteArrayBytes()).isEqualTo(hasLengths ? told - (long) values.size() * Integer.BYTES : 0);
            ValueBuffer plain = ValueBuffer.of(type, ValueSamples.options(ColumnEncoding.PLAIN), ValueSamples.LIMITS);
            ValueSamples.add(plain, values);
            Page page = ValueSamples.close(plain);
            assertThat(page.encoding()).isEqualTo(Encoding.PLAIN);
            assertThat(page.bytes()).as("%s", pattern).hasSize(told);
        }
    }
}
