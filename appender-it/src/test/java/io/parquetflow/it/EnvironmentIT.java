package io.parquetflow.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys in the environment of a process, as an orchestrator gives them. */
@Tag("machine")
@Execution(ExecutionMode.CONCURRENT)
class EnvironmentIT {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource
    void theEnvironmentCountsBeforeTheFileAndASystemPropertyBeforeBoth(Appender appender) throws Exception {
        Path file = temp.resolve("file");
        Path environment = temp.resolve("environment");
        Application.Result result = Application.with(appender, file)
                .configured(xml -> {
                    xml.key("service", "of the file");
                    xml.key("sinkName", "file"); // is it the file's where nobody else says anything?
                    xml.key("codec", "gzip");
                    xml.key("args", "true");
                    xml.key("columns", "file");
                    xml.key("rotateRows", "1000");
                })
                .environment("PARQUET_FLOW_DIRECTORY", environment.toString())
                .environment("PARQUET_FLOW_SERVICE", "of the environment")
                .environment("PARQUET_FLOW_CODEC", "uncompressed")
                .environment("PARQUET_FLOW_COLUMNS", "environment")
                .environment("PARQUET_FLOW_MASK_NAMES", "us*")
                .environment("PARQUET_FLOW_MASK", "event (?=\\d)=>number-")
                .environment("PARQUET_FLOW_ARGS", "false")
                .environment("PARQUET_FLOW_ROTATE_ROWS", "many")
                .flags("-Dparquetflow.service=of the command line", "-Dparquetflow.args=true")
                .flagsOfThisJdk()
                .run("kinds", "3000");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .filteredOn(line -> line.contains("PARQUET_FLOW_"))
                .singleElement()
                .asString()
                .contains("PARQUET_FLOW_ROTATE_ROWS")
                .contains("key=rotate-rows, value=many")
                .contains("it is passed over");
        assertThat(file).doesNotExist();
        assertThat(Rows.of(environment, "select distinct service from logs")).containsExactly("of the command line");
        assertThat(Rows.of(environment, "select attributes, args[1] from logs where body like 'order%'"))
                .containsExactly("{user=****}|42");
        assertThat(Rows.of(environment, "select count(*), count(distinct body) from logs where body like 'number-%'"))
                .containsExactly("3000|3000");
        assertThat(Rows.of(
                        environment,
                        "select distinct compression from parquet_metadata('" + environment + "/*.parquet')"))
                .containsExactly("UNCOMPRESSED");
        assertThat(Rows.of(
                        environment,
                        "select column_name from (describe logs) where column_name in ('file', 'environment')"))
                .containsExactly("environment");
        assertThat(Rows.of(
                        environment,
                        "select max(rows) <= 1000, bool_and(split_part(filename, '/', -1) like 'file-%') from (select"
                                + " count(*) as rows, filename from read_parquet('" + environment
                                + "/*.parquet', filename=true) group by filename)"))
                .containsExactly("true|true");
    }
}
