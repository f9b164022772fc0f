package io.parquetflow;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.testing.ColumnChoice;
import io.parquetflow.testing.ColumnarFile;
import io.parquetflow.testing.LeafForm;
import io.parquetflow.testing.LeafKind;
import io.parquetflow.testing.Readers;
import io.parquetflow.testing.Sample;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.schema.DecimalMetadata;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.OriginalType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be written is refused before any of it is, and the error says where to look. */
class BadColumnsTest {
    @TempDir
    Path directory;

    /** A schema, and what its refusal must say. */
    record BadSchema(MessageType schema, List<String> says) {
        BadSchema(MessageType schema, String... says) {
            this(schema, List.of(says));
        }

        @Override
        public String toString() {
            return says.toString();
        }
    }

    private static MessageType schema(Type... fields) {
        return new MessageType("row", fields);
    }

    private static GroupType nested(int groups) {
        GroupType type = new GroupType(Repetition.OPTIONAL, "g", LeafKind.INT32.type(Repetition.REQUIRED, "leaf"));
        for (int i = 1; i < groups; i++) {
            type = new GroupType(Repetition.OPTIONAL, "g", type);
        }
        return type;
    }

    /** Without the rules of parquet-java's builders. */
    @SuppressWarnings("deprecation")
    private static PrimitiveType decimal(PrimitiveTypeName carrier, int length, int precision) {
        return new PrimitiveType(
                Repetition.REQUIRED,
                carrier,
                length,
                "price",
                OriginalType.DECIMAL,
                new DecimalMetadata(precision, 2),
                null);
    }

    static Stream<BadSchema> badSchemas() {
        PrimitiveType leaf = LeafKind.INT32.type(Repetition.REQUIRED, "a");
        Type value = LeafKind.INT32.type(Repetition.OPTIONAL, "value");
        return Stream.of(
                new BadSchema(schema(), "without fields"),
                new BadSchema(schema(leaf, new GroupType(Repetition.REQUIRED, "b")), "field=b", "without fields"),
                new BadSchema(schema(leaf, LeafKind.INT32.type(Repetition.REQUIRED, "A")), "field=A", "twice"),
                new BadSchema(
                        schema(Types.optionalMap()
                                .key(LeafKind.STRING.type(Repetition.OPTIONAL, "key"))
                                .value(value)
                                .named("m")),
                        "field=m",
                        "key"),
                new BadSchema(schema(nested(33)), "nested deeper than 32"),
                new BadSchema(schema(decimal(PrimitiveTypeName.INT32, 0, 10)), "field=price", "INT32", "9 digits"),
                new BadSchema(schema(decimal(PrimitiveTypeName.INT64, 0, 19)), "field=price", "INT64", "18 digits"),
                new BadSchema(schema(decimal(FIXED_LEN_BYTE_ARRAY, 4, 10)), "field=price", "9 digits"),
                new BadSchema(schema(leaf, new GroupType(Repetition.REPEATED, "b")), "field=b"));
    }

    @ParameterizedTest
    @MethodSource("badSchemas")
    void aSchemaThatCannotBeWrittenIsRefusedWithItsField(BadSchema bad) {
        Path file = directory.resolve("bad.parquet");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ColumnarWriter.create(file, bad.schema()))
                .satisfies(e -> assertThat(e).hasMessageContainingAll(bad.says().toArray(CharSequence[]::new)));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void schemasAtTheLimitAreWritten() throws Exception {
        Sample sample = Sample.draw(schema(nested(31)), new Random(1), 100);
        Path file = directory.resolve("deep.parquet");
        try (ColumnarWriter writer = ColumnarWriter.create(file, sample.schema())) {
            ColumnarFile.write(writer, sample, 40);
        }
        try (Readers readers = Readers.start()) {
            readers.check("deep", file, sample);
        }
    }

