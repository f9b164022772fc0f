package io.parquetflow.bench.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parquetflow.spi.Codec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All contenders do the work they are timed for; how fast is no business of a test. */
@Tag("machine")
class ContendersTest {
    private static final int ROWS = 5_000;
    private static final int ROW_GROUP_ROWS = 2_048;

    @TempDir
    Path directory;

    private static Task task(Workload workload, Repetition repetition, Codec codec) {
        return new Task(workload, ROWS, 100, ROW_GROUP_ROWS, repetition, 8, codec, 1, 2);
    }

    private static Stream<Arguments> forms() {
        return Stream.of(Workload.values()).flatMap(workload -> Stream.of(Repetition.values())
                .map(repetition -> Arguments.of(workload, repetition)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everybodyWritesTheSameValuesAndLeavesNothingBehind(Workload workload, Repetition repetition) throws Exception {
        Task task = task(workload, repetition, Codec.UNCOMPRESSED);
        List<Contender> contenders = Contenders.all(task, List.of(), Lines.NOWHERE);
        assertThat(contenders).hasSizeGreaterThanOrEqualTo(5);
        new Race(Batches.make(task), contenders, directory, null, Lines.NOWHERE).check();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    void everyCodecIsWrittenByWhoHasIt(Codec codec) throws Exception {
        Task task = task(Workload.TEXT, Repetition.OPTIONAL, codec);
        Batches batches = Batches.make(task);
        List<Contender> contenders = Contenders.all(task, List.of(), Lines.NOWHERE);
        new Race(batches, contenders, directory, null, Lines.NOWHERE).check();
        assertThat(contenders.stream().map(Contender::name))
                .contains("flow", "flow.copied", "flow.together", "duckdb", "parquet_java.record")
                .satisfies(names -> assertThat(names.contains("zstd.alone")).isEqualTo(codec == Codec.ZSTD));
    }

    @Test
    void aLevelReachesParquetJavaAndOursAlike() throws Exception {
        for (Codec codec : List.of(Codec.GZIP, Codec.ZSTD)) {
            for (String name : List.of("flow.copied", "parquet_java.record", "parquet_java.columns")) {
                assertThat(size(name, codec, 9)).as(name + " " + codec).isLessThan(size(name, codec, 1));
            }
        }
    }

    private long size(String name, Codec codec, int level) throws Exception {
        Task task = new Task(Workload.TEXT, ROWS, 100, ROWS, Repetition.REQUIRED, 0, codec, level, 1);
        Path file = directory.resolve("sized");
        Contenders.all(task, List.of(name), Lines.NOWHERE).get(0).write(Batches.make(task), file);
        long size = Files.size(file);
        Files.delete(file);
        return size;
    }

    @Test
    void smallerPagesAreMoreOfThemInOursAndInParquetJava() throws Exception {
        Task task = task(Workload.BYTES, Repetition.REQUIRED, Codec.UNCOMPRESSED);
        for (String name : List.of("flow", "flow.copied", "parquet_java.record", "parquet_java.columns")) {
            assertThat(pages(name, task)).as(name).isEqualTo(List.of(1, 1, 1));
            assertThat(pages(name, task.withPages(0, 512))).as(name).isEqualTo(List.of(4, 4, 2));
            assertThat(pages(name, task.withPages(16 << 10, 0)).get(0)).as(name).isGreaterThan(8);
        }
    }

    private List<Integer> pages(String name, Task task) throws Exception {
        Path file = directory.resolve("paged");
        Contenders.all(task, List.of(name), Lines.NOWHERE).get(0).write(Batches.make(task), file);
        List<Integer> pages = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
                pages.add(reader.readOffsetIndex(rowGroup.getColumns().get(0)).getPageCount());
            }
        }
        Files.delete(file);
        return pages;
    }

    @Test
    void aContenderThatWritesSomethingElseIsCaught() throws Exception {
        Task task = task(Workload.BYTES, Repetition.OPTIONAL, Codec.UNCOMPRESSED);
        Batches batches = Batches.make(task);
        List<Batches> others = List.of(
                Batches.make(
                        new Task(Workload.BYTES, ROWS, 101, ROW_GROUP_ROWS, Repetition.OPTIONAL, 8, Codec.ZSTD, 1, 2)),
                Batches.make(new Task(
                        Workload.BYTES, ROWS - 2, 100, ROW_GROUP_ROWS, Repetition.OPTIONAL, 8, Codec.ZSTD, 1, 2)));
        for (Contender contender : Contenders.all(task, List.of(), Lines.NOWHERE)) {
            Path file = directory.resolve(contender.name());
            contender.write(batches, file);
            assertThatCode(() -> contender.check(batches, file)).doesNotThrowAnyException();
            for (Batches other : others) {
                assertThatThrownBy(() -> contender.check(other, file))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(contender.name() + " wrote ");
            }
        }
    }

    @Test
    void whoCannotDoATaskIsLeftOutAndSaidWhy() {
        List<String> lines = new ArrayList<>();
        Task task = task(Workload.INT32, Repetition.OPTIONAL, Codec.SNAPPY);
        assertThat(Contenders.all(task, List.of(), Lines.into(lines)).stream().map(Contender::name))
                .containsExactly(
                        "raw.together",
                        "flow",
                        "flow.records",
                        "parquet_java.record",
                        "parquet_java.columns",
                        "duckdb");
        assertThat(String.join("\n", lines))
                .contains("# left out: raw: it takes one binary column")
                .contains("# left out: arrow: its Java interface has no option for a codec");
    }

    @Test
    void aNameThatNobodyHasIsRefused() {
        Task task = task(Workload.BYTES, Repetition.REQUIRED, Codec.UNCOMPRESSED);
        assertThatThrownBy(() -> Contenders.all(task, List.of("row"), Lines.NOWHERE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no such contender: name=row; there are [raw, raw.together, flow,");
    }
}
