package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** BYTE_ARRAY values and the bounds of a page of them. */
class BinaryValuesTest {
    private static final PrimitiveType TYPE =
            Types.required(PrimitiveTypeName.BINARY).named("payload");

    private static final ColumnOptions PLAIN = ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.PLAIN);

    private final BinaryValues values = new BinaryValues(TYPE, PLAIN, 16);

    private void add(byte[]... all) {
        for (byte[] value : all) {
            // with something in front and behind, so that a wrong index shows
            ByteBuffer from = ByteBuffer.allocateDirect(value.length + 7);
            from.put(3, value);
            values.add(from, 3, value.length);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void assertBounds(byte[] min, byte[] max) {
        Statistics<?> statistics = ValueSamples.statistics(TYPE, values, 0);
        assertThat(statistics.getMinBytes()).isEqualTo(min);
        assertThat(statistics.getMaxBytes()).isEqualTo(max);
    }

    @Test
    void plainIsLengthAndBytes() {
        add(ascii("ab"), new byte[0], ascii("c"));
        DirectBytes out = new DirectBytes(1);
        values.encode(out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("02000000 6162 00000000 01000000 63"));
        assertThat(values.pageBytes()).isEqualTo(15);
        assertThat(values.byteArrayBytes()).isEqualTo(3);
    }

    @Test
    void aValueThatComesAgainIsWrittenAgain() {
        for (ColumnEncoding encoding : new ColumnEncoding[] {
            ColumnEncoding.PLAIN, ColumnEncoding.DELTA_LENGTH_BYTE_ARRAY, ColumnEncoding.DELTA_BYTE_ARRAY
        }) {
            ColumnOptions options = ColumnOptions.DEFAULT.withEncoding(encoding);
            DirectBytes[] written = {new DirectBytes(1), new DirectBytes(1)};
            for (int big = 0; big < 2; big++) {
                BinaryValues some = new BinaryValues(TYPE, options, 16);
                for (String text :
                        new String[] {"name", "name", "", "", "other-name", "other-name", "name", "eman-rehto"}) {
                    // big endian buffers are never compared with the page's: eight bytes read the other way round
                    ByteBuffer from = ByteBuffer.allocateDirect(text.length() + 3)
                            .order(big == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                    from.put(3, ascii(text));
                    some.add(from, 3, text.length());
                }
                assertThat(some.count()).isEqualTo(8);
                assertThat(some.byteArrayBytes()).isEqualTo(4 + 4 + 10 + 10 + 4 + 10);
                some.encode(written[big]);
            }
            assertThat(Bytes.of(written[0])).as("%s", encoding).isEqualTo(Bytes.of(written[1]));
        }
    }

    @Test
    void eightBytesTheOtherWayRoundAreAnotherValue() {
        ByteBuffer little =
                ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN).put(0, ascii("abcdefgh"));
        values.add(little, 0, 8);
        ByteBuffer big =
                ByteBuffer.allocateDirect(8).order(ByteOrder.BIG_ENDIAN).put(0, ascii("hgfedcba"));
        values.add(big, 0, 8);
        DirectBytes out = new DirectBytes(1);
        values.encode(out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("08000000 6162636465666768 08000000 6867666564636261"));
    }

    @Test
    void bytesAreComparedUnsigned() {
        add(Bytes.hex("7f"), Bytes.hex("80"), Bytes.hex("00"), Bytes.hex("ff"));
        assertBounds(Bytes.hex("00"), Bytes.hex("ff"));
    }

    @Test
    void theFirstDifferenceDecidesWhereverItLies() {
        for (int at = 0; at < 72; at++) {
            values.clearPage();
            byte[] small = Bytes.repeat('m', 72);
            byte[] large = small.clone();
            small[at] = 0x7f;
            large[at] = (byte) 0x80;
            // what comes later must not matter
            Arrays.fill(small, at + 1, 72, (byte) 0xff);
            Arrays.fill(large, at + 1, 72, (byte) 0);
            add(large, small, large);
            assertBounds(small, large);
        }
    }

    @Test
    void theEmptyValueIsTheLeast() {
        add(Bytes.hex("00"), new byte[0], Bytes.hex("0000"));
        assertBounds(new byte[0], Bytes.hex("0000"));
    }

    @Test
    void aPrefixIsLessThanWhatItBegins() {
        add(ascii("abcdefghij"), ascii("abcdefghi"), ascii("abcdefghijk"));
        assertBounds(ascii("abcdefghi"), ascii("abcdefghijk"));
    }

    /** More than 72 bytes in common: any of the values may stand for the bound, since it is cut before they differ. */
    @Test
    void valuesThatDifferBehindTheCutHaveTheirCommonPrefixAsBounds() {
        byte[] small = ascii("x".repeat(100) + "a");
        byte[] large = ascii("x".repeat(100) + "b");
        add(large, small);
        assertBounds(ascii("x".repeat(72)), ascii("x".repeat(72)));
    }

    @Test
    void aMaximumOfOnlyFfThatIsNotCutIsABound() {
        add(Bytes.repeat(0xff, 72), Bytes.hex("01"));
        assertBounds(Bytes.hex("01"), Bytes.repeat(0xff, 72));
    }

    @Test
    void aMaximumOfOnlyFfThatIsCutIsNone() {
        add(Bytes.repeat(0xff, 73), Bytes.hex("01"));
        Statistics<?> statistics = ValueSamples.statistics(TYPE, values, 4);
        assertThat(statistics.hasNonNullValue()).isFalse();
        assertThat(statistics.getNumNulls()).isEqualTo(4);
    }

    /** 0x7f is the largest character of one byte; raised, it would be no UTF-8, and parquet-java leaves it as it is. */
    @Test
    void aMaximumThatCannotBeRaisedAsUtf8IsNone() {
        add(Bytes.repeat(0x7f, 73));
        assertThat(ValueSamples.statistics(TYPE, values, 0).hasNonNullValue()).isFalse();
    }

    @Test
    void aPageWithoutValuesHasNoBounds() {
        Statistics<?> statistics = ValueSamples.statistics(TYPE, values, 9);
        assertThat(statistics.hasNonNullValue()).isFalse();
        assertThat(statistics.getNumNulls()).isEqualTo(9);
    }

    @Test
    void theNextPageForgetsTheBounds() {
        add(Bytes.hex("00"), Bytes.hex("ff"));
        values.clearPage();
        add(Bytes.hex("55"));
        assertBounds(Bytes.hex("55"), Bytes.hex("55"));
    }

    @Test
    void inPlaceTheValuesLieBehindRoomForTheHeader() {
        DirectBytes chunk = new DirectBytes(1);
        BinaryValues inPlace = BinaryValues.inPlace(TYPE, PLAIN, chunk, ChunkPages.HEADER_ROOM);
        ByteBuffer from = ByteBuffer.wrap(ascii("-ab-"));
        inPlace.add(from, 1, 2);
        assertThat(inPlace.start()).isEqualTo(ChunkPages.HEADER_ROOM);
        assertThat(chunk.size()).isEqualTo(ChunkPages.HEADER_ROOM + 6);
        inPlace.clearPage();
        inPlace.add(from, 2, 1);
        assertThat(inPlace.start()).isEqualTo(2 * ChunkPages.HEADER_ROOM + 6);
        assertThat(chunk.memory().getInt(inPlace.start())).isEqualTo(1);
        assertThat(inPlace.pageBytes()).isEqualTo(5);
        assertThat(inPlace.byteArrayBytes()).isEqualTo(1);
    }
}
