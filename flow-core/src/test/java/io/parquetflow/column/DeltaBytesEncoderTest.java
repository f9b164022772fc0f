package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY, bytes derived by hand from the specification's examples. Lengths are
 * DELTA_BINARY_PACKED: {@code 80 01} (block of 128), {@code 04} (miniblocks), count, first length in zigzag, least delta
 * in zigzag, four widths, miniblocks of 32.
 */
class DeltaBytesEncoderTest {
    private final DeltaBytesEncoder encoder = new DeltaBytesEncoder();
    private final BytesPage page = BytesPage.ofAnyLength(1);
    private final DirectBytes out = new DirectBytes(1);

    private void add(String... values) {
        for (String value : values) {
            byte[] bytes = ascii(value);
            page.add(bytes, 0, bytes.length);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(ascii(text));
    }

    /** Lengths 5 5 6 6: first 5 (0a), deltas 0 1 0, least 0, relative 0 1 0 in one bit: 02. */
    @Test
    void theSpecificationsExampleOfLengths() {
        add("Hello", "World", "Foobar", "ABCDEF");
        encoder.encodeLengths(page, out);
        assertThat(Bytes.of(out))
                .isEqualTo(Bytes.hex("8001 04 04 0a" + "00" + "01000000" + "02000000" + hex("HelloWorldFoobarABCDEF")));
    }

    /**
     * axis, axle, babble, babyhood have 0 2 0 3 bytes in common: deltas 2 -2 3, least -2 (03), relative 4 0 5 in three
     * bits: 4 | 0 << 3 | 5 << 6 is 0x144. The rests axis, le, babble, yhood are 4 2 6 5 long: first 4 (08), deltas -2 4
     * -1, least -2, relative 0 6 1 in three bits: 6 << 3 | 1 << 6 is 0x70.
     */
    @Test
    void theSpecificationsExampleOfPrefixes() {
        add("axis", "axle", "babble", "babyhood");
        encoder.encodePrefixes(page, out);
        assertThat(Bytes.of(out))
                .isEqualTo(Bytes.hex("8001 04 04 00" + "03" + "03000000" + "4401" + "00".repeat(10)
                        + ("8001 04 04 08" + "03" + "03000000" + "70" + "00".repeat(11))
                        + hex("axislebabbleyhood")));
    }

    @Test
    void aValueThatComesAgainHasNoRest() {
        add("abcdefghij", "abcdefghij");
        encoder.encodePrefixes(page, out);
        // prefixes 0 10: delta 10 (14); rests 10 0: delta -10 (13)
        assertThat(Bytes.of(out))
                .isEqualTo(Bytes.hex(
                        "8001 04 02 00" + "14 00000000" + "8001 04 02 14" + "13 00000000" + hex("abcdefghij")));
    }

    @Test
    void nothingIsHeaders() {
        encoder.encodeLengths(page, out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("8001 04 00 00"));
        out.clear();
        encoder.encodePrefixes(page, out);
        assertThat(Bytes.of(out)).isEqualTo(Bytes.hex("8001 04 00 00" + "8001 04 00 00"));
    }
}
