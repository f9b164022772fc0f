package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No reader that prunes by our statistics ever misses a row: minimum and maximum of every chunk and every page, as
 * parquet-java reads them back, bound every value in it. The payloads are made to be hard on bounds that are cut.
 */
class BoundsPropertyTest {
    private static final int ROWS = 1_500;

    @TempDir
    Path directory;

    /** How many chunks and pages had bounds at all; a test that compares nothing proves nothing. */
    private int chunksBounded;

    private int pagesBounded;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void chunkAndPageStatisticsBoundEveryValue(long seed) throws Exception {
        Random random = new Random(seed);
        List<Codec> codecs = List.of(Codec.values());
        Codec codec = codecs.get((int) (seed % codecs.size()));
        write(codec, random, Hard.values());
        check("seed=" + seed + ", codec=" + codec);
        assertThat(chunksBounded).as("seed=" + seed).isPositive();
        assertThat(pagesBounded).as("seed=" + seed).isPositive();
    }

    /** One kind at a time: then a kind's values are the extremes of their pages, whatever the others are. */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(Hard.class)
    void everyKindOfPayloadIsBounded(Hard kind) throws Exception {
        write(Codec.UNCOMPRESSED, new Random(17), kind);
        check("kind=" + kind);
    }

    @Test
    void ordinaryPayloadsHaveBoundsInEveryChunkAndPage() throws Exception {
        write(Codec.ZSTD, new Random(0), Hard.SHORT_ANY, Hard.LONG_SHARED_PREFIX, Hard.EMPTY);
        check("ordinary");
        int chunks = 0;
        int pages = 0;
        for (Path path : Segments.in(directory)) {
            try (ParquetFileReader reader = Segments.open(path)) {
                for (BlockMetaData block : reader.getRowGroups()) {
                    for (ColumnChunkMetaData chunk : block.getColumns()) {
                        chunks++;
                        pages += reader.readOffsetIndex(chunk).getPageCount();
                    }
                }
            }
        }
        assertThat(chunksBounded).isEqualTo(chunks);
        assertThat(pagesBounded).isEqualTo(pages).isGreaterThan(chunks);
    }

    /** A cut bound that a reader takes for a value would be a wrong answer to min() and max(). */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.EnumSource(Hard.class)
    void anEngineNeverTakesACutBoundForAValue(Hard kind) throws Exception {
        write(Codec.ZSTD, new Random(99), kind);
        byte[] min = null;
        byte[] max = null;
        for (Group row : Segments.allRows(directory)) {
            byte[] value = row.getBinary("payload", 0).getBytes();
            min = min == null || Arrays.compareUnsigned(value, min) < 0 ? value : min;
            max = max == null || Arrays.compareUnsigned(value, max) > 0 ? value : max;
        }
        List<Object> row = Duck.query(directory, "select hex(min(payload)), hex(max(payload)) from {}")
                .get(0);
        HexFormat hex = HexFormat.of().withUpperCase();
        assertThat(row).containsExactly(hex.formatHex(min), hex.formatHex(max));
    }

    private void write(Codec codec, Random random, Hard... kinds) throws IOException {
        try (LogSink sink = LogSink.builder(directory)
                .codec(codec)
                .pageBytes(4 << 10)
                .rowGroupBytes(64 << 10)
                .jmx(false)
                .build()) {
            for (int i = 0; i < ROWS; i++) {
                byte[] payload = kinds[random.nextInt(kinds.length)].payload(random);
                long source = random.nextInt(3) == 0 ? random.nextLong() | 1 : Recorder.NO_SOURCE;
                assertThat(sink.record(
                                payload, 0, payload.length, random.nextLong() | 1, source, Duration.ofSeconds(10)))
                        .isTrue();
            }
            assertThat(sink.close(Duration.ofSeconds(30))).isTrue();
            assertThat(sink.stats().rowsSealed()).isEqualTo(ROWS);
        }
    }

