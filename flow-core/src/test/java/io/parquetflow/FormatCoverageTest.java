package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.testing.ColumnChoice;
import io.parquetflow.testing.ColumnarFile;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.LeafForm;
import io.parquetflow.testing.LeafKind;
import io.parquetflow.testing.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/format-coverage.md} says what is written, and what DuckDB makes of it. */
class FormatCoverageTest {
    private static final String REFUSED = "refuses the file";

    private static String document;

    @TempDir
    Path directory;

    @BeforeAll
    static void readDocument() throws Exception {
        document = Files.readString(
                Path.of(System.getProperty("project.root"), "docs", "format-coverage.md"), StandardCharsets.UTF_8);
    }

    /** The rows of the table below a heading: cells without their backticks. */
    private static List<List<String>> table(String text, String heading) {
        int from = text.indexOf("\n## " + heading + "\n");
        assertThat(from).as("heading " + heading).isNotNegative();
        int to = text.indexOf("\n## ", from + 1);
        List<List<String>> rows = new ArrayList<>();
        Matcher m = Pattern.compile("(?m)^\\|(.*)\\|$").matcher(text.substring(from, to < 0 ? text.length() : to));
        while (m.find()) {
            rows.add(Arrays.stream(m.group(1).split("\\|", -1))
                    .map(cell -> cell.replace("`", "").strip())
                    .toList());
        }
        assertThat(rows).as("table of " + heading).hasSizeGreaterThan(2);
        return rows.subList(2, rows.size());
    }

    private static String meaning(LeafKind kind) {
        LogicalTypeAnnotation logical = kind.logical();
        return logical == null ? "none" : logical.toString();
    }

    private static String carrier(LeafKind kind) {
        return kind.type(Repetition.REQUIRED, "c").getPrimitiveTypeName().name().replaceFirst("^BINARY$", "BYTE_ARRAY");
    }

    /** By DuckDB's own word, of a file with a column of each kind. */
    private Map<String, String> duckTypes() throws Exception {
        List<Type> fields = new ArrayList<>();
        for (LeafKind kind : Duck.KINDS) {
            fields.add(kind.type(Repetition.REQUIRED, kind.name()));
        }
        Path file = directory.resolve("kinds.parquet");
        Sample sample = Sample.draw(new MessageType("row", fields), new Random(1), 10);
        try (ColumnarWriter writer = ColumnarWriter.create(file, sample.schema())) {
            ColumnarFile.write(writer, sample, 10);
        }
        Map<String, String> types = new LinkedHashMap<>();
        try (Connection duck = Duck.connect()) {
            for (List<Object> row : Duck.query(duck, file, "select * from (describe from {})")) {
                types.put((String) row.get(0), (String) row.get(1));
            }
        }
        return types;
    }

    @Test
    void theTableOfTypesIsWhatIsWritten() throws Exception {
        Map<String, String> duck = duckTypes();
        List<List<String>> expected = new ArrayList<>();
        for (LeafKind kind : LeafKind.values()) {
            expected.add(List.of(meaning(kind), carrier(kind), duck.getOrDefault(kind.name(), REFUSED)));
        }
        assertThat(table(document, "Types").stream().map(row -> row.subList(0, 3)))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void theTableOfEncodingsIsWhatTheTypesCanHave() {
        List<List<String>> expected = new ArrayList<>();
        for (ColumnEncoding encoding : ColumnEncoding.values()) {
            List<LeafKind> kinds = Arrays.stream(LeafKind.values())
                    .filter(kind -> ColumnChoice.encodings(kind).contains(encoding))
                    .toList();
            String carriers = kinds.stream()
                    .map(FormatCoverageTest::carrier)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "));
            boolean own = encoding != ColumnEncoding.AUTO && encoding != ColumnEncoding.DICTIONARY;
            String unread = own
                    ? kinds.stream()
                            .filter(Duck.KINDS::contains)
                            .filter(kind -> !Duck.reads(kind, Encoding.valueOf(encoding.name())))
                            .map(kind -> meaning(kind) + " on " + carrier(kind))
                            .collect(Collectors.joining("; "))
                    : "";
            expected.add(List.of(encoding.name(), carriers, unread));
        }
        assertThat(table(document, "Encodings").stream().map(row -> row.subList(0, 3)))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void theTableOfFormsIsThatOfTheTests() {
        assertThat(table(document, "Forms").stream().map(row -> row.get(0)))
                .containsExactly(
                        Arrays.stream(LeafForm.values()).map(LeafForm::name).toArray(String[]::new));
    }

    @Test
    void everyCodecIsNamed() {
        for (Codec codec : Codec.values()) {
            assertThat(document).contains("`" + codec.name() + "`");
        }
    }

    @Test
    void aWrongTableIsSeen() {
        String text = "x\n## Types\n\n| a | b |\n|---|---|\n| `1` | 2 |\n| 3 | |\n\n## Other\n| c |\n|---|\n| 4 |\n";
        assertThat(table(text, "Types")).containsExactly(List.of("1", "2"), List.of("3", ""));
    }
}
