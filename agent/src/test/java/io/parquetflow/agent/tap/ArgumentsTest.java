package io.parquetflow.agent.tap;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.RecordSink;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {
    @TempDir
    Path directory;

    /** Nor does it cost the rows behind it: a row that fails halfway would. */
    @Test
    void aTextThatIsNotThereIsNull() throws Exception {
        Arguments arguments = Arguments.of(
                List.of("java.lang.String", "java.util.List", "int", "java.lang.CharSequence"),
                List.of("symbol", "ignored", "size", "text"));
        Properties keys = new Properties();
        keys.setProperty("directory", directory.toString());
        keys.setProperty("memory-limit", "16MB");
        try (RecordSink sink =
                RecordSink.open(CaptureSchema.builder(keys, (level, line, cause) -> {}), arguments.schema("book"))) {
            TypedRows rows = new TypedRows(sink, "book", arguments);
            assertThat(rows.write(new Object[] {null, List.of(), 1, CharBuffer.wrap("b")}))
                    .isTrue();
            assertThat(rows.write(new Object[] {"a", null, 2, null})).isTrue();
        }
        List<String> written = new ArrayList<>();
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement()) {
            ResultSet all = statement.executeQuery(
                    "select symbol, size, text from '" + directory + "/*.parquet' order by _seq");
            while (all.next()) {
                written.add(all.getString(1) + "|" + all.getString(2) + "|" + all.getString(3));
            }
        }
        assertThat(written).containsExactly("null|1|b", "a|2|null");
    }

    @Test
    void whatCannotBeAColumnIsNone() {
        assertThat(Arguments.of(List.of("byte[]", "java.util.List"), List.of("a", "b"))
                        .isEmpty())
                .isTrue();
    }
}
