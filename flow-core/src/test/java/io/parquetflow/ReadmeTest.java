package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.testing.Children;
import io.parquetflow.testing.DocExample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example compiles, runs and does what it says. */
class ReadmeTest {
    @TempDir
    Path directory;

    @Test
    void theExampleCompilesAndRuns() throws Exception {
        DocExample example = DocExample.of("README.md").get(0);
        assertThat(example.lines(true)).isLessThanOrEqualTo(10);
        Children.Result result = example.run(directory, directory.resolve("capture"));
        assertThat(result.out()).isEqualTo("true 0\n");
        assertThat(result.exit()).isZero();
    }
}
