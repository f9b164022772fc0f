package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Numbers in the data that would make a decoder take memory or time that the data is not worth. */
class EncodingBoundsTest {
    @Test
    void honestRunsPass() {
        assertThatCode(() -> EncodingBounds.hybridRuns(bytes(200, 1, 7, 0x03, 0x55), 1, 108))
                .doesNotThrowAnyException();
    }

    @Test
    void aPackedRunOfABillionValuesIsRefused() {
        assertThatThrownBy(() -> EncodingBounds.hybridRuns(bytes(0xff, 0xff, 0xff, 0xff, 0x0f, 0x55), 1, 100))
                .isInstanceOf(IOException.class)
                .hasMessage("run length cannot be true: run=17179869176, values left=100");
    }

    @Test
    void anEmptyRunIsRefused() {
        assertThatThrownBy(() -> EncodingBounds.hybridRuns(bytes(0, 0), 1, 100)).hasMessageContaining("run=0");
    }

    @Test
    void aWidthBeyondAnIntIsRefused() {
        assertThatThrownBy(() -> EncodingBounds.hybridRuns(bytes(2, 1), 33, 100))
                .hasMessageContaining("bit width");
    }

    @Test
    void aDeltaStreamIsWalkedToItsEnd() throws IOException {
        ByteBuffer stream = bytes(128, 1, 4, 3, 0, 2, 0, 0, 0, 0, 99);
        EncodingBounds.deltaBlocks(stream, 3);
        assertThat(stream.remaining()).isEqualTo(1);
    }

    @Test
    void deltaHeadersThatLieAreRefused() {
        assertThatThrownBy(() -> EncodingBounds.deltaBlocks(bytes(128, 1, 4, 0xff, 0xff, 0xff, 0xff, 7, 0), 100))
                .hasMessage("delta value count cannot be true: 2147483647, page has 100");
        assertThatThrownBy(() -> EncodingBounds.deltaBlocks(bytes(0, 4, 3, 0), 100))
                .as("a block without values would never end")
                .hasMessage("delta block cannot be true: values=0, miniblocks=4");
        assertThatThrownBy(() -> EncodingBounds.deltaBlocks(bytes(128, 1, 4, 3, 0, 2, 65, 0, 0, 0), 100))
                .hasMessage("delta bit width cannot be true: 65");
        assertThatThrownBy(() -> EncodingBounds.deltaBlocks(bytes(128, 1, 4, 3, 0, 2, 8, 0, 0, 0), 100))
                .hasMessage("encoded data ends early: needed=32, left=0");
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