    @Test
    void anEncodingThatATypeCannotHaveIsRefused() {
        Path file = directory.resolve("bad.parquet");
        for (LeafKind kind : LeafKind.values()) {
            for (ColumnEncoding encoding : ColumnEncoding.values()) {
                if (!ColumnChoice.encodings(kind).contains(encoding)) {
                    assertThatIllegalArgumentException()
                            .as("%s, %s", kind, encoding)
                            .isThrownBy(
                                    () -> ColumnarWriter.builder(file, schema(kind.type(Repetition.REQUIRED, "price")))
                                            .column("price", ColumnOptions.DEFAULT.withEncoding(encoding))
                                            .build())
                            .withMessageContaining("price")
                            .withMessageContaining(encoding.name());
                }
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    /** What is done to a batch of three good rows, and what the refusal must say. */
    record BadBatch(String label, Consumer<ColumnBatch> harm, List<String> says) {
        BadBatch(String label, Consumer<ColumnBatch> harm, String... says) {
            this(label, harm, List.of(says));
        }

        @Override
        public String toString() {
            return label;
        }
    }

    private static final MessageType SCHEMA = schema(
            LeafKind.INT32.type(Repetition.OPTIONAL, "number"),
            LeafForm.LIST.field(LeafKind.STRING, "names"),
            LeafKind.INT8.type(Repetition.REQUIRED, "small"),
            LeafKind.DECIMAL_BYTE_ARRAY.type(Repetition.REQUIRED, "price"),
            LeafKind.UUID.type(Repetition.REQUIRED, "id"));

    private static byte[] levels(int... levels) {
        byte[] bytes = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) {
            bytes[i] = (byte) levels[i];
        }
        return bytes;
    }

    /** Three rows: numbers 7, null, 8; names [x, null], null, []. */
    private static ColumnBatch good(ColumnBatch batch) {
        return batch.rows(3)
                .definitionLevels(0, levels(1, 0, 1))
                .ints(0, 7, 8)
                .repetitionLevels(1, levels(0, 1, 0, 0))
                .definitionLevels(1, levels(3, 2, 0, 1))
                .binary(1, "x".getBytes(StandardCharsets.US_ASCII), 0, 1)
                .ints(2, 1, 2, 3)
                .binary(3, new byte[] {1, 2, 3}, 0, 1, 2, 3)
                .fixed(4, new byte[48]);
    }

    static Stream<BadBatch> badBatches() {
        byte[] tooPrecise = new byte[17];
        tooPrecise[0] = 0x7f;
        return Stream.of(
                new BadBatch("a value too many", b -> b.ints(0, 7, 8, 9), "number", "values=3", "expected=2"),
                new BadBatch("a value too few", b -> b.ints(2, 1, 2), "small", "values=2", "expected=3"),
                new BadBatch("a level too high", b -> b.definitionLevels(0, levels(1, 2, 1)), "number", "index=1"),
                new BadBatch("a level below zero", b -> b.definitionLevels(0, levels(1, -1, 1)), "number", "index=1"),
                new BadBatch("levels missing", b -> b.definitionLevels(0, levels(1, 0)), "number", "levels=2"),
                new BadBatch("levels nobody needs", b -> b.definitionLevels(2, levels(0, 0, 0)), "small"),
                new BadBatch(
                        "a row that begins in the middle",
                        b -> b.repetitionLevels(1, levels(1, 0, 0, 0)),
                        "names.list.element",
                        "index=0"),
                new BadBatch(
                        "rows that are not there",
                        b -> b.repetitionLevels(1, levels(0, 1, 1, 0)),
                        "names.list.element",
                        "=2",
                        "expected=3"),
                new BadBatch("an int8 of 300", b -> b.ints(2, 1, 300, 3), "small", "index=1", "300"),
                new BadBatch("invalid UTF-8", b -> b.binary(1, new byte[] {(byte) 0xc3}, 0, 1), "names", "index=0"),
                new BadBatch("offsets that go back", b -> b.binary(3, new byte[3], 0, 2, 1, 3), "price", "index=1"),
                new BadBatch("offsets outside", b -> b.binary(3, new byte[3], 0, 1, 2, 4), "price", "index=2"),
                new BadBatch("a decimal too precise", b -> b.binary(3, tooPrecise, 0, 17, 17, 17), "price", "index=0"),
                new BadBatch("half a uuid", b -> b.fixed(4, new byte[40]), "id"),
                new BadBatch("another type", b -> b.longs(2, 1, 2, 3), "small", "INT32"));
    }

    /** Three good batches with a bad one before, between and after them: the file is that of the three. */
    @ParameterizedTest
    @MethodSource("badBatches")
    void aBadBatchIsRefusedAndTheFileKnowsNothingOfIt(BadBatch bad) throws Exception {
        Path expected = directory.resolve("good.parquet");
        Path actual = directory.resolve("actual.parquet");
        for (Path file : List.of(expected, actual)) {
            try (ColumnarWriter writer = ColumnarWriter.builder(file, SCHEMA)
                    .pageRows(4)
                    .rowGroupRows(5)
                    .build()) {
                ColumnBatch batch = writer.batch();
                for (int i = 0; i < 3; i++) {
                    if (file.equals(actual)) {
                        refuse(writer, batch, bad);
                    }
                    writer.write(good(batch));
                }
                if (file.equals(actual)) {
                    refuse(writer, batch, bad);
                }
                assertThat(writer.rows()).isEqualTo(9);
            }
        }
        assertThat(Files.readAllBytes(actual)).isEqualTo(Files.readAllBytes(expected));
    }

    private static void refuse(ColumnarWriter writer, ColumnBatch batch, BadBatch bad) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> {
                    bad.harm().accept(good(batch));
                    writer.write(batch);
                })
                .satisfies(e -> assertThat(e).hasMessageContainingAll(bad.says().toArray(CharSequence[]::new)));
    }
}
