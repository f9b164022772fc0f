package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches of columns, into a file and back. */
class ColumnarWriterTest {
    private static final MessageType TRADE = MessageTypeParser.parseMessageType("message trade {"
            + " required int64 ts; optional int32 size; required binary symbol (STRING);"
            + " optional group legs (LIST) { repeated group list { optional double element; } } }");
    private static final int TS = 0;
    private static final int SIZE = 1;
    private static final int SYMBOL = 2;
    private static final int LEGS = 3;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("trades.parquet");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Three rows: legs [1.5, null, 2.5], none, and an empty list. */
    private static ColumnBatch three(ColumnBatch batch) {
        return batch.rows(3)
                .longs(TS, 10, 11, 12)
                .ints(SIZE, 7, 9)
                .definitionLevels(SIZE, new byte[] {1, 0, 1})
                .binary(SYMBOL, utf8("AAbCCC"), 0, 2, 3, 6)
                .doubles(LEGS, 1.5, 2.5)
                .definitionLevels(LEGS, new byte[] {3, 2, 3, 0, 1})
                .repetitionLevels(LEGS, new byte[] {0, 1, 1, 0, 0});
    }

    private static String text(Group row) {
        return row.toString().replaceAll("\\s+", " ").trim();
    }

    @Test
    void aBatchComesBackFromParquetJavaAndFromDuckDb() throws Exception {
        try (ColumnarWriter writer = ColumnarWriter.builder(file(), TRADE)
                .metadata("made.by", "a test")
                .build()) {
            writer.write(three(writer.batch()));
            assertThat(file()).doesNotExist();
        }
        assertThat(Segments.rows(file()).stream().map(ColumnarWriterTest::text))
                .containsExactly(
                        "ts: 10 size: 7 symbol: AA legs list element: 1.5 list list element: 2.5",
                        "ts: 11 symbol: b",
                        "ts: 12 size: 9 symbol: CCC legs");
        assertThat(Duck.query(folder, "select ts, size, symbol, legs::varchar from {} order by ts"))
                .hasToString("[[10, 7, AA, [1.5, NULL, 2.5]], [11, null, b, null], [12, 9, CCC, []]]");
        assertThat(Segments.footer(file()).getFileMetaData().getKeyValueMetaData())
                .containsEntry("made.by", "a test");
        assertOnlyTheFile();
    }

