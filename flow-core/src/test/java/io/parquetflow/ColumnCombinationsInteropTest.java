package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.testing.ColumnChoice;
import io.parquetflow.testing.ColumnarFile;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.LeafForm;
import io.parquetflow.testing.LeafKind;
import io.parquetflow.testing.Readers;
import io.parquetflow.testing.Sample;
import io.parquetflow.testing.Segments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kind of leaf x form around it x encoding x codec x page version: every kind in every form with every encoding, codecs
 * and page versions taking turns, so that every legal pair of choices is there. Read back by parquet-java of today and
 * of years ago and by DuckDB; every claim of the files is checked against what was written.
 */
@Tag("files")
class ColumnCombinationsInteropTest {
    private static final int ROWS = 130;

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

    /** What one file holds: all kinds that there are for a form and an encoding. */
    record FileOfKinds(LeafForm form, ColumnEncoding encoding, List<ColumnChoice> columns) {
        @Override
        public String toString() {
            return form + ", " + encoding + ", V" + pageVersion() + ", kinds=" + columns.size();
        }

        int pageVersion() {
            return columns.get(0).pageVersion();
        }

        MessageType schema() {
            return new MessageType(
                    "row",
                    columns.stream()
                            .map(c -> form.field(c.kind(), c.kind().name()))
                            .toList());
        }
    }

