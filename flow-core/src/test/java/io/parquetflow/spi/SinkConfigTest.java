package io.parquetflow.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parquetflow.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values are checked once, and what is wrong is told with the key, the value and the way out. */
@Isolated("its system properties would be those of every sink that another thread opens")
class SinkConfigTest {
    /** Any text may name a class; whether it does is seen when the sink is opened. */
    private static final Set<ConfigKey> ANY_TEXT = EnumSet.of(ConfigKey.THREAD_FACTORY);

    @TempDir
    Path directory;

    @AfterEach
    void clearProperties() {
        for (ConfigKey key : ConfigKey.values()) {
            System.clearProperty(key.systemProperty());
        }
    }

    private static SinkConfig.Builder minimal() {
        return SinkConfig.builder().set(ConfigKey.DIRECTORY, "capture");
    }

    private static List<String> badValues(ConfigKey key) {
        List<String> bad = new ArrayList<>();
        switch (key.kind()) {
            case PATH -> bad.addAll(List.of("", "  ", "a\0b"));
            case NAME -> bad.addAll(List.of("", "a.b", "a b", "-a", "_a", "a/b", "..", "ä", "a".repeat(65), "a\n"));
            case TEXT -> {}
            case DIRECTORY -> bad.add("a\0b");
            case BYTES -> bad.addAll(List.of("", "x", "-1", "1.5MB", "1 parsec", "99999999999TB"));
            case COUNT -> bad.addAll(List.of("", "x", "1.5", "1e3", "1KB", "9223372036854775808"));
            case DURATION -> bad.addAll(List.of("", "x", "-1s", "PT-1S", "5", "5KB", "99999999999d"));
            case FLAG -> bad.addAll(List.of("", "2", "ja", "truefalse"));
            case MODE -> bad.addAll(List.of("", "x", "8", "0999", "0440", "01777", "-600", "rw-------"));
            case PARTITION, CODEC, WAIT, DURABILITY -> bad.addAll(List.of("", "x", "zstandard", "none,day"));
        }
        if (key.min() > 0) {
            switch (key.kind()) {
                case BYTES, COUNT -> bad.add(Long.toString(key.min() - 1));
                case DURATION -> bad.add(key.min() - 1 + "ms");
                default -> {}
            }
        }
        if (key.max() > 0 && key.max() < Long.MAX_VALUE) {
            switch (key.kind()) {
                case BYTES, COUNT -> bad.add(Long.toString(key.max() + 1));
                case DURATION -> bad.add(key.max() + 1 + "ms");
                default -> {}
            }
        }
        return bad;
    }

    static Stream<Arguments> badValuesOfEveryKey() {
        return Stream.of(ConfigKey.values())
                .flatMap(key -> badValues(key).stream().map(value -> Arguments.of(key, value)));
    }

