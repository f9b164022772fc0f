package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Footers and indexes that parse well and say something else than the data: each lie is found. */
class LyingFootersTest {
    private static final int TS_NS = 1;
    private static final int SOURCE = 2;
    private static final int WRITER = 3;
    private static final int PAYLOAD = 7;

    @TempDir
    Path directory;

    static Stream<Arguments> lies() {
        return Stream.of(
                lie(f -> meta(f, TS_NS).getStatistics().setMin_value(number(5)), "column ts_ns: statistics: min=5 but"),
                lie(f -> meta(f, TS_NS).getStatistics().setMax_value(number(7)), "column ts_ns: statistics: max=7 but"),
                lie(
                        f -> meta(f, TS_NS).getStatistics().setMax_value(new byte[3]),
                        "min or max is not a value of this type"),
                lie(
                        f -> meta(f, SOURCE).getStatistics().setNull_count(1),
                        "statistics: null count=1 but the data has 133"),
                lie(
                        f -> meta(f, WRITER).getStatistics().setMin_value(text("b")),
                        "min='b' but the data has 'abcdefghijk27'"),
                lie(f -> meta(f, PAYLOAD).getStatistics().setMax_value(text("a")), "column payload: statistics: max="),
                lie(
                        f -> meta(f, PAYLOAD).setTotal_uncompressed_size(9_999_999),
                        "uncompressed size: footer=9999999, data="),
                lie(
                        f -> meta(f, PAYLOAD).getEncoding_stats().get(0).setCount(9),
                        "data pages in the encoding statistics"),
                lie(f -> meta(f, TS_NS).getEncodings().removeIf(e -> e.name().startsWith("DELTA")), "does not list"),
                lie(
                        f -> meta(f, PAYLOAD).getSize_statistics().setUnencoded_byte_array_data_bytes(1),
                        "byte array bytes: footer=1, data="),
                lie(
                        f -> meta(f, SOURCE).getSize_statistics().setDefinition_level_histogram(List.of(4L, 5L)),
                        "definition level histogram=[4, 5] but the data has [133, 67]"),
                lie(f -> meta(f, PAYLOAD).setNum_values(199), "values=199, rows=200"),
                lie(f -> f.setNum_rows(5), "rows of the file and of its row groups differ: file=5, row groups=300"),
                lie(f -> meta(f, TS_NS).setData_page_offset(1L << 40), "column ts_ns is outside the pages"),
                lie(f -> meta(f, TS_NS).setData_page_offset(-5), "column ts_ns is outside the pages"),
                lie(f -> meta(f, TS_NS).setTotal_compressed_size(1L << 40), "column ts_ns is outside the pages"),
                lie(f -> meta(f, TS_NS).setTotal_compressed_size(-1), "a count or size is negative"),
                lie(f -> meta(f, TS_NS).getPath_in_schema().set(0, "x"), "the chunk is of column x"),
                lie(f -> chunk(f, TS_NS).setFile_path("/etc/passwd"), "is in another file: /etc/passwd"),
                lie(f -> f.getRow_groups().get(0).getColumns().remove(0), "column chunks=7, columns=8"),
                lie(f -> f.getRow_groups().get(1).setNum_rows(-1), "row count cannot be true: -1"),
                lie(
                        f -> f.getSchema().get(0).setNum_children(1 << 30),
                        "schema element 0 cannot have 1073741824 children"),
                lie(LyingFootersTest::nestDeeply, "schema is nested too deeply, limit=100"),
                lie(f -> chunk(f, TS_NS).setOffset_index_offset(1L << 40), "offset index is outside the file"),
                lie(f -> chunk(f, TS_NS).setColumn_index_length(-1), "column index is outside the file"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aLieInTheFooterIsFound(Consumer<FileMetaData> lie, String expected) throws Exception {
        Path file = new SampleSegments().write(directory);
        rewrite(file, lie);

        CommandRun run = CommandRun.of("verify", file);

        assertThat(run.out()).contains("error: [" + file + "] offset=").contains(expected);
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void aLieInTheColumnIndexIsFound() throws Exception {
        Path file = new SampleSegments().write(directory);
        rewriteIndex(file, bytes -> {
            ColumnIndex index = Util.readColumnIndex(new ByteArrayInputStream(bytes));
            index.getMax_values().set(1, ByteBuffer.wrap(number(3)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Util.writeColumnIndex(index, out);
            return out.toByteArray();
        });

        assertThat(CommandRun.of("verify", file).out()).contains("column ts_ns: column index, data page 1: max=3 but");
    }

    @Test
    void aLieInTheOffsetIndexIsFound() throws Exception {
        Path file = new SampleSegments().write(directory);
        rewriteOffsets(file, index -> index.getPage_locations().get(2).setFirst_row_index(99));

        assertThat(CommandRun.of("verify", file).out())
                .contains("column ts_ns: offset index, data page 2: ")
                .contains("first row=99 but the data has ");
    }

    private static void rewriteOffsets(Path file, Consumer<OffsetIndex> lie) throws Exception {
        rewrite(file, footer -> {
            try {
                ColumnChunk chunk = chunk(footer, TS_NS);
                byte[] all = Files.readAllBytes(file);
                OffsetIndex index = Util.readOffsetIndex(new ByteArrayInputStream(
                        all, (int) chunk.getOffset_index_offset(), chunk.getOffset_index_length()));
                lie.accept(index);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                Util.writeOffsetIndex(index, out);
                chunk.setOffset_index_offset(append(file, out.toByteArray()));
                chunk.setOffset_index_length(out.size());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void rewriteIndex(Path file, Rewrite lie) throws Exception {
        rewrite(file, footer -> {
            try {
                ColumnChunk chunk = chunk(footer, TS_NS);
                byte[] all = Files.readAllBytes(file);
                int from = (int) chunk.getColumn_index_offset();
                byte[] lying = lie.of(Arrays.copyOfRange(all, from, from + chunk.getColumn_index_length()));
                chunk.setColumn_index_offset(append(file, lying));
                chunk.setColumn_index_length(lying.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Puts bytes where the footer was; {@link #rewrite} then writes the new footer behind them. */
    private static long append(Path file, byte[] bytes) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int footer = footerOffset(all);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(all, 0, footer);
        out.write(bytes);
        out.write(new byte[8]);
        byte[] longer = out.toByteArray();
        ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(longer.length - 8, 0);
        Files.write(file, longer);
        return footer;
    }

    private static void rewrite(Path file, Consumer<FileMetaData> lie) throws Exception {
        byte[] before = Files.readAllBytes(file);
        int offset = footerOffset(before);
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(before, offset, before.length - offset));
        lie.accept(footer);
        byte[] pages = Files.readAllBytes(file);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(pages, 0, footerOffset(pages));
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        Util.writeFileMetaData(footer, stored);
        out.write(stored.toByteArray());
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(stored.size())
                .array());
        out.write(text("PAR1"));
        Files.write(file, out.toByteArray());
    }

    private static int footerOffset(byte[] file) {
        return file.length
                - 8
                - ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    }

    private static Arguments lie(Consumer<FileMetaData> lie, String expected) {
        return Arguments.of(lie, expected);
    }

    private static ColumnChunk chunk(FileMetaData footer, int column) {
        return footer.getRow_groups().get(0).getColumns().get(column);
    }

    private static ColumnMetaData meta(FileMetaData footer, int column) {
        return chunk(footer, column).getMeta_data();
    }

    private static void nestDeeply(FileMetaData footer) {
        for (int i = 0; i < 5000; i++) {
            SchemaElement group = new SchemaElement("g");
            group.setNum_children(1);
            group.setRepetition_type(FieldRepetitionType.REQUIRED);
            footer.getSchema().add(1, group);
        }
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** New bytes for an index. */
    interface Rewrite {
        byte[] of(byte[] index) throws IOException;
    }
}
