package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.file.SegmentTail;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Indexes, bloom filter and footer of random chunks are byte for byte what parquet-java's builders and Thrift classes make of
 * the same pages.
 */
class ChunkMetadataPropertyTest {
    private static final int SEEDS = 60;
    private static final int PAGE_ROWS = 20;
    private static final Map<String, String> KEY_VALUES = Map.of("key", "value");

    private static final Repetition[] SHAPES = {
        Repetition.REQUIRED, Repetition.OPTIONAL, Repetition.REPEATED, Repetition.OPTIONAL
    };
    /** The shape below an optional group. */
    private static final int NESTED = 3;

    static Stream<PrimitiveType> types() {
        return Stream.concat(
                ValueBoundsPropertyTest.types(),
                Stream.of(
                        Types.required(PrimitiveTypeName.INT96).named("c"),
                        ValueSamples.fixed(80),
                        Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                                .length(12)
                                .as(LogicalTypeAnnotation.IntervalLogicalTypeAnnotation.getInstance())
                                .named("c")));
    }

    private static MessageType schema(PrimitiveType type, int shape) {
        Repetition repetition = SHAPES[shape];
        PrimitiveType leaf = Types.primitive(type.getPrimitiveTypeName(), repetition)
                .length(type.getTypeLength())
                .as(type.getLogicalTypeAnnotation())
                .columnOrder(type.columnOrder())
                .named("c");
        return shape == NESTED
                ? Types.buildMessage().optionalGroup().addField(leaf).named("g").named("row")
                : Types.buildMessage().addField(leaf).named("row");
    }

    /** Near each other, long ones, NaNs: whatever a bound may have to do with. */
    private static Object value(PrimitiveType type, Random random) {
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && !(type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation)
                && random.nextInt(8) == 0) {
            byte[] bytes = new byte[50 + random.nextInt(40)];
            Arrays.fill(bytes, (byte) (random.nextInt(30) == 0 ? 0xff : 'a' + random.nextInt(3)));
            return Binary.fromConstantByteArray(bytes);
        }
        if (random.nextInt(500) == 0 && type.getPrimitiveTypeName() == PrimitiveTypeName.FLOAT) {
            return Float.NaN;
        } else if (random.nextInt(500) == 0 && type.getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE) {
            return Double.NaN;
        }
        return ValueBoundsPropertyTest.value(type, random);
    }

    /** One chunk of random pages, and what parquet-java is told of it. */
    private static final class Chunk implements ChunkTarget {
        private final ByteArrayOutputStream file = new ByteArrayOutputStream();
        private final Random random;
        private final ColumnDescriptor column;
        private final ColumnChunkBuffer buffer;
        private final ParquetJavaTail expected;
        private final int nullsInTen;
        private final List<Object> page = new ArrayList<>();
        private int rows;

        Chunk(ColumnDescriptor column, ColumnOptions options, PageCompressor compressor, int version, Random random) {
            this.random = random;
            this.column = column;
            this.nullsInTen = random.nextInt(4) * 5 - 2;
            this.expected = new ParquetJavaTail(column, version, compressor.codecName());
            PageLimits limits = new PageLimits(1 << 20, PAGE_ROWS, PageLimits.DEFAULT_BOUND_BYTES, version);
            this.buffer = ColumnChunkBuffer.of(column, options, compressor, new DirectBytes(64), limits, 64);
        }

        private void addEntry(int repetition) {
            int definition = column.getMaxDefinitionLevel();
            if (definition > 0 && repetition == 0 && random.nextInt(10) < nullsInTen) {
                definition = random.nextInt(definition);
            }
            if (buffer.repetition() != null) {
                buffer.repetition().add(repetition);
            }
            if (buffer.definition() != null) {
                buffer.definition().add(definition);
            }
            boolean isNull = definition < column.getMaxDefinitionLevel();
            expected.entry(repetition, definition);
            if (!isNull) {
                page.add(value(column.getPrimitiveType(), random));
                ValueSamples.add(buffer.values(), page.subList(page.size() - 1, page.size()));
            }
            for (int more = random.nextInt(3); more > 0 && !isNull && repetition == 0 && isRepeated(); more--) {
                addEntry(1);
            }
        }

        private boolean isRepeated() {
            return column.getMaxRepetitionLevel() > 0;
        }

        WrittenChunk fill(int count) throws IOException {
            rows = count;
            for (int row = 0; row < count; row++) {
                addEntry(0);
                if ((row + 1) % PAGE_ROWS == 0 || row + 1 == count) {
                    expected.page(page, (row % PAGE_ROWS) + 1);
                    page.clear();
                }
                buffer.endRow();
            }
            file.writeBytes(new byte[4]);
            buffer.finish();
            WrittenChunk chunk = buffer.writeTo(this);
            byte[] bytes = file.toByteArray();
            for (int at = 4; at < bytes.length; ) {
                ByteArrayInputStream in = new ByteArrayInputStream(bytes, at, bytes.length - at);
                var header = Util.readPageHeader(in);
                int headerBytes = bytes.length - at - in.available();
                expected.written(header, headerBytes);
                at += headerBytes + header.getCompressed_page_size();
            }
            return chunk;
        }

        @Override
        public long position() {
            return file.size();
        }

        @Override
        public void write(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                file.write(bytes.get());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void theTailIsTheSameBytes(PrimitiveType type) throws IOException {
        boolean canBloom = type.getPrimitiveTypeName() != PrimitiveTypeName.BOOLEAN;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            MessageType schema = schema(type, seed % SHAPES.length);
            ColumnOptions options =
                    canBloom && random.nextInt(4) == 0 ? ColumnOptions.DEFAULT.withBloom(true) : ColumnOptions.DEFAULT;
            Codec codec = random.nextBoolean() ? Codec.UNCOMPRESSED : Codec.SNAPPY;
            try (PageCompressor compressor = PageCompressor.of(codec, 1)) {
                Chunk chunk = new Chunk(schema.getColumns().get(0), options, compressor, 1 + random.nextInt(2), random);
                WrittenChunk written = chunk.fill(1 + random.nextInt(random.nextInt(3) == 0 ? 400 : 60));
                chunk.file.reset();
                SegmentTail.of(
                                schema,
                                "us",
                                KEY_VALUES,
                                List.of(SegmentTail.rowGroup(List.of(written), chunk.rows, 0)),
                                List.of(List.of(written)),
                                written.end())
                        .writeTo(chunk);
                byte[] bytes = chunk.file.toByteArray();
                assertThat(bytes)
                        .as("seed=%d, schema=%s", seed, schema)
                        .isEqualTo(chunk.expected.bytes(schema, "us", KEY_VALUES, chunk.rows, written.bloomFilter()));
            }
        }
    }
}
