package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The jar beside an application's own copies of what is in it. */
@Execution(ExecutionMode.CONCURRENT)
class NeighboursIT {
    @TempDir
    private Path temp;

    @Test
    void anApplicationKeepsItsOwnParquetJavaAndDisruptor() throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = Application.with(Appender.LOGBACK, directory)
                .library("neighbours")
                .library("disruptor-3.4.4")
                .flagsOfThisJdk()
                .run("neighbours");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).doesNotContain("WARN");
        assertThat(Rows.of(directory, "select body from logs order by seq"))
                .containsExactly(
                        "org.apache.parquet.hadoop.ParquetWriter of parquet-hadoop-1.15.2.jar",
                        "com.lmax.disruptor.RingBuffer of disruptor-3.4.4.jar",
                        "1.15.2");
    }

    @Test
    void atTraceThereIsTheApplicationAndNothingOfOurs() throws Exception {
        Path directory = temp.resolve("logs");
        Application.Result result = Application.with(Appender.LOGBACK, directory)
                .configured(file -> {
                    file.level("TRACE");
                    file.key("rotateInterval", "1s");
                })
                .flagsOfThisJdk()
                .run("libraries");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).doesNotContain("WARN");
        assertThat(Rows.of(directory, "select logger, count(*) from logs group by all order by all"))
                .containsExactly(
                        "com.acme.Orders|30",
                        "io.parquetflow.mine|1",
                        "org.apache.parquet|1",
                        "org.apache.parquet.Mine|1");
        assertThat(Rows.of(
                        directory,
                        "select count(distinct filename) > 1 from read_parquet('" + directory
                                + "/*.parquet', filename=true)"))
                .as("a segment was sealed while the application logged")
                .containsExactly("true");
    }
}
