package io.parquetflow.bench.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parquetflow.spi.Codec;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class WriterOptionsTest {
    @Command
    private static final class Options {
        @Mixin
        WriterOptions options;
    }

    private static WriterOptions parse(String... arguments) {
        Options holder = new Options();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return holder.options;
    }

    @Test
    void theReferenceWorkloadIsTheDefault() {
        assertThat(parse().task())
                .isEqualTo(new Task(
                        Workload.BYTES, 1_000_000, 256, 4096, Repetition.REQUIRED, 8, Codec.UNCOMPRESSED, 1, 1));
        assertThat(parse().runs()).isEqualTo(1);
        assertThat(parse("--peers").runs()).isEqualTo(5);
    }

    @Test
    void workloadsHaveDefaultsOfTheirOwn() {
        assertThat(parse("--workload", "int32").task())
                .isEqualTo(new Task(
                        Workload.INT32, 10_000_000, 256, 500_000, Repetition.OPTIONAL, 20, Codec.UNCOMPRESSED, 1, 4));
        assertThat(parse("--workload", "text").task().codec()).isEqualTo(Codec.ZSTD);
        assertThat(parse("--compression", "gzip").task().level()).isEqualTo(6);
    }

    @Test
    void whatIsHandedOnIsWhatWasAskedFor() {
        WriterOptions asked = parse(
                ("--workload text --rows 77 --row-size 31 --row-group-rows 10 --repetition repeated --null-every 3"
                                + " --compression lz4_raw --level 4 --distinct 2 --page-bytes 4096 --page-rows 500 --peers --only raw,flow --runs 3 --warmup 0"
                                + " --output some/file")
                        .split(" "));
        WriterOptions handedOn = parse(asked.arguments().toArray(String[]::new));
        assertThat(handedOn.task()).isEqualTo(asked.task());
        assertThat(handedOn.task())
                .isEqualTo(new Task(Workload.TEXT, 77, 31, 10, Repetition.REPEATED, 3, Codec.LZ4_RAW, 4, 2, 4096, 500));
        assertThat(handedOn.hasPeers()).isTrue();
        assertThat(handedOn.only()).isEqualTo(List.of("raw", "flow"));
        assertThat(handedOn.runs()).isEqualTo(3);
        assertThat(handedOn.warmup()).isZero();
        assertThat(handedOn.output()).isEqualTo(Path.of("some/file"));
        assertThat(parse(parse("--form=together").arguments().toArray(String[]::new))
                        .ours()
                        .name())
                .isEqualTo("flow.together");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rows=0 | rows out of range: rows=0; take 1 to 10000000000",
                "--row-size=0 | row-size out of range: row-size=0; take 1 to 16777216",
                "--row-group-rows=0 | row-group-rows out of range: row-group-rows=0; take 1 to 16777216",
                "--null-every=-1 | null-every out of range: null-every=-1; take 0 to 10000000000",
                "--distinct=0 | distinct out of range: distinct=0; take 1 to 4096",
                "--page-bytes=1023 | page-bytes out of range: page-bytes=1023; take 1024 to 1048576",
                "--page-rows=-1 | page-rows out of range: page-rows=-1; take 1 to 1000000",
                "--runs=0 | runs out of range: runs=0; take 1 to 1000",
                "--warmup=-1 | warmup out of range: warmup=-1; take 0 to 1000",
                "--compression=zstd --level=23 | level out of range: level=23; take 1 to 22",
                "--compression=gzip --level=0 | level out of range: level=0; take 1 to 9",
                "--only=raw | --only chooses among peers: only=[raw]; add --peers",
                "--peers --form=copied | --peers has all forms: form=COPIED; leave --form out, or name contenders with"
                        + " --only",
                "--workload=int32 --form=together | form does not fit: form=TOGETHER, workload=INT32; it takes one"
                        + " binary column",
                "--row-size=1048576 --repetition=repeated | row group too large: row-size=1048576,"
                        + " row-group-rows=4096, bytes=17179869184, at most 1073741824; ask for less of either"
            })
    void nonsenseIsRefusedBeforeAnythingIsMade(String arguments, String message) {
        assertThatThrownBy(() -> parse(arguments.split(" ")).check())
                .isInstanceOf(ParameterException.class)
                .hasMessage(message);
    }

    @Test
    void aDirectoryIsNoOutput(@TempDir Path directory) {
        assertThatThrownBy(() -> parse("--output=" + directory).check())
                .isInstanceOf(ParameterException.class)
                .hasMessage("output is a directory: output=" + directory + "; name a file in it");
    }
}