    private void check(String label) throws IOException {
        for (Path path : Segments.in(directory)) {
            List<Group> rows = Segments.rows(path);
            try (ParquetFileReader reader = Segments.open(path)) {
                int first = 0;
                for (BlockMetaData block : reader.getRowGroups()) {
                    List<Group> own = rows.subList(first, first + (int) block.getRowCount());
                    first += own.size();
                    for (ColumnChunkMetaData chunk : block.getColumns()) {
                        checkChunk(label, chunk, own);
                        checkPages(label, chunk, reader, own);
                    }
                }
                assertThat(first).as(label).isEqualTo(rows.size());
            }
            checkExactness(label, path, rows);
        }
    }

    private void checkChunk(String label, ColumnChunkMetaData chunk, List<Group> rows) {
        Statistics<?> statistics = chunk.getStatistics();
        String where = label + ", column=" + chunk.getPath();
        List<Object> values = values(chunk, rows);
        assertThat(statistics.getNumNulls()).as(where).isEqualTo(rows.size() - values.size());
        assertThat(chunk.getValueCount()).as(where).isEqualTo(rows.size());
        if (statistics.hasNonNullValue()) {
            chunksBounded++;
            assertBounds(where, values, chunk, statistics.getMinBytes(), statistics.getMaxBytes());
        }
    }

