package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.internal.column.columnindex.BinaryTruncator;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

/** Against parquet-java's truncator, which cuts copies. */
class BoundCutTest {
    private static final PrimitiveType TYPE =
            Types.required(PrimitiveTypeName.BINARY).named("c");
    private static final BinaryTruncator TRUNCATOR = BinaryTruncator.getTruncator(TYPE);
    private static final int ROUNDS = 20_000;
    /** Characters of each length, among them the largest of its length, and those next to the surrogates. */
    private static final int[] CHARACTERS = {
        'a', 0x7e, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x3ffff, 0x10ffff
    };

    private static byte[] text(Random random) {
        StringBuilder text = new StringBuilder();
        boolean isOfLargest = random.nextInt(4) == 0;
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(isOfLargest ? 0x10ffff : CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextBoolean()) {
            Arrays.fill(bytes, random.nextInt(Math.min(bytes.length, 10)), bytes.length, (byte) 0xff);
        }
        return bytes;
    }

    private static void assertCutAsParquetJavaDoes(byte[] value, int atMost) {
        ByteBuffer memory = ByteBuffer.allocate(value.length + 2).put(1, value);
        int min = BoundCut.min(memory, 1, value.length, atMost);
        Binary whole = Binary.fromConstantByteArray(value);
        assertThat(Arrays.copyOfRange(memory.array(), 1, 1 + min))
                .isEqualTo(TRUNCATOR.truncateMin(whole, atMost).getBytes());
        int max = BoundCut.max(memory, 1, value.length, atMost);
        assertThat(Arrays.copyOfRange(memory.array(), 1, 1 + max))
                .isEqualTo(TRUNCATOR.truncateMax(whole, atMost).getBytes());
        assertThat(memory.get(0)).isZero();
        assertThat(memory.get(value.length + 1)).isZero();
    }

    @Test
    void textStaysTextAndIsRaisedByACharacter() {
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            assertCutAsParquetJavaDoes(text(random), 4 + random.nextInt(70));
        }
    }

    @Test
    void otherBytesAreRaisedAsANumber() {
        Random random = new Random(2);
        for (int i = 0; i < ROUNDS; i++) {
            assertCutAsParquetJavaDoes(bytes(random), 1 + random.nextInt(70));
        }
    }

    @Test
    void whatCannotBeRaisedStaysWhole() {
        assertCutAsParquetJavaDoes(Bytes.repeat(0xff, 80), 64);
        assertCutAsParquetJavaDoes(Bytes.repeat(0x7f, 80), 64);
    }
}
