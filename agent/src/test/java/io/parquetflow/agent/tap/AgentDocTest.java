package io.parquetflow.agent.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.agent.config.AgentConfig;
import io.parquetflow.agent.config.AgentKey;
import io.parquetflow.agent.config.Tap;
import io.parquetflow.spi.ConfigKey;
import java.io.IOException;
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
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/agent.md} says what the code does. */
class AgentDocTest {
    private static final Pattern KEY_ROW =
            Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ([^|]*) \\| ([^|]*) \\| ([^|]{15,}) \\|$");
    private static final Pattern DEFAULT_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| `([^`]*)` \\| `([^`]*)` \\|$");
    private static final Pattern COLUMN_ROW =
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ([A-Z0-9]+(?:, required)?) \\| (\\d+) \\| ([^|]*)\\|$");
    private static final Pattern TAP_ROW =
            Pattern.compile("(?m)^\\| `([a-z]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern POINTCUT_ROW = Pattern.compile("(?m)^\\| `(com\\.acme\\.[^`]+)` \\| [^|]+ \\|$");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```properties\\n(.*?)```");

    private static String document;

    @TempDir
    private Path directory;

    @BeforeAll
    static void readDocument() throws IOException {
        document = Files.readString(
                Path.of(System.getProperty("project.root"), "docs", "agent.md"), StandardCharsets.UTF_8);
    }

    private static Map<String, String> rows(Pattern pattern, String text, int... cells) {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher m = pattern.matcher(text);
        while (m.find()) {
            List<String> row = new ArrayList<>();
            for (int cell : cells) {
                row.add(m.group(cell));
            }
            assertThat(rows.put(m.group(1), String.join(" | ", row)))
                    .as(m.group())
                    .isNull();
        }
        return rows;
    }

    @Test
    void everyKeyHasItsRowWithDefaultAndBounds() {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (AgentKey key : AgentKey.values()) {
            String fallback = key.fallback().isEmpty() ? "empty" : "`" + key.fallback() + "`";
            wanted.put(key.key(), fallback + " | " + key.allowed());
        }
        String keys = document.substring(document.indexOf("## Keys"), document.indexOf("## Columns"));
        assertThat(rows(KEY_ROW, keys, 2, 3)).isEqualTo(wanted);
    }

    @Test
    void theDefaultsThatAreOthersAreThese() throws IOException {
        Properties sink = AgentConfig.read("directory=capture,taps=udp").sink();
        Map<String, String> wanted = new LinkedHashMap<>();
        for (ConfigKey key : ConfigKey.values()) {
            if (key != ConfigKey.DIRECTORY && sink.containsKey(key.key())) {
                wanted.put(key.key(), key.fallback() + " | " + sink.getProperty(key.key()));
            }
        }
        assertThat(rows(DEFAULT_ROW, document, 2, 3)).containsExactlyInAnyOrderEntriesOf(wanted);
    }

    @Test
    void everyColumnHasItsTypeAndFieldId() {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (Type field : CaptureSchema.SCHEMA.getFields()) {
            PrimitiveType type = field.asPrimitiveType();
            String name = type.getLogicalTypeAnnotation() == null
                    ? type.getPrimitiveTypeName().name()
                    : type.getLogicalTypeAnnotation().toString();
            String required = field.isRepetition(Type.Repetition.REQUIRED) ? ", required" : "";
            wanted.put(field.getName(), name + required + " | " + field.getId().intValue());
        }
        assertThat(rows(COLUMN_ROW, document, 2, 3)).isEqualTo(wanted);
    }

    @Test
    void everyTapHasItsRow() {
        List<String> words = new ArrayList<>();
        for (Tap tap : Tap.values()) {
            words.add(tap.word());
        }
        assertThat(rows(TAP_ROW, document, 2).keySet()).containsExactlyElementsOf(words);
    }

    @Test
    void everyPointcutIsOne() throws IOException {
        Map<String, String> pointcuts = rows(POINTCUT_ROW, document, 1);
        assertThat(pointcuts).hasSizeGreaterThan(5);
        AgentConfig config = AgentConfig.read("directory=capture,capture=" + String.join(";", pointcuts.keySet()));
        assertThat(config.pointcuts()).hasSameSizeAs(pointcuts.keySet());
        assertThat(config.pointcuts().get(1).stream()).isEqualTo("Feed-onPacket");
    }

    @Test
    void theExampleIsAConfiguration() throws IOException {
        Matcher m = EXAMPLE.matcher(document);
        assertThat(m.find()).isTrue();
        Path file = Files.writeString(directory.resolve("flow.conf"), m.group(1));
        AgentConfig config = AgentConfig.read("@" + file + ",sample=1/10");
        assertThat(config.taps()).containsExactly(Tap.UDP, Tap.NETTY);
        assertThat(config.takesOut(Tap.UDP)).isFalse();
        assertThat(config.takesOut(Tap.NETTY)).isTrue();
        assertThat(config.pointcuts()).hasSize(2);
        assertThat(config.sampleOf()).isEqualTo(10);
        assertThat(config.sink()).containsEntry(ConfigKey.ROTATE_INTERVAL.key(), "10m");
    }
}
