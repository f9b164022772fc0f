package io.parquetflow.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parquetflow.Recorder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Causes, and the numbers that stand for them. */
class DropCauseTest {
    @ParameterizedTest
    @EnumSource(DropCause.class)
    void aCausesCodeIsTheAnswerOfOffer(DropCause cause) throws Exception {
        assertThat(Recorder.class.getField(cause.name()).getLong(null)).isEqualTo(cause.code());
        assertThat(DropCause.ofCode(cause.code())).isSameAs(cause);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -8, Long.MIN_VALUE, Long.MAX_VALUE})
    void noOtherNumberIsACause(long code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DropCause.ofCode(code))
                .withMessage("no drop cause has this code: code=" + code);
    }

    /** Slots are where counters lie, keys are in every footer that was ever written. */
    @Test
    void slotsAndKeysNeverChange() {
        assertThat(Arrays.stream(DropCause.values()).map(c -> c.slot() + " " + c.key()))
                .containsExactly(
                        "0 ringFull",
                        "1 reserved",
                        "2 oversize",
                        "3 closed",
                        "4 writerFailed",
                        "5 reentrant",
                        "6 timedOut");
    }
}