    private void checkPages(String label, ColumnChunkMetaData chunk, ParquetFileReader reader, List<Group> rows)
            throws IOException {
        ColumnIndex index = reader.readColumnIndex(chunk);
        OffsetIndex offsets = reader.readOffsetIndex(chunk);
        if (index == null) {
            return;
        }
        for (int page = 0; page < offsets.getPageCount(); page++) {
            String where = label + ", column=" + chunk.getPath() + ", page=" + page;
            List<Group> own = rows.subList(
                    (int) offsets.getFirstRowIndex(page), (int) offsets.getLastRowIndex(page, rows.size()) + 1);
            List<Object> values = values(chunk, own);
            assertThat(index.getNullPages().get(page)).as(where).isEqualTo(values.isEmpty());
            assertThat(index.getNullCounts().get(page)).as(where).isEqualTo(own.size() - values.size());
            if (!values.isEmpty()) {
                pagesBounded++;
                assertBounds(
                        where,
                        values,
                        chunk,
                        bytes(index.getMinValues().get(page)),
                        bytes(index.getMaxValues().get(page)));
            }
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static List<Object> values(ColumnChunkMetaData chunk, List<Group> rows) {
        String column = chunk.getPath().toDotString();
        boolean binary = chunk.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
        List<Object> values = new ArrayList<>();
        for (Group row : rows) {
            if (row.getFieldRepetitionCount(column) > 0) {
                values.add(binary ? row.getBinary(column, 0).getBytes() : (Object) row.getLong(column, 0));
            }
        }
        return values;
    }

    private static void assertBounds(
            String where, List<Object> values, ColumnChunkMetaData chunk, byte[] min, byte[] max) {
        HexFormat hex = HexFormat.of();
        for (Object value : values) {
            byte[] plain = value instanceof byte[] b ? b : littleEndian((Long) value);
            assertThat(compare(chunk, min, plain))
                    .as("%s: min=%s, value=%s", where, hex.formatHex(min), hex.formatHex(plain))
                    .isNotPositive();
            assertThat(compare(chunk, plain, max))
                    .as("%s: max=%s, value=%s", where, hex.formatHex(max), hex.formatHex(plain))
                    .isNotPositive();
        }
    }

    private static int compare(ColumnChunkMetaData chunk, byte[] a, byte[] b) {
        if (chunk.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
            return Arrays.compareUnsigned(a, b);
        }
        return Long.compare(number(a), number(b));
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(Long.reverseBytes(value)).array();
    }

    private static long number(byte[] littleEndian) {
        return Long.reverseBytes(ByteBuffer.wrap(littleEndian).getLong());
    }

    /** In the footer as it is in the file: parquet-java's own metadata does not tell. */
    private static void checkExactness(String label, Path path, List<Group> rows) throws IOException {
        int first = 0;
        for (RowGroup rowGroup : thriftFooter(path).getRow_groups()) {
            List<Group> own = rows.subList(first, first + (int) rowGroup.getNum_rows());
            first += own.size();
            ColumnChunk payload = rowGroup.getColumns().get(7);
            assertThat(payload.getMeta_data().getPath_in_schema()).containsExactly("payload");
            var statistics = payload.getMeta_data().getStatistics();
            if (statistics.isSetIs_max_value_exact() && statistics.isIs_max_value_exact()) {
                assertThat(own)
                        .as(label)
                        .anyMatch(r -> Arrays.equals(r.getBinary("payload", 0).getBytes(), statistics.getMax_value()));
            }
            if (statistics.isSetIs_min_value_exact() && statistics.isIs_min_value_exact()) {
                assertThat(own)
                        .as(label)
                        .anyMatch(r -> Arrays.equals(r.getBinary("payload", 0).getBytes(), statistics.getMin_value()));
            }
        }
    }

    private static org.apache.parquet.format.FileMetaData thriftFooter(Path path) throws IOException {
        byte[] file = Files.readAllBytes(path);
        int length =
                ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
        try (InputStream in = new java.io.ByteArrayInputStream(file, file.length - 8 - length, length)) {
            return Util.readFileMetaData(in);
        }
    }

    /** Payloads that are hard to bound in 64 bytes. */
    enum Hard {
        EMPTY {
            @Override
            byte[] payload(Random random) {
                return new byte[0];
            }
        },
        SHORT_ANY {
            @Override
            byte[] payload(Random random) {
                return any(random, random.nextInt(20));
            }
        },
        /** Around the 64 bytes that are written and the 72 that are compared. */
        AROUND_THE_CUT {
            @Override
            byte[] payload(Random random) {
                byte[] bytes = new byte[60 + random.nextInt(16)];
                Arrays.fill(bytes, (byte) 'a');
                bytes[bytes.length - 1] = (byte) random.nextInt();
                return bytes;
            }
        },
        LONG_SHARED_PREFIX {
            @Override
            byte[] payload(Random random) {
                byte[] prefix = "8=FIX.4.4|9=0000|35=D|49=".repeat(5).getBytes(StandardCharsets.US_ASCII);
                byte[] bytes = Arrays.copyOf(prefix, prefix.length + 1 + random.nextInt(30));
                for (int i = prefix.length; i < bytes.length; i++) {
                    bytes[i] = (byte) random.nextInt();
                }
                return bytes;
            }
        },
        ALL_FF {
            @Override
            byte[] payload(Random random) {
                byte[] bytes = new byte[random.nextInt(150)];
                Arrays.fill(bytes, (byte) 0xff);
                return bytes;
            }
        },
        FF_THEN_ANY {
            @Override
            byte[] payload(Random random) {
                byte[] bytes = any(random, 150);
                Arrays.fill(bytes, 0, random.nextInt(150), (byte) 0xff);
                return bytes;
            }
        },
        ZEROS {
            @Override
            byte[] payload(Random random) {
                return new byte[random.nextInt(150)];
            }
        },
        /** Valid UTF-8 that cannot be made larger by changing one byte. */
        LARGEST_ASCII {
            @Override
            byte[] payload(Random random) {
                byte[] bytes = new byte[50 + random.nextInt(100)];
                Arrays.fill(bytes, (byte) 0x7f);
                return bytes;
            }
        },
        LARGEST_CODE_POINTS {
            @Override
            byte[] payload(Random random) {
                return new String(Character.toChars(0x10ffff))
                        .repeat(random.nextInt(40))
                        .getBytes(StandardCharsets.UTF_8);
            }
        },
        MIXED_UTF8 {
            @Override
            byte[] payload(Random random) {
                int[] points = random.ints(random.nextInt(60), 0x20, 0xd7ff).toArray();
                return new String(points, 0, points.length).getBytes(StandardCharsets.UTF_8);
            }
        };

        abstract byte[] payload(Random random);

        static byte[] any(Random random, int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}
