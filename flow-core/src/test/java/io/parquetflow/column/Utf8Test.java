package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the JDK's coders. */
class Utf8Test {
    private static int firstInvalid(byte[] bytes) {
        return Utf8.firstInvalid(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    private static boolean jdkAccepts(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] encode(CharSequence text) {
        byte[] bytes = new byte[3 + (int) Utf8.encodedLength(text)];
        assertThat(Utf8.encode(text, bytes, 3)).isEqualTo(bytes.length);
        return Arrays.copyOfRange(bytes, 3, bytes.length);
    }

    @Test
    void everyCodePointIsEncodedAsTheJdkDoesItAndIsValid() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                String text = Character.toString(point);
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                if (!Arrays.equals(encode(text), bytes) || firstInvalid(bytes) >= 0) {
                    throw new AssertionError("code point " + Integer.toHexString(point));
                }
            }
        }
    }

    /** Every first byte with every byte that a rule turns on behind it. */
    @Test
    void sequencesAreJudgedAsTheJdkDoes() {
        byte[] edges = Bytes.hex("00 7f 80 81 8f 90 9f a0 bf c0 c2 e0 ff");
        for (int lead = 0; lead < 256; lead++) {
            judge((byte) lead);
            for (byte second : edges) {
                judge((byte) lead, second);
                for (byte third : edges) {
                    judge((byte) lead, second, third);
                    for (byte fourth : edges) {
                        judge((byte) lead, second, third, fourth);
                    }
                }
            }
        }
    }

    private static void judge(byte... bytes) {
        if ((firstInvalid(bytes) < 0) != jdkAccepts(bytes)) {
            throw new AssertionError(Arrays.toString(bytes));
        }
    }

    @Test
    void theFirstByteThatIsWrongIsNamedWhereverItIs() {
        for (int at = 0; at < 40; at++) {
            byte[] bytes = new byte[41];
            Arrays.fill(bytes, (byte) 'a');
            bytes[at] = (byte) 0xff;
            ByteBuffer direct = ByteBuffer.allocateDirect(50).put(5, bytes);
            assertThat(Utf8.firstInvalid(direct, 5, 41)).isEqualTo(at);
            assertThat(Utf8.firstInvalid(direct, 5, at)).isEqualTo(-1);
            assertThat(Utf8.isAscii(direct, 5, 41)).isFalse();
            assertThat(Utf8.isAscii(direct, 5, at)).isTrue();
        }
        assertThat(firstInvalid("aé€😀".getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
        assertThat(firstInvalid(Bytes.hex("61 c3a9 e282"))).isEqualTo(3);
    }

    @Test
    void halfAPairIsFoundAndEncodedAsReplacement() {
        assertThat(Utf8.firstUnpaired("a\ud83d\ude00b")).isEqualTo(-1);
        assertThat(Utf8.firstUnpaired("a\ud83d")).isEqualTo(1);
        assertThat(Utf8.firstUnpaired("\ude00\ud83d")).isZero();
        assertThat(Utf8.firstUnpaired("\ud83d\ude00\ude00")).isEqualTo(2);
        assertThat(new String(encode("a\ud83db\ude00"), StandardCharsets.UTF_8)).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void anyTextIsEncodedAsTheJdkDoesIt() {
        char[] alphabet = {'a', '\u007f', '\u0080', '\u07ff', '\u0800', '\ud83d', '\ude00', '\uffff', 0};
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(alphabet[random.nextInt(alphabet.length)]);
            }
            byte[] ours = encode(text);
            String expected = text.toString();
            int unpaired = Utf8.firstUnpaired(text);
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text))
                    .as("seed=%d", seed)
                    .isEqualTo(unpaired < 0);
            if (unpaired < 0) {
                assertThat(ours).as("seed=%d", seed).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
            } else {
                assertThat(firstInvalid(ours)).as("seed=%d", seed).isEqualTo(-1);
                assertThat(new String(ours, StandardCharsets.UTF_8)).hasSameSizeAs(expected);
            }
        }
    }

    @Test
    void repairedBytesAreValid() {
        byte[] bytes = Bytes.hex("00 61 ff 62 c3 00");
        byte[] repaired = Utf8.repaired(ByteBuffer.wrap(bytes), 1, 4);
        assertThat(new String(repaired, StandardCharsets.UTF_8)).isEqualTo("a\ufffdb\ufffd");
        assertThat(firstInvalid(repaired)).isEqualTo(-1);
    }
}
