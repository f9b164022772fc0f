package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.testing.Children;
import io.parquetflow.testing.DocExample;
import io.parquetflow.testing.Duck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/columns.md} do what the page says. */
@Tag("files")
class ColumnsDocTest {
    private static final List<String> ANSWERS = List.of(
            "select ts, symbol, condition::varchar, _seq from {}",
            "select epoch_us(time), symbol, price, conditions::varchar from {}",
            "select id, price from {}",
            "select id, marks::varchar from {} order by id");
    private static final List<String> EXPECTED = List.of(
            "[[1700, MSFT, [12, 37], 0]]", "[[0, MSFT, 67.5, [12, 37]]]", "[[0, 0.0]]", "[[7, [1, 2, 3]], [8, []]]");

    @TempDir
    Path folder;

    @Test
    void everyWayToColumnsIsTenLinesThatWork() throws Exception {
        List<DocExample> examples = DocExample.of("docs/columns.md");
        assertThat(examples).hasSameSizeAs(ANSWERS);
        for (int i = 0; i < examples.size(); i++) {
            assertThat(examples.get(i).lines(false)).isLessThanOrEqualTo(10);
            Path directory = Files.createDirectory(folder.resolve("example" + i));
            Path capture = Files.createDirectory(directory.resolve("capture"));
            Children.Result result = examples.get(i).run(directory, capture);
            assertThat(result.out()).as("example=%d", i).isEqualTo("true\n");
            assertThat(result.exit()).isZero();
            assertThat(Duck.query(capture, ANSWERS.get(i))).hasToString(EXPECTED.get(i));
        }
    }
}