    private void assertOnlyTheFile() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, UNCOMPRESSED", "2, UNCOMPRESSED", "1, ZSTD", "2, ZSTD", "2, SNAPPY", "2, GZIP", "2, LZ4_RAW"})
    void batchesAreCutIntoRowGroupsAndPagesWhereverTheyBegin(int pageVersion, Codec codec) throws Exception {
        Random random = new Random(7);
        long sum = 0;
        int elements = 0;
        int rows = 0;
        try (ColumnarWriter writer = ColumnarWriter.builder(file(), TRADE)
                .codec(codec)
                .pageVersion(pageVersion)
                .rowGroupRows(1_000)
                .pageBytes(1_024)
                .column("symbol", ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.PLAIN))
                .build()) {
            ColumnBatch batch = writer.batch();
            for (int n : new int[] {1, 999, 1, 2_500, 77, 0, 1_422}) {
                long[] ts = random.longs(n, 0, 1_000).toArray();
                sum += Arrays.stream(ts).sum();
                byte[] definition = new byte[n];
                int[] sizes = new int[n];
                int values = 0;
                for (int i = 0; i < n; i++) {
                    definition[i] = (byte) random.nextInt(2);
                    values += definition[i];
                }
                int[] offsets = new int[n + 1];
                for (int i = 0; i < n; i++) {
                    offsets[i + 1] = offsets[i] + random.nextInt(40);
                }
                byte[] text = new byte[offsets[n]];
                Arrays.fill(text, (byte) 'x');
                byte[] legsRepetition = new byte[3 * n];
                byte[] legsDefinition = new byte[3 * n];
                for (int i = 0; i < 3 * n; i++) {
                    legsRepetition[i] = (byte) (i % 3 == 0 ? 0 : 1);
                    legsDefinition[i] = 3;
                }
                elements += 3 * n;
                rows += n;
                writer.write(batch.rows(n)
                        .longs(TS, ts)
                        .ints(SIZE, sizes, values)
                        .definitionLevels(SIZE, definition)
                        .binary(SYMBOL, ByteBuffer.wrap(text), offsets)
                        .doubles(LEGS, new double[3 * n])
                        .repetitionLevels(LEGS, legsRepetition)
                        .definitionLevels(LEGS, legsDefinition));
            }
            assertThat(writer.rows()).isEqualTo(rows);
        }
        assertThat(Segments.footer(file()).getBlocks())
                .extracting(b -> b.getRowCount())
                .containsExactly(1_000L, 1_000L, 1_000L, 1_000L, 1_000L);
        assertThat(Segments.rows(file()).stream()
                        .mapToLong(r -> r.getLong("ts", 0))
                        .sum())
                .isEqualTo(sum);
        assertThat(Duck.query(folder, "select count(*), sum(ts), sum(len(legs)) from {}"))
                .hasToString("[[" + rows + ", " + sum + ", " + elements + "]]");
    }

    @Test
    void aBadBatchNamesColumnAndIndexAndLeavesNothing() throws Exception {
        try (ColumnarWriter writer = ColumnarWriter.create(file(), TRADE)) {
            ColumnBatch batch = writer.batch();
            writer.write(three(batch));
            refused(writer, three(batch).longs(TS, 1, 2), "column ts: values=2, expected=3");
            refused(writer, three(batch).ints(SIZE, 7), "column size: values=1, expected=2");
            refused(
                    writer,
                    three(batch).definitionLevels(SIZE, new byte[] {1, 2, 0}),
                    "column size: definition level at index=1 is 2, allowed=0 to 1");
            refused(
                    writer,
                    three(batch).definitionLevels(SIZE, new byte[] {1, 0}),
                    "column size: definition levels=2, expected=3");
            refused(
                    writer,
                    three(batch).repetitionLevels(LEGS, new byte[] {1, 1, 1, 0, 0}),
                    "column legs.list.element: repetition level at index=0 is 1, but a row begins with 0");
            refused(
                    writer,
                    three(batch).repetitionLevels(LEGS, new byte[] {0, 1, 1, 1, 0}),
                    "column legs.list.element: rows that its repetition levels begin=2, expected=3");
            refused(
                    writer,
                    three(batch).repetitionLevels(LEGS, new byte[] {0, 1, -1, 0, 0}),
                    "column legs.list.element: repetition level at index=2 is -1, allowed=0 to 1");
            refused(
                    writer,
                    three(batch).binary(SYMBOL, utf8("AAbCCC"), 0, 2, 1, 6),
                    "column symbol: offsets at index=1 are 2 to 1, bytes=6");
            refused(
                    writer,
                    three(batch).binary(SYMBOL, utf8("AAbCCC"), 0, 2, 3, 7),
                    "column symbol: offsets at index=2 are 3 to 7, bytes=6");
            refused(
                    writer,
                    three(batch).binary(SYMBOL, new byte[] {'a', 'b', (byte) 0xff}, 0, 1, 2, 3),
                    "column symbol: value at index=2: invalid UTF-8");
            refused(
                    writer,
                    three(batch).definitionLevels(TS, new byte[3]),
                    "column ts: it has no definition levels, but some are given");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> batch.rows(1).ints(TS, 1))
                    .withMessageContaining("column ts: it is of INT64, and not of INT32");
            writer.write(three(batch));
        }
        assertThat(Segments.rows(file()).stream().mapToLong(r -> r.getLong("ts", 0)))
                .containsExactly(10L, 11L, 12L, 10L, 11L, 12L);
    }

    private static void refused(ColumnarWriter writer, ColumnBatch batch, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.write(batch))
                .withMessageContaining(message);
    }

    @Test
    void columnsOfOneGroupHaveToAgreeOnIt() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("message m { optional group g {"
                + " repeated group r { required int32 a; optional int32 b; repeated int32 c; } } }");
        try (ColumnarWriter writer = ColumnarWriter.create(file(), schema)) {
            ColumnBatch good = writer.batch()
                    .rows(2)
                    .ints(0, 1, 2)
                    .definitionLevels(0, new byte[] {2, 2, 0})
                    .repetitionLevels(0, new byte[] {0, 1, 0})
                    .ints(1, 3)
                    .definitionLevels(1, new byte[] {3, 2, 0})
                    .repetitionLevels(1, new byte[] {0, 1, 0})
                    .ints(2, 4, 5)
                    .definitionLevels(2, new byte[] {3, 3, 2, 0})
                    .repetitionLevels(2, new byte[] {0, 2, 1, 0});
            writer.write(good);
            // One element more in b than in a.
            refused(
                    writer,
                    good.definitionLevels(1, new byte[] {3, 2, 2, 0}).repetitionLevels(1, new byte[] {0, 1, 1, 0}),
                    "column g.r.b: levels at index=2 disagree with those of column g.r.a at index=2");
            // The group is there by b, and not by a.
            refused(
                    writer,
                    good.definitionLevels(1, new byte[] {3, 2, 1}).repetitionLevels(1, new byte[] {0, 1, 0}),
                    "column g.r.b: levels at index=2 disagree with those of column g.r.a at index=2");
        }
        assertThat(Segments.rows(file())).hasSize(2);
    }

    @Test
    void schemasThatCannotBeWrittenAreRefusedBeforeThereIsAFile() {
        for (String[] bad : new String[][] {
            {"message m { }", "a schema without fields"},
            {"message m { required group g { } }", "field=g: a group without fields"},
            {"message m { required int32 a; required int32 A; }", "field=A: its name is there twice"},
            {"message m { required int32 a = 5; required int32 b = 5; }", "field=b: field id 5 is that of a as well"},
            {
                "message m { optional group g (MAP) { repeated group key_value { optional int32 key; } } }",
                "field=g: the key of a MAP is required"
            },
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ColumnarWriter.create(file(), MessageTypeParser.parseMessageType(bad[0])))
                    .withMessageContaining(bad[1]);
        }
        StringBuilder deep = new StringBuilder("message m { ");
        for (int i = 0; i < 32; i++) {
            deep.append("optional group g").append(i).append(" { ");
        }
        deep.append("required int32 leaf; ").append("} ".repeat(32)).append("}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnarWriter.create(file(), MessageTypeParser.parseMessageType(deep.toString())))
                .withMessageContaining("nested deeper than 32");
        assertThat(file()).doesNotExist();
    }

    @Test
    void wrongOptionsAreRefusedBeforeThereIsAFile() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnarWriter.builder(file(), TRADE)
                        .column("price", ColumnOptions.DEFAULT)
                        .build())
                .withMessageContaining("no such column: path=price");
        assertThatIllegalArgumentException().isThrownBy(() -> ColumnarWriter.builder(file(), TRADE)
                .column("ts", ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.DELTA_BYTE_ARRAY))
                .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnarWriter.builder(file(), TRADE).pageVersion(3))
                .withMessage("invalid configuration: key=page-version, value=3, allowed=1 to 2");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsThereIsNeverReplaced() throws Exception {
        Files.writeString(file(), "mine");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> ColumnarWriter.create(file(), TRADE));
        Files.delete(file());
        ColumnarWriter writer = ColumnarWriter.create(file(), TRADE);
        writer.write(three(writer.batch()));
        Files.writeString(file(), "mine");
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(writer::close);
        assertThat(file()).hasContent("mine");
        assertOnlyTheFile();
    }

    @Test
    void aMissingDirectoryIsSaidAtOnceAndAbortLeavesNothing() throws Exception {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> ColumnarWriter.create(folder.resolve("no/such.parquet"), TRADE));
        ColumnarWriter writer = ColumnarWriter.create(file(), TRADE);
        writer.write(three(writer.batch()));
        writer.abort();
        writer.close();
        assertThat(folder).isEmptyDirectory();
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.write(three(writer.batch())))
                .withMessageEndingWith("the writer is closed");
    }

    @Test
    void noRowsAreAFileToo() throws Exception {
        ColumnarWriter.create(file(), TRADE).close();
        assertThat(Segments.rows(file())).isEmpty();
        assertThat(Duck.number(folder, "select count(*) from {}")).isZero();
    }

    @Test
    void fieldIdsAreThoseGivenOrMadeOfThePath() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message m { required int32 a = 7; optional group g { required int32 b; } }");
        ColumnarWriter.create(file(), schema).close();
        MessageType written = Segments.footer(file()).getFileMetaData().getSchema();
        assertThat(List.of(
                        written.getType("a").getId().intValue(),
                        written.getType("g").getId().intValue(),
                        written.getType("g", "b").getId().intValue()))
                // 2^30 | (crc32c(path) & 2^29 - 1), by another implementation
                .isEqualTo(List.of(7, 1_198_630_104, 1_494_757_059));
    }

    /** "Names" is a list; a further element of a list that is null, or empty, is no row that any reader knows. */
    @Test
    void aListThatIsNotThereHasNoFurtherElement() throws Exception {
        try (ColumnarWriter writer = ColumnarWriter.create(file(), TRADE)) {
            ColumnBatch batch = writer.batch();
            for (byte[] definition : new byte[][] {{3, 0, 3, 3, 3}, {3, 3, 1, 3, 3}, {1, 3, 3, 3, 3}}) {
                three(batch)
                        .doubles(LEGS, 1, 2, 3, 4)
                        .definitionLevels(LEGS, definition)
                        .repetitionLevels(LEGS, new byte[] {0, 1, 1, 0, 0});
                refused(writer, batch, "a further element of a list");
            }
            writer.write(three(batch));
        }
        assertThat(Segments.rows(file())).hasSize(3);
    }

    @Test
    void textIsRepairedWhereTheColumnSaysSo() throws Exception {
        byte[] bytes = {'a', (byte) 0xff, 'b', 'c', (byte) 0xc3};
        try (ColumnarWriter writer = ColumnarWriter.builder(file(), TRADE)
                .column("symbol", ColumnOptions.DEFAULT.withRepair(true))
                .build()) {
            writer.write(three(writer.batch()).binary(SYMBOL, bytes, 0, 3, 4, 5));
        }
        assertThat(bytes).containsExactly('a', 0xff, 'b', 'c', 0xc3);
        assertThat(Duck.query(folder, "select symbol from {} order by ts")).hasToString("[[a\uFFFDb], [c], [\uFFFD]]");
    }

    @Test
    void aValueOfAHundredMegabytesHasAPageOfItsOwn() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary blob; }");
        byte[] large = new byte[100 << 20];
        new Random(1).nextBytes(large);
        try (ColumnarWriter writer =
                ColumnarWriter.builder(file(), schema).codec(Codec.LZ4_RAW).build()) {
            writer.write(writer.batch().rows(2).binary(0, large, 0, 1, large.length));
            writer.write(writer.batch().rows(1).binary(0, large, 0, 3));
        }
        List<Group> rows = Segments.rows(file());
        assertThat(rows).hasSize(3);
        assertThat(Arrays.equals(rows.get(1).getBinary(0, 0).getBytes(), Arrays.copyOfRange(large, 1, large.length)))
                .isTrue();
        assertThat(Duck.query(folder, "select sum(octet_length(blob)) from {}"))
                .hasToString("[[" + (large.length + 3) + "]]");
    }

    @Test
    void tenThousandColumnsAreTheMostThereMayBe() throws Exception {
        StringBuilder text = new StringBuilder("message wide { ");
        for (int i = 0; i < 10_000; i++) {
            text.append("optional int32 c").append(i).append("; ");
        }
        MessageType schema = MessageTypeParser.parseMessageType(text + "}");
        try (ColumnarWriter writer = ColumnarWriter.create(file(), schema)) {
            ColumnBatch batch = writer.batch().rows(3);
            for (int i = 0; i < 10_000; i++) {
                batch.ints(i, i, -i).definitionLevels(i, new byte[] {1, 0, 1});
            }
            writer.write(batch);
            assertThat(writer.memoryBytes()).isLessThan(200 << 20);
        }
        assertThat(Duck.query(folder, "select c0, c9999, c5000 from {}"))
                .hasToString("[[0, 9999, 5000], [null, null, null], [0, -9999, -5000]]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnarWriter.create(
                        folder.resolve("more"), MessageTypeParser.parseMessageType(text + "optional int32 more; }")))
                .withMessageContaining("columns=10001, at most 10000");
    }

    /** Chunks grow by doubling, and a page is open beside them: 2.5 times the row group covers it. */
    @ParameterizedTest
    @CsvSource({"PLAIN, UNCOMPRESSED", "PLAIN, ZSTD", "AUTO, UNCOMPRESSED", "AUTO, ZSTD"})
    void memoryIsAtMostTwoAndAHalfRowGroups(ColumnEncoding encoding, Codec codec) throws Exception {
        int rows = 10_000;
        int rowGroupBytes = 8 << 20;
        Random random = new Random(3);
        ColumnOptions options = ColumnOptions.DEFAULT.withEncoding(encoding);
        long most = 0;
        try (ColumnarWriter writer = ColumnarWriter.builder(file(), TRADE)
                .codec(codec)
                .rowGroupBytes(rowGroupBytes)
                .column("ts", options)
                .column("symbol", options)
                .column("legs.list.element", options)
                .build()) {
            ColumnBatch batch = writer.batch();
            byte[] all = new byte[rows];
            byte[] legs = new byte[rows];
            Arrays.fill(all, (byte) 1);
            Arrays.fill(legs, (byte) 3);
            byte[] text = new byte[40 * rows];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) (' ' + random.nextInt(90));
            }
            int[] offsets = new int[rows + 1];
            Arrays.setAll(offsets, i -> 40 * i);
            for (int i = 0; i < 60; i++) {
                writer.write(batch.rows(rows)
                        .longs(TS, random.longs(rows).toArray())
                        .ints(SIZE, random.ints(rows).toArray())
                        .definitionLevels(SIZE, all)
                        .binary(SYMBOL, text, offsets)
                        .doubles(LEGS, random.doubles(rows).toArray())
                        .definitionLevels(LEGS, legs)
                        .repetitionLevels(LEGS, new byte[rows]));
                most = Math.max(most, writer.memoryBytes());
            }
        }
        assertThat(Segments.footer(file()).getBlocks()).hasSizeGreaterThan(3);
        assertThat(most).isBetween(rowGroupBytes / 4L, rowGroupBytes * 5L / 2);
    }

    /** A hundred large rows in front of many small ones: cut by the average, the first row group would be 100 MB. */
    @Test
    void rowGroupsAreCutByWhatTheirRowsAre() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary b; }");
        int rowGroupBytes = 4 << 20;
        int[] offsets = new int[5_001];
        for (int i = 0; i < 5_000; i++) {
            offsets[i + 1] = offsets[i] + (i < 40 ? 1 << 20 : 10);
        }
        try (ColumnarWriter writer = ColumnarWriter.builder(file(), schema)
                .codec(Codec.UNCOMPRESSED)
                .rowGroupBytes(rowGroupBytes)
                .build()) {
            writer.write(writer.batch().rows(5_000).binary(0, new byte[offsets[5_000]], offsets));
            assertThat(writer.memoryBytes()).isLessThan(rowGroupBytes * 5L / 2);
        }
        assertThat(Segments.footer(file()).getBlocks())
                .hasSizeGreaterThan(10)
                .allSatisfy(b -> assertThat(b.getTotalByteSize()).isLessThan(rowGroupBytes + 200_000));
        assertThat(Duck.query(folder, "select count(*), sum(octet_length(b)) from {}"))
                .hasToString("[[5000, " + offsets[5_000] + "]]");
    }

    @Test
    void aBatchOfAnotherWriterIsRefused() throws Exception {
        MessageType required = MessageTypeParser.parseMessageType("message m { required int32 a; }");
        MessageType optional = MessageTypeParser.parseMessageType("message m { optional int32 a; }");
        try (ColumnarWriter one = ColumnarWriter.create(folder.resolve("one"), required);
                ColumnarWriter two = ColumnarWriter.create(file(), optional)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> two.write(one.batch().rows(1).ints(0, 1)))
                    .withMessageContaining("a batch of another writer");
            two.write(two.batch().rows(1).ints(0, 1).definitionLevels(0, new byte[] {1}));
        }
        assertThat(Segments.rows(file())).hasSize(1);
    }

    @Test
    void typesThatLoseTheirValuesAreRefused() throws Exception {
        for (String field : new String[] {
            "optional int32 a (UNKNOWN)",
            "required fixed_len_byte_array(12) a (INTERVAL)",
            "optional group a (LIST) { repeated int32 element; }"
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ColumnarWriter.create(
                            file(),
                            MessageTypeParser.parseMessageType(
                                    "message m { " + field + (field.endsWith("}") ? " }" : "; }"))))
                    .withMessageContaining("cannot write this schema: field=a");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnarWriter.builder(file(), TRADE)
                        .codecLevel(19)
                        .codec(Codec.GZIP)
                        .build())
                .withMessageContaining("codec-level");
        assertThat(folder).isEmptyDirectory();
    }

    /** Bounds that are cut are still above and below, are text where the values are, and none is cut of fixed values. */
    @Test
    void boundsOfLongValuesHold() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message m { required binary raw; required binary text (STRING); required fixed_len_byte_array(100) f; }");
        byte[] raw = new byte[72 + 73];
        Arrays.fill(raw, (byte) 0xff);
        byte[] text = utf8("a" + "\u00e9".repeat(60) + "a" + "\u20ac".repeat(60));
        try (ColumnarWriter writer = ColumnarWriter.create(file(), schema)) {
            writer.write(writer.batch()
                    .rows(2)
                    .binary(0, raw, 0, 72, 145)
                    .binary(1, text, 0, 121, text.length)
                    .fixed(2, new byte[200]));
        }
        var columns = Segments.footer(file()).getBlocks().get(0).getColumns();
        assertThat(columns.get(0).getStatistics().hasNonNullValue()).isFalse();
        for (byte[] bound : new byte[][] {
            columns.get(1).getStatistics().getMinBytes(),
            columns.get(1).getStatistics().getMaxBytes()
        }) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bound));
        }
        assertThat(columns.get(2).getStatistics().hasNonNullValue()).isFalse();
        assertThat(Duck.number(folder, "select count(*) from {} where text < 'b' and text > 'a'"))
                .isEqualTo(2);
    }

    /** A dictionary that is hopeless must not have cost a table for each of many columns. */
    @Test
    void manyColumnsOfNumbersStayWithinTheirMemory() throws Exception {
        StringBuilder fields = new StringBuilder("message m { ");
        for (int i = 0; i < 100; i++) {
            fields.append("required int32 c").append(i).append("; ");
        }
        int rowGroupBytes = 8 << 20;
        Random random = new Random(5);
        try (ColumnarWriter writer = ColumnarWriter.builder(file(), MessageTypeParser.parseMessageType(fields + "}"))
                .rowGroupBytes(rowGroupBytes)
                .build()) {
            ColumnBatch batch = writer.batch();
            for (int i = 0; i < 3; i++) {
                batch.rows(20_000);
                for (int c = 0; c < 100; c++) {
                    batch.ints(c, random.ints(20_000, 0, 262_000).toArray());
                }
                writer.write(batch);
            }
            assertThat(writer.memoryBytes()).isLessThan(rowGroupBytes * 4L);
        }
    }

    /** A power cut takes a name that is only in the directory's cache. */
    @Test
    void forceReachesTheDirectoryAfterTheFile() throws Exception {
        Path events = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withThreshold(Duration.ZERO);
            recording.start();
            try (ColumnarWriter writer =
                    ColumnarWriter.builder(file(), TRADE).force(true).build()) {
                writer.write(three(writer.batch()));
            }
            recording.stop();
            recording.dump(events);
        }
        assertThat(RecordingFile.readAllEvents(events).stream()
                        .map(event -> String.valueOf(event.getString("path")))
                        .filter(path -> path.startsWith(folder.toString())))
                .hasSize(2)
                .last()
                .isEqualTo(folder.toString());
    }
}