    @ParameterizedTest
    @MethodSource("badValuesOfEveryKey")
    void aBadValueIsNamedWithItsKeyAndWhatIsAllowed(ConfigKey key, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minimal().set(key, value).build())
                .withMessageStartingWith("invalid configuration: key=" + key.key() + ", value=" + value + ": ")
                .withMessageEndingWith(key.bounds());
    }

    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void everyKeyHasBadValues(ConfigKey key) {
        assertThat(badValues(key).isEmpty()).isEqualTo(ANY_TEXT.contains(key));
    }

    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void theBoundsThemselvesAreAllowed(ConfigKey key) {
        switch (key.kind()) {
            case BYTES, COUNT -> {
                assertThat(minimal().set(key, Long.toString(key.min())).build().number(key))
                        .isEqualTo(key.min());
                assertThat(minimal().set(key, Long.toString(key.max())).build().number(key))
                        .isEqualTo(key.max());
            }
            case DURATION -> {
                assertThat(minimal().set(key, key.min() + "ms").build().duration(key))
                        .isEqualTo(Duration.ofMillis(key.min()));
                assertThat(minimal().set(key, key.max() + "ms").build().duration(key))
                        .isEqualTo(Duration.ofMillis(key.max()));
            }
            case PARTITION, CODEC, WAIT, DURABILITY, FLAG -> {
                for (String word : key.bounds().split(", ", -1)) {
                    assertThat(minimal().set(key, word).build().isGiven(key)).isTrue();
                    assertThat(minimal()
                                    .set(key, word.toUpperCase(java.util.Locale.ROOT) + " ")
                                    .build()
                                    .isGiven(key))
                            .isTrue();
                }
            }
            case MODE -> {
                assertThat(minimal().set(key, "0600").build().number(key)).isEqualTo(0600);
                assertThat(minimal().set(key, "777").build().number(key)).isEqualTo(0777);
            }
            case NAME ->
                assertThat(minimal().set(key, "a".repeat(64)).build().name()).hasSize(64);
            case PATH, TEXT, DIRECTORY ->
                assertThat(minimal().build().isGiven(key)).isEqualTo(key == ConfigKey.DIRECTORY);
        }
    }

    @Test
    void theDirectoryHasToBeGiven() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SinkConfig.builder().build())
                .withMessage("missing configuration: key=directory: there is no default, so it has to be given");
    }

    @ParameterizedTest
    @EnumSource(
            value = ConfigKey.class,
            names = {"RING_BYTES", "BLOCK_BYTES"})
    void whatHasToBeAPowerOfTwoNamesTheNextSmaller(ConfigKey key) {
        long value = key.min() * 2 - 1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minimal().set(key, Long.toString(value)).build())
                .withMessage("invalid configuration: key=" + key.key() + ", value=" + value
                        + ": not a power of two; take " + Units.bytes(key.min()));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"0", "10", "-7", "22"})
    void gzipHasNineLevels(String level) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minimal()
                        .set(ConfigKey.CODEC, "gzip")
                        .set(ConfigKey.CODEC_LEVEL, level)
                        .build())
                .withMessage("invalid configuration: key=codec-level, value=" + level + ": gzip has levels 1 to 9");
    }

    @Test
    void anUnknownKeyIsNamed() {
        Properties properties = new Properties();
        properties.setProperty("rotate-every", "5m");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SinkConfig.builder().properties(properties))
                .withMessage("unknown configuration: key=rotate-every: see docs/configuration.md for the keys");
    }

    @Test
    void aFileThatIsNoPropertiesFileIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("broken.properties"), "name=\\u00zz");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SinkConfig.builder().properties(file))
                .withMessageStartingWith("[" + file + "] not a properties file: ");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SinkConfig.builder().properties(directory.resolve("missing.properties")))
                .withMessageContaining("missing.properties");
    }

    @Test
    void defaultsAreWhatTheKeysSay() {
        SinkConfig config = minimal().build();
        for (ConfigKey key : ConfigKey.values()) {
            assertThat(config.isGiven(key)).as(key.key()).isEqualTo(key == ConfigKey.DIRECTORY);
        }
        assertThat(config.directory()).isEqualTo(Path.of("capture"));
        assertThat(config.name()).isEqualTo("capture");
        assertThat(config.codec()).isEqualTo(Codec.ZSTD);
        assertThat(config.codecLevel()).isEqualTo(1);
        assertThat(config.partition()).isEqualTo(Partition.NONE);
        assertThat(config.waitMode()).isEqualTo(WaitMode.SLEEP);
        assertThat(config.durability()).isEqualTo(Durability.PROCESS);
        assertThat(config.slabDirectory()).isEmpty();
        assertThat(config.duration(ConfigKey.SYNC_INTERVAL)).isEqualTo(Duration.ofMillis(100));
        assertThat(config.number(ConfigKey.FILE_MODE)).isEqualTo(0640);
        assertThat(config.number(ConfigKey.RING_BYTES)).isEqualTo(32 << 20);
        assertThat(config.duration(ConfigKey.ROTATE_INTERVAL)).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.duration(ConfigKey.SHUTDOWN_TIMEOUT)).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.flag(ConfigKey.JMX)).isTrue();
        assertThat(config.flag(ConfigKey.ROTATE_ALIGN)).isFalse();
        assertThat(config.text(ConfigKey.THREAD_FACTORY)).isEmpty();
    }

    @Test
    void fileThenPropertyThenCodeWins() throws Exception {
        Path file = Files.writeString(
                directory.resolve("sink.properties"),
                "# camel case is fine\ndirectory=from-file\nname=file\nretain-files=1\nrotateBytes=64KB\n");
        assertThat(minimal().properties(file).build().name()).isEqualTo("file");
        assertThat(minimal().properties(file).build().directory()).isEqualTo(Path.of("capture"));
        assertThat(minimal().properties(file).build().number(ConfigKey.ROTATE_BYTES))
                .isEqualTo(64 << 10);
        System.setProperty("parquetflow.name", "property");
        System.setProperty("parquetflow.retain-files", "2");
        SinkConfig config =
                minimal().properties(file).set(ConfigKey.NAME, "code").build();
        assertThat(config.name()).isEqualTo("code");
        assertThat(config.number(ConfigKey.RETAIN_FILES)).isEqualTo(2);
        assertThat(config.isGiven(ConfigKey.RETAIN_FILES)).isTrue();
        assertThat(config.isGiven(ConfigKey.RETAIN_BYTES)).isFalse();
    }

    @Test
    void aBadSystemPropertyIsAsBadAsAnyOther() {
        System.setProperty("parquetflow.codec", "lzma");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> minimal().build())
                .withMessageContaining(
                        "key=codec, value=lzma: unknown word; allowed: uncompressed, snappy, gzip, zstd");
    }

    /** Name: code over all. Files: property over environment. Bytes: environment over file. Rows: file over default. */
    @Test
    void theEnvironmentStandsBetweenPropertyAndFile() throws Exception {
        Path file = Files.writeString(
                directory.resolve("sink.properties"),
                "directory=d\nname=file\nretain-files=1\nrotate-bytes=1MB\nrotate-rows=5\n");
        Map<String, String> environment = Map.of(
                "PARQUET_FLOW_NAME", "environment",
                "PARQUET_FLOW_RETAIN_FILES", "3",
                "PARQUET_FLOW_ROTATE_BYTES", "3MB");
        assertThat(ChildJvm.run(
                        environment, List.of("-Dparquetflow.retain-files=2"), ConfigChild.class, file.toString()))
                .isEqualTo("code 2 3145728 5 true false");
    }
}
