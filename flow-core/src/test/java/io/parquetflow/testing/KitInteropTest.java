package io.parquetflow.testing;

import static org.apache.parquet.schema.Type.Repetition.OPTIONAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The readers and the generator are right about files of parquet-java's own writer; so what they find in ours counts. */
class KitInteropTest {
    private static Readers readers;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        readers = Readers.start();
    }

    @AfterAll
    static void stop() throws Exception {
        readers.close();
    }

    private static MessageType everyKind(LeafForm form) {
        List<Type> fields = new ArrayList<>();
        for (LeafKind kind : Duck.KINDS) {
            fields.add(form.field(kind, kind.name()));
        }
        return new MessageType("row", fields);
    }

    private static List<String> lines(Sample sample) {
        List<String> all = new ArrayList<>();
        for (ColumnData column : sample.columns()) {
            all.add(column.path());
            all.addAll(column.lines());
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(LeafForm.class)
    void everyReaderSeesTheSampleThatWasWritten(LeafForm form) throws Exception {
        Path file = directory.resolve("file.parquet");
        Sample sample = Sample.draw(everyKind(form), new Random(form.name().hashCode()), 150);
        ReferenceFile.write(
                file,
                sample,
                form.name().length() % 2 == 0 ? CompressionCodecName.ZSTD : CompressionCodecName.LZ4_RAW,
                form.name().length() % 3 == 0 ? WriterVersion.PARQUET_2_0 : WriterVersion.PARQUET_1_0);
        readers.checkContent(form.name(), file, sample);
    }

    /** One value, one level, one null more: each is seen, by each reader. */
    @Test
    void anyDifferenceIsSeen() throws Exception {
        Path file = directory.resolve("file.parquet");
        MessageType schema =
                new MessageType("row", LeafForm.LIST.field(LeafKind.INT32, "a"), LeafKind.STRING.type(OPTIONAL, "b"));
        List<Object> list = List.of(List.of(List.of(1), List.of(2)));
        Sample written = new Sample(schema, List.of(Arrays.asList(list, text("x"))));
        ReferenceFile.write(file, written, CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0);
        readers.checkContent("the same", file, written);
        List<List<Object>> others = List.of(
                Arrays.asList(List.of(List.of(List.of(1), List.of(3))), text("x")),
                Arrays.asList(List.of(List.of(List.of(1), Arrays.asList((Object) null))), text("x")),
                Arrays.asList(List.of(List.of(List.of(1))), text("x")),
                Arrays.asList(List.of(List.of()), text("x")),
                Arrays.asList(null, text("x")),
                Arrays.asList(list, text("y")),
                Arrays.asList(list, null));
        for (List<Object> other : others) {
            Sample sample = new Sample(schema, List.of(other));
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> readers.checkContent("another", file, sample));
            assertThat(Duck.differences(readers.duck(), file, sample)).hasSize(1);
        }
    }

    @Test
    void theOldReaderIsOld() throws Exception {
        assertThat(readers.old().version()).endsWith("/parquet-hadoop-" + OldReader.VERSION + ".jar");
    }

    @Test
    void whatCannotBeReadIsToldAndTheNextFileIsRead() throws Exception {
        assertThat(readers.old().digests(directory.resolve("none.parquet"))).containsOnlyKeys("");
        assertThat(readers.old().version()).contains(OldReader.VERSION);
    }

    /** The two documents of the Dremel paper (Melnik et al., 2010, figures 2 and 3), whose levels the paper prints. */
    @Test
    void levelsAreThoseOfTheDremelPaper() {
        MessageType schema = MessageTypeParser.parseMessageType(
                """
                message Document {
                  required int64 DocId;
                  optional group Links { repeated int64 Backward; repeated int64 Forward; }
                  repeated group Name {
                    repeated group Language { required binary Code (STRING); optional binary Country (STRING); }
                    optional binary Url (STRING);
                  }
                }""");
        List<Object> first = Arrays.asList(
                10L,
                List.of(List.of(), List.of(20L, 40L, 60L)),
                List.of(
                        Arrays.asList(
                                List.of(List.of(text("en-us"), text("us")), Arrays.asList(text("en"), null)),
                                text("http://A")),
                        List.of(List.of(), text("http://B")),
                        Arrays.asList(List.of(List.of(text("en-gb"), text("gb"))), null)));
        List<Object> second =
                Arrays.asList(20L, List.of(List.of(10L, 30L), List.of(80L)), List.of(List.of(List.of(), text("C"))));
        List<ColumnData> columns = new Sample(schema, List.of(first, second)).columns();
        assertThat(levels(columns.get(0))).isEqualTo("0/0 0/0");
        assertThat(levels(columns.get(1))).isEqualTo("0/1 0/2 1/2");
        assertThat(levels(columns.get(2))).isEqualTo("0/2 1/2 1/2 0/2");
        assertThat(levels(columns.get(3))).isEqualTo("0/2 2/2 1/1 1/2 0/1");
        assertThat(levels(columns.get(4))).isEqualTo("0/3 2/2 1/1 1/3 0/1");
        assertThat(levels(columns.get(5))).isEqualTo("0/2 1/2 1/1 0/2");
        assertThat(columns.get(2).lines()).containsExactly("0 2 20", "1 2 40", "1 2 60", "0 2 80");
        assertThat(columns.get(3).rows(1, 2).lines()).containsExactly("0 1 -");
        assertThat(columns.get(2).rows(0, 1).lines()).containsExactly("0 2 20", "1 2 40", "1 2 60");
    }

    private static String levels(ColumnData column) {
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < column.entries(); i++) {
            levels.add(column.repetition()[i] + "/" + column.definition()[i]);
        }
        return String.join(" ", levels);
    }

    private static Binary text(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theSameSeedIsTheSameSampleAndSchemasGoDeep() {
        int deepest = 0;
        int leaves = 0;
        for (int seed = 0; seed < 300; seed++) {
            MessageType schema = new SchemaGenerator(new Random(seed)).next();
            assertThat(new SchemaGenerator(new Random(seed)).next()).isEqualTo(schema);
            assertThat(lines(Sample.draw(schema, new Random(seed), 3)))
                    .isEqualTo(lines(Sample.draw(schema, new Random(seed), 3)));
            for (var column : schema.getColumns()) {
                leaves++;
                deepest = Math.max(deepest, column.getMaxRepetitionLevel());
            }
        }
        assertThat(deepest).isGreaterThanOrEqualTo(SchemaGenerator.MOST_NESTING);
        assertThat(leaves).isGreaterThan(900);
    }
}
