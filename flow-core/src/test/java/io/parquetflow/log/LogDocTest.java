package io.parquetflow.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

/** {@code docs/logging.md} says what the code does. */
class LogDocTest {
    private static final Pattern KEY_ROW =
            Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\|$");

    private static String document() throws IOException {
        return Files.readString(
                Path.of(System.getProperty("project.root"), "docs", "logging.md"), StandardCharsets.UTF_8);
    }

    @Test
    void everyKeyHasItsRowWithDefaultAndBounds() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher m = KEY_ROW.matcher(document());
        while (m.find()) {
            rows.put(m.group(1), m.group(2) + " | " + m.group(3));
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        for (LogKey key : LogKey.values()) {
            String fallback = key.fallback().isEmpty() ? "empty" : "`" + key.fallback() + "`";
            wanted.put(key.key(), fallback + " | " + key.bounds());
        }
        assertThat(rows).isEqualTo(wanted);
    }

    @Test
    void everyColumnIsNamed() throws IOException {
        String text = document();
        for (Type field : LogSchema.of(List.of()).getFields()) {
            assertThat(text).contains("`" + field.getName() + "`");
        }
    }
}
