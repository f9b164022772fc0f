package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;
import io.parquetflow.spi.Units;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the code does. */
class ConfigurationDocTest {
    private static final Pattern KEY_ROW =
            Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]*) \\| ([^|]*) \\| ([^|]*) \\|$");
    private static final Pattern PLAN_ROW =
            Pattern.compile("(?m)^\\| (\\d+[A-Z]+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\| (\\S+) \\|$");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```properties\\n(.*?)```");

    private static String document;

    @BeforeAll
    static void readDocument() throws IOException {
        document = Files.readString(
                Path.of(System.getProperty("project.root"), "docs", "configuration.md"), StandardCharsets.UTF_8);
    }

    /** Key to default, bounds and meaning; what is wrong with the rows goes to {@code wrong}. */
    private static Map<String, List<String>> rows(String text, List<String> wrong) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        Matcher m = KEY_ROW.matcher(text);
        while (m.find()) {
            if (rows.put(m.group(1), List.of(m.group(2), m.group(3), m.group(4))) != null) {
                wrong.add(m.group(1) + ": twice");
            }
        }
        return rows;
    }

    private static List<String> differences(String text) {
        List<String> wrong = new ArrayList<>();
        Map<String, List<String>> rows = rows(text, wrong);
        for (ConfigKey key : ConfigKey.values()) {
            List<String> row = rows.remove(key.key());
            if (row == null) {
                wrong.add(key.key() + ": missing");
                continue;
            }
            if (!row.get(0).equals(shownDefault(key))) {
                wrong.add(key.key() + ": default is " + shownDefault(key) + ", not " + row.get(0));
            }
            if (!row.get(1).equals(key.bounds())) {
                wrong.add(key.key() + ": allowed is " + key.bounds() + ", not " + row.get(1));
            }
            if (row.get(2).length() < 15) {
                wrong.add(key.key() + ": no meaning");
            }
        }
        rows.keySet().forEach(key -> wrong.add(key + ": no such key"));
        return wrong;
    }

    private static String shownDefault(ConfigKey key) {
        if (key.fallback() == null) {
            return "none: has to be given";
        }
        return key.fallback().isEmpty() ? "empty" : "`" + key.fallback() + "`";
    }

    @Test
    void theTablesAreTheKeys() {
        assertThat(differences(document)).isEmpty();
    }

    @Test
    void everyKindOfDifferenceIsSeen() {
        assertThat(differences(document.replace("| `5m` |", "| `6m` |")))
                .containsExactly("rotate-interval: default is `5m`, not `6m`");
        assertThat(differences(document.replace("100ms to 366d", "100ms to 365d")))
                .containsExactly("rotate-interval: allowed is 100ms to 366d, not 100ms to 365d");
        assertThat(differences(document.replace("| `jmx` |", "| `jmy` |")))
                .containsExactly("jmx: missing", "jmy: no such key");
        assertThat(differences(document + "| `jmx` | `true` | true, false | Register an MBean. |\n"))
                .containsExactly("jmx: twice");
        assertThat(differences(document.replaceAll("\\| Register an MBean[^|]*\\|", "| Yes. |")))
                .containsExactly("jmx: no meaning");
    }

    @Test
    void theMemoryTableIsWhatTheLimitBecomes() {
        Matcher m = PLAN_ROW.matcher(document);
        int rows = 0;
        while (m.find()) {
            rows++;
            MemoryPlan plan = MemoryPlan.of(SinkConfig.builder()
                    .set(ConfigKey.DIRECTORY, "capture")
                    .set(ConfigKey.MEMORY_LIMIT, m.group(1))
                    .build());
            assertThat(List.of(m.group(2), m.group(3), m.group(4), m.group(5), m.group(6)))
                    .as("memory-limit=" + m.group(1))
                    .containsExactly(
                            Units.bytes(plan.ringBytes()),
                            Units.bytes(plan.maxPayload()),
                            Units.bytes(plan.rowGroupBytes()),
                            Units.bytes(plan.pageBytes()),
                            (plan.totalBytes() >> 10) + "KB");
        }
        assertThat(rows).isGreaterThan(3);
    }

    @Test
    void theExampleIsAConfiguration() throws Exception {
        Matcher m = EXAMPLE.matcher(document);
        assertThat(m.find()).isTrue();
        Properties properties = new Properties();
        properties.load(new StringReader(m.group(1)));
        SinkConfig config = SinkConfig.builder().properties(properties).build();
        assertThat(config.name()).isEqualTo("feed");
        assertThat(config.isGiven(ConfigKey.RETAIN_BYTES)).isTrue();
    }
}
