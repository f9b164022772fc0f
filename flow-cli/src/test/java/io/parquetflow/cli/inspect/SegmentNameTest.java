package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentNameTest {
    @Test
    void namesAreReadFromTheRight() {
        assertThat(SegmentName.parse("feed-a-20261120T101500123Z-abcdefghijk27-000042.parquet"))
                .contains(new SegmentName("feed-a", null, "20261120T101500123Z", "abcdefghijk27", 42, false));
        assertThat(SegmentName.parse("feed.trades.x-20261120T101500123Z-abcdefghijk27-000001-recovered.parquet"))
                .contains(new SegmentName("feed", "trades.x", "20261120T101500123Z", "abcdefghijk27", 1, true));
    }

    @Test
    void otherNamesAreNotSegments() {
        assertThat(SegmentName.parse("part-0.parquet")).isEmpty();
        assertThat(SegmentName.parse("feed-20261120T101500Z-abcdefghijk27-000042.parquet"))
                .isEmpty();
        assertThat(SegmentName.parse("feed-20261120T101500123Z-ABCDEFGHIJK27-000042.parquet"))
                .isEmpty();
        assertThat(SegmentName.parse("-20261120T101500123Z-abcdefghijk27-000042.parquet"))
                .isEmpty();
    }
}
