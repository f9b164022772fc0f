package io.parquetflow.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSinkBuilder;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One name, four spellings. */
class ConfigKeyTest {
    @Test
    void aKeyIsSpelledForEachPlace() {
        assertThat(ConfigKey.ROTATE_BYTES.key()).isEqualTo("rotate-bytes");
        assertThat(ConfigKey.ROTATE_BYTES.camelCase()).isEqualTo("rotateBytes");
        assertThat(ConfigKey.ROTATE_BYTES.systemProperty()).isEqualTo("parquetflow.rotate-bytes");
        assertThat(ConfigKey.ROTATE_BYTES.environmentVariable()).isEqualTo("PARQUET_FLOW_ROTATE_BYTES");
        assertThat(ConfigKey.MIN_FREE_BYTES.camelCase()).isEqualTo("minFreeBytes");
    }

    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void everyKeyIsFoundByBothSpellings(ConfigKey key) {
        assertThat(ConfigKey.named(key.key())).contains(key);
        assertThat(ConfigKey.named(key.camelCase())).contains(key);
        assertThat(ConfigKey.named(key.name())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void everyDefaultIsAllowed(ConfigKey key) {
        if (key.fallback() != null) {
            assertThat(ConfigText.parse(key, key.fallback())).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RING_BYTES,64KB to 1GB",
        "RETAIN_BYTES,0 to any",
        "CODEC_LEVEL,-7 to 22",
        "ROTATE_INTERVAL,100ms to 366d",
        "SHUTDOWN_TIMEOUT,0 to 1h",
        "RETAIN_AGE,0 to 36600d",
        "JMX,'true, false'",
        "WAIT,'sleep, yield, spin'",
        "FILE_MODE,'octal, 0600 to 0777'"
    })
    void boundsAreToldInUnits(ConfigKey key, String bounds) {
        assertThat(key.bounds()).isEqualTo(bounds);
    }

    /** But the directory, which every builder begins with, and {@code wait}, which every object has. */
    @ParameterizedTest
    @EnumSource(value = ConfigKey.class, mode = EnumSource.Mode.EXCLUDE, names = "DIRECTORY")
    void everyKeyHasAMethodInTheBuilder(ConfigKey key) {
        Set<String> methods = Arrays.stream(LogSinkBuilder.class.getMethods())
                .filter(m -> m.getReturnType() == LogSinkBuilder.class)
                .map(Method::getName)
                .collect(Collectors.toSet());
        assertThat(methods).contains(key == ConfigKey.WAIT ? "waitMode" : key.camelCase());
    }
}
