package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.DropCounters;
import org.junit.jupiter.api.Test;

/** Streams by number. */
class StreamTableTest {
    private final DropCounters drops = new CaptureRing(64 << 10, 64, 100).newCounters(0, "s");
    private final StreamTable table = new StreamTable();

    @Test
    void numbersAreGivenInOrder() {
        assertThat(table.add("feed", (stream, name) -> drops)).isZero();
        assertThat(table.add("ü", (stream, name) -> drops)).isEqualTo(1);
        assertThat(table.count()).isEqualTo(2);
        assertThat(table.stream(1).name()).isEqualTo("ü");
        assertThat(table.stream(1).nameBytes()).containsExactly(0xc3, 0xbc);
        assertThat(table.stream(0).drops()).isSameAs(drops);
    }

    @Test
    void thereAreAsManyAsTwoBytesCanName() {
        for (int i = 0; i < 65_536; i++) {
            assertThat(table.add("s" + i, (stream, name) -> drops)).isEqualTo(i);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> table.add("one more", (stream, name) -> drops))
                .withMessage("too many streams: a sink has at most 65536");
        assertThat(table.count()).isEqualTo(65_536);
        assertThat(table.stream(65_535).name()).isEqualTo("s65535");
    }
}
