package io.parquetflow.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and durations as people write them. */
class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "65536,65536",
        "17 bytes,17",
        "1b,1",
        "64KB,65536",
        "64kb,65536",
        "64K,65536",
        "64 KiB,65536",
        "16MB,16777216",
        "16m,16777216",
        "1GB,1073741824",
        "1 gib,1073741824",
        "2TB,2199023255552",
        "'  8 MB ',8388608",
        "8388607TB,9223370937343148032",
        "9223372036854775807,9223372036854775807"
    })
    void sizesArePowersOf1024(String text, long bytes) {
        assertThat(Units.parseBytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "MB",
                "-1",
                "1.5GB",
                "1_000",
                "1 000",
                "0x10",
                "64KB please",
                "99999999999999999999",
                "١"
            })
    void whatIsNoSizeIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.parseBytes(text))
                .withMessage("not a size (write 65536, 64KB, 16MB or 1GB)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 foo", "64 kbit", "1PB", "5s"})
    void anUnknownUnitOfSizeIsNamedSo(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.parseBytes(text))
                .withMessage("unknown unit (use KB, MB, GB or TB)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8388608TB", "999999999999999999KB", "9223372036854775808"})
    void aSizeBeyondALongIsTooLarge(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.parseBytes(text))
                .withMessage("too large");
    }

    @ParameterizedTest
    @CsvSource({
        "0,PT0S",
        "5ns,PT0.000000005S",
        "7 nanoseconds,PT0.000000007S",
        "100us,PT0.0001S",
        "100µs,PT0.0001S",
        "100ms,PT0.1S",
        "1 millis,PT0.001S",
        "5s,PT5S",
        "5 seconds,PT5S",
        "10m,PT10M",
        "10 minutes,PT10M",
        "10 MIN,PT10M",
        "PT10M,PT10M",
        "pt10m,PT10M",
        "P1DT1H,PT25H",
        "1h,PT1H",
        "2 hours,PT2H",
        "7 days,PT168H",
        "' 1d ',PT24H"
    })
    void durationsHaveUnits(String text, Duration duration) {
        assertThat(Units.parseDuration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "'',not a duration",
        "soon,not a duration",
        "P,not a duration",
        "PT,not a duration",
        "-5s,not a duration",
        "1.5h,not a duration",
        "10 m 3 s,not a duration",
        "PT-5S,negative",
        "-PT5S,not a duration",
        "10,a duration needs a unit",
        "10 parsecs,unknown unit",
        "10KB,unknown unit",
        "999999999999999999d,too large",
        "999999999999999999us,too large",
        "9999999999999999999s,too large"
    })
    void whatIsNoDurationIsRefused(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.parseDuration(text))
                .withMessageStartingWith(why);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,1",
        "1023,1023",
        "1024,1KB",
        "1500,1500",
        "1536,1536",
        "65536,64KB",
        "16777216,16MB",
        "1073741824,1GB",
        "1099511627776,1TB",
        "1125899906842624,1024TB"
    })
    void sizesAreWrittenInTheLargestUnitThatIsExact(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,1ms",
        "100,100ms",
        "1000,1s",
        "1500,1500ms",
        "60000,1m",
        "3600000,1h",
        "86400000,1d",
        "31622400000,366d",
        "90000000,25h"
    })
    void durationsAreWrittenInTheLargestUnitThatIsExact(long millis, String text) {
        assertThat(Units.millis(millis)).isEqualTo(text);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            long some = random.nextLong() >>> (1 + random.nextInt(62)) & -1L << random.nextInt(40);
            assertThat(Units.parseBytes(Units.bytes(some))).as("seed=" + seed).isEqualTo(some);
            long millis = some >>> 20;
            assertThat(Units.parseDuration(Units.millis(millis)))
                    .as("seed=" + seed)
                    .isEqualTo(Duration.ofMillis(millis));
        }
    }
}