    static Stream<FileOfKinds> files() {
        Map<List<Object>, List<ColumnChoice>> byFile = ColumnChoice.all().stream()
                .collect(Collectors.groupingBy(
                        c -> List.of(c.form(), c.encoding(), isReadByDuck(c)),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return byFile.values().stream()
                .map(columns ->
                        new FileOfKinds(columns.get(0).form(), columns.get(0).encoding(), columns));
    }

    /** What DuckDB refuses is in files of its own, so that it can be asked about all the rest. */
    private static boolean isReadByDuck(ColumnChoice column) {
        return switch (column.encoding()) {
            case AUTO, DICTIONARY -> Duck.KINDS.contains(column.kind());
            default ->
                Duck.reads(column.kind(), Encoding.valueOf(column.encoding().name()));
        };
    }

    @Test
    void everyLegalPairOfChoicesIsThere() {
        Set<List<Object>> pairs = new HashSet<>();
        for (ColumnChoice column : ColumnChoice.all()) {
            List<Object> choices = column.choices();
            for (int i = 0; i < choices.size(); i++) {
                for (int j = i + 1; j < choices.size(); j++) {
                    pairs.add(List.of(i, choices.get(i), j, choices.get(j)));
                }
            }
        }
        List<List<?>> all = List.of(
                List.of(LeafKind.values()),
                List.of(LeafForm.values()),
                List.of(ColumnEncoding.values()),
                List.of(Codec.values()),
                List.of(1, 2));
        List<List<Object>> missing = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                for (Object a : all.get(i)) {
                    for (Object b : all.get(j)) {
                        boolean legal = !(a instanceof LeafKind kind && b instanceof ColumnEncoding encoding)
                                || ColumnChoice.encodings(kind).contains(encoding);
                        if (legal && !pairs.contains(List.of(i, a, j, b))) {
                            missing.add(List.of(a, b));
                        }
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(pairs).hasSizeGreaterThan(1_000);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyReaderSeesWhatWasWritten(FileOfKinds kinds) throws Exception {
        Path file = directory.resolve("columns.parquet");
        Sample sample = Sample.draw(kinds.schema(), new Random(kinds.toString().hashCode()), ROWS);
        ColumnarWriterBuilder builder = ColumnarWriter.builder(file, sample.schema())
                .pageVersion(kinds.pageVersion())
                .pageRows(20)
                .rowGroupRows(60);
        for (int c = 0; c < sample.schema().getColumns().size(); c++) {
            String path = String.join(".", sample.schema().getColumns().get(c).getPath());
            for (ColumnChoice choice : kinds.columns()) {
                boolean own = path.equals(choice.kind().name())
                        || path.startsWith(choice.kind().name() + ".");
                if (own && isOfKind(sample, c, choice.kind())) {
                    builder.column(path, new ColumnOptions(choice.encoding(), false, choice.codec(), false));
                }
            }
        }
        try (ColumnarWriter writer = builder.build()) {
            ColumnarFile.write(writer, sample, 33);
        }
        readers.check(kinds.toString(), file, sample);
        // it was asked, unless it refuses what was asked for: AUTO never chooses what it refuses
        assertThat(Duck.reads(file)).isEqualTo(isReadByDuck(kinds.columns().get(0)));
        for (BlockMetaData block : Segments.footer(file).getBlocks()) {
            assertThat(block.getRowCount()).isLessThanOrEqualTo(60);
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                checkChoices(kinds, chunk);
            }
        }
    }

    private static boolean isOfKind(Sample sample, int column, LeafKind kind) {
        return LeafKind.of(sample.schema().getColumns().get(column).getPrimitiveType()) == kind;
    }

    private static void checkChoices(FileOfKinds kinds, ColumnChunkMetaData chunk) {
        LeafKind kind = LeafKind.of(chunk.getPrimitiveType());
        for (ColumnChoice choice : kinds.columns()) {
            if (choice.kind() == kind && chunk.getPath().toArray()[0].equals(kind.name())) {
                assertThat(chunk.getCodec().name()).isEqualTo(choice.codec().name());
                EncodingStats stats = chunk.getEncodingStats();
                assertThat(stats.usesV2Pages()).isEqualTo(choice.pageVersion() == 2);
                assertThat(stats.getDataEncodings()).as("%s", chunk).isSubsetOf(allowed(choice.encoding()));
                assertThat(stats.hasDictionaryEncodedPages())
                        .as("%s", chunk)
                        .isEqualTo(stats.getDataEncodings().contains(Encoding.RLE_DICTIONARY));
            }
        }
    }

    /** Where a dictionary does not pay, and a column of nulls never had one to begin with, it is PLAIN. */
    private static Set<Encoding> allowed(ColumnEncoding encoding) {
        return switch (encoding) {
            case AUTO -> Set.of(Encoding.values());
            case DICTIONARY -> Set.of(Encoding.RLE_DICTIONARY, Encoding.PLAIN);
            default -> Set.of(Encoding.valueOf(encoding.name()));
        };
    }

    /** Many values in large pages, under every encoding side by side, so that all must agree. */
    @ParameterizedTest
    @EnumSource(LeafKind.class)
    void manyValuesOfAKindUnderEveryEncoding(LeafKind kind) throws Exception {
        Path file = directory.resolve("many.parquet");
        LeafForm[] forms = {LeafForm.REQUIRED_FIELD, LeafForm.OPTIONAL_FIELD, LeafForm.LIST};
        List<Type> fields = new ArrayList<>();
        for (ColumnEncoding encoding : ColumnChoice.encodings(kind)) {
            fields.add(forms[fields.size() % forms.length].field(kind, encoding.name()));
        }
        // DuckDB's driver fails on more than 2,048 of these in lists: Vector::SetSize out of range
        int rows = kind == LeafKind.TIMESTAMP_NANOS ? 700 : 3_000;
        Sample sample = Sample.draw(
                new MessageType("row", fields), new Random(kind.name().hashCode()), rows);
        ColumnarWriterBuilder builder =
                ColumnarWriter.builder(file, sample.schema()).pageBytes(16 << 10);
        for (var column : sample.schema().getColumns()) {
            builder.column(
                    String.join(".", column.getPath()),
                    ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.valueOf(column.getPath()[0])));
        }
        try (ColumnarWriter writer = builder.build()) {
            ColumnarFile.write(writer, sample, 1_100);
        }
        readers.check(kind.toString(), file, sample);
    }
}
