package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are given one way and taken apart from the right. */
class SegmentNameTest {
    private static final Instant OPENED = Instant.parse("2026-11-20T10:15:00.007Z");
    private static final String WRITER = "abcdefghij234";

    private static SegmentName parse(String fileName) {
        return SegmentName.parse(fileName).orElseThrow();
    }

    @Test
    void aNameSaysSinkTimeWriterAndNumber() {
        SegmentName name = new SegmentName("feed", "", OPENED, WRITER, 1, false);
        assertThat(name.fileName()).isEqualTo("feed-20261120T101500007Z-abcdefghij234-000001.parquet");
        assertThat(parse(name.fileName())).isEqualTo(name);
    }

    @Test
    void aStreamOfItsOwnStandsBehindADot() {
        SegmentName name = new SegmentName("feed", "itch.a-b", OPENED, WRITER, 999_999, true);
        assertThat(name.fileName())
                .isEqualTo("feed.itch.a-b-20261120T101500007Z-abcdefghij234-999999-recovered.parquet");
        assertThat(parse(name.fileName())).isEqualTo(name);
    }

    @Test
    void aSinkNeverOwnsASegmentOfASinkWhoseNameItBegins() {
        String other = new SegmentName("feed-a", "", OPENED, WRITER, 3, false).fileName();
        assertThat(other).startsWith("feed-");
        assertThat(parse(other).sink()).isEqualTo("feed-a");
        assertThat(parse(new SegmentName("feed", "a", OPENED, WRITER, 3, false).fileName())
                        .sink())
                .isEqualTo("feed");
    }

    /** A sink may be called like the rest of a segment's name. */
    @Test
    void aHostileSinkNameIsTakenApartFromTheRight() {
        String sink = "feed-20261120T101500007Z-abcdefghij234-000001";
        SegmentName name = new SegmentName(sink, "", OPENED, "zzzzzzzzzzzzz", 2, false);
        assertThat(parse(name.fileName())).isEqualTo(name);
    }

    @Test
    void numbersGrowBeyondSixDigits() {
        SegmentName name = new SegmentName("feed", "", OPENED, WRITER, 1_000_000, false);
        assertThat(name.fileName()).contains("-1000000.parquet");
        assertThat(parse(name.fileName()).number()).isEqualTo(1_000_000);
    }

    @Test
    void everyNameComesBack() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            String sink = word(random, "abzAZ09_-", 20);
            String stream = random.nextBoolean() ? "" : word(random, "abz.-_", 20);
            Instant opened = Instant.ofEpochMilli(random.nextLong(0, 253_402_300_800_000L));
            SegmentName name = new SegmentName(
                    sink, stream, opened, WriterId.random(), 1 + random.nextInt(999_999_999), random.nextBoolean());
            assertThat(SegmentName.parse(name.fileName())).as("seed=" + seed).isEqualTo(Optional.of(name));
        }
    }

    private static String word(Random random, String letters, int most) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".parquet",
                "part-00000.parquet",
                "-20261120T101500007Z-abcdefghij234-000001.parquet",
                "feed-20261120T101500007Z-abcdefghij234-000001.parquet.inprogress",
                "feed-20261120T101500007Z-abcdefghij234-000001.parquet.crc",
                "feed-20261120T101500007Z-abcdefghij234-000001-copied.parquet",
                "feed-20261120T101500007Z-abcdefghij234-000001 (1).parquet",
                "feed-20261120T101500007Z-ABCDEFGHIJ234-000001.parquet",
                "feed-20261120T101500007Z-abcdefghij189-000001.parquet",
                "feed-20261120T101500007Z-abcdefghij23-000001.parquet",
                "feed-20261120T101500007Z-abcdefghij234-1.parquet",
                "feed-20261120T101500007Z-abcdefghij234-1234567890.parquet",
                "feed-20261120T101500Z-abcdefghij234-000001.parquet",
                "feed-20261320T101500007Z-abcdefghij234-000001.parquet",
                "feed-20261120T251500007Z-abcdefghij234-000001.parquet",
                "feed\n-20261120T101500007Z-abcdefghij234-000001.parquet"
            })
    void whatNoSinkCallsItsSegmentIsForeign(String fileName) {
        assertThat(SegmentName.parse(fileName)).isEmpty();
    }

    /** Each looks like ours and is what no sink writes: 30 February, leading zeros, nothing before or behind a dot. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "feed-20260230T101500007Z-abcdefghij234-000001.parquet",
                "feed-20261120T101500007Z-abcdefghij234-0000001.parquet",
                ".stream-20261120T101500007Z-abcdefghij234-000001.parquet",
                "feed.-20261120T101500007Z-abcdefghij234-000001.parquet"
            })
    void aNameThatWouldBeGivenDifferentlyIsForeign(String fileName) {
        assertThat(SegmentName.parse(fileName)).isEmpty();
    }
}
