package io.parquetflow.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.cli.Flow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story as a new user sees it, shorter. */
class DemoCommandTest {
    @TempDir
    Path directory;

    private int run(StringWriter out, String... args) {
        return Flow.commandLine(new Flow())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(args);
    }

    @Test
    void theDemoCapturesAFeedAndAnswersThreeQuestions() throws Exception {
        StringWriter out = new StringWriter();
        int code = run(out, "demo", "--directory", directory.toString(), "--seconds", "1", "--rate", "5000");
        assertThat(code).as(out.toString()).isZero();
        Matcher counts = Pattern.compile("received ([\\d,]+) datagrams, accepted ([\\d,]+), dropped (\\d+)")
                .matcher(out.toString());
        assertThat(counts.find()).isTrue();
        assertThat(counts.group(2)).isEqualTo(counts.group(1));
        String rows = counts.group(1).replace(",", "");
        assertThat(out.toString())
                .containsPattern("market +" + rows + " +0 +0 +\\d+")
                .contains("A add order")
                .contains("p99.9");
        try (var files = Files.list(directory)) {
            assertThat(files.filter(f -> f.toString().endsWith(".parquet"))).hasSize(1);
        }
    }

    @Test
    void aRateThatNobodyCanSendIsRefused() {
        StringWriter out = new StringWriter();
        assertThat(run(out, "demo", "--rate", "0")).isEqualTo(2);
        assertThat(out.toString()).contains("--rate=0: take 1 to 1000000");
    }
}
