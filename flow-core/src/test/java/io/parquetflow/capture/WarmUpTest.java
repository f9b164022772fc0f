package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A warm-up that fails is no reason not to start. */
class WarmUpTest {
    @Test
    void nothingThatGoesWrongGetsOut() {
        assertThatNoException().isThrownBy(() -> {
            WarmUp.quietly(() -> {
                throw new IOException("told where it matters");
            });
            WarmUp.quietly(() -> {
                throw new IllegalStateException("told where it matters");
            });
            WarmUp.quietly(() -> {
                throw new OutOfMemoryError("Direct buffer memory");
            });
        });
    }
}
