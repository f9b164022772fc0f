package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From rows to the pages of a row group, as they lie in memory and go out. */
class RowGroupBufferTest {
    private static final MessageType SCHEMA = Types.buildMessage()
            .addField(Types.optional(PrimitiveTypeName.INT64).named("number"))
            .addField(Types.required(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named("name"))
            .addField(Types.required(PrimitiveTypeName.BINARY).named("payload"))
            .named("row");

    private static final ColumnOptions DELTAS = ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.DELTA_BINARY_PACKED);
    private static final ColumnOptions PLAIN = ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.PLAIN);
    private static final int PAGE_BYTES = 1_000;
    private static final int PAGE_ROWS = 50;

    /** A file in memory that may run out of room. */
    private static final class Memory implements ChunkTarget {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private long room = Long.MAX_VALUE;

        @Override
        public long position() {
            return out.size();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            room -= bytes.remaining();
            if (room < 0) {
                throw new IOException("No space left on device");
            }
            while (bytes.hasRemaining()) {
                out.write(bytes.get());
            }
        }
    }

    private static final class Rows implements AutoCloseable {
        final ColumnChunkBuffer number;
        final ColumnChunkBuffer name;
        final ColumnChunkBuffer payload;
        final RowGroupBuffer group;

        Rows(Codec codec) {
            PageLimits limits = new PageLimits(PAGE_BYTES, PAGE_ROWS, PageLimits.DEFAULT_BOUND_BYTES);
            PageCompressor compressor = PageCompressor.of(codec, 1);
            DirectBytes scratch = new DirectBytes(64);
            number = ColumnChunkBuffer.of(SCHEMA.getColumns().get(0), DELTAS, compressor, scratch, limits, 64);
            name = ColumnChunkBuffer.ofNumbered(SCHEMA.getColumns().get(1), compressor, scratch, limits);
            payload = ColumnChunkBuffer.of(SCHEMA.getColumns().get(2), PLAIN, compressor, scratch, limits, 128);
            group = new RowGroupBuffer(List.of(number, name, payload), new PageCompressors(compressor), scratch);
        }

        void add(Random random, int payloadLength) {
            boolean isNull = random.nextInt(4) == 0;
            if (!isNull) {
                number.longs().add(random.nextInt());
            }
            number.definition().add(isNull ? 0 : 1);
            number.endRow();
            int which = random.nextInt(5);
            name.dictionary().add(which, new byte[] {(byte) ('a' + which)});
            name.endRow();
            byte[] bytes = new byte[payloadLength];
            random.nextBytes(bytes);
            payload.makeRoom(payloadLength);
            payload.binaries().add(ByteBuffer.wrap(bytes), 0, payloadLength);
            payload.endRow();
            group.endRow(payloadLength + 20);
        }

        void addMany(long seed, int rows) {
            Random random = new Random(seed);
            for (int i = 0; i < rows; i++) {
                add(random, random.nextInt(60));
            }
        }

        @Override
        public void close() {
            group.close();
        }
    }

    private static byte[] written(RowGroupBuffer group) throws IOException {
        Memory memory = new Memory();
        group.writeTo(memory);
        return memory.out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void whatFailedIsWrittenAgainByteForByte(Codec codec) throws Exception {
        try (Rows rows = new Rows(codec)) {
            rows.addMany(1, 500);
            byte[] expected = written(rows.group);
            for (int room = 0; room < expected.length; room += 1 + expected.length / 20) {
                Memory full = new Memory();
                full.room = room;
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> rows.group.writeTo(full));
                assertThat(written(rows.group)).isEqualTo(expected);
            }
        }
    }

    /** The writer gives the rows up after an unexpected error; the next row group must not suffer from it. */
    @ParameterizedTest
    @EnumSource(Codec.class)
    void aBufferThatIsResetAfterAFailedWriteIsAsNew(Codec codec) throws Exception {
        byte[] expected;
        try (Rows fresh = new Rows(codec)) {
            fresh.addMany(2, 400);
            expected = written(fresh.group);
        }
        try (Rows rows = new Rows(codec)) {
            rows.addMany(1, 500);
            Memory full = new Memory();
            full.room = 200;
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> rows.group.writeTo(full));
            rows.group.reset();
            assertThat(rows.group.rows()).isZero();
            assertThat(rows.group.rawBytes()).isZero();
            rows.addMany(2, 400);
            assertThat(written(rows.group)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void everyPageHasAHeaderThatTellsItsLengthAndChecksum(Codec codec) throws Exception {
        try (Rows rows = new Rows(codec)) {
            rows.addMany(3, 777);
            Memory memory = new Memory();
            List<WrittenChunk> chunks = rows.group.writeTo(memory);
            byte[] file = memory.out.toByteArray();
            for (WrittenChunk chunk : chunks) {
                long begin = chunk.meta().getStartingPos();
                long values = 0;
                long uncompressed = 0;
                List<PageType> types = new ArrayList<>();
                for (long at = begin; at < begin + chunk.meta().getTotalSize(); ) {
                    ByteArrayInputStream in = new ByteArrayInputStream(file, (int) at, file.length - (int) at);
                    int before = in.available();
                    PageHeader header = Util.readPageHeader(in);
                    int headerBytes = before - in.available();
                    CRC32 crc = new CRC32();
                    crc.update(file, (int) at + headerBytes, header.getCompressed_page_size());
                    assertThat(header.getCrc()).isEqualTo((int) crc.getValue());
                    types.add(header.getType());
                    if (header.getType() == PageType.DATA_PAGE) {
                        values += header.getData_page_header().getNum_values();
                    }
                    uncompressed += headerBytes + header.getUncompressed_page_size();
                    at += headerBytes + header.getCompressed_page_size();
                }
                assertThat(values).isEqualTo(777).isEqualTo(chunk.meta().getValueCount());
                assertThat(uncompressed).isEqualTo(chunk.meta().getTotalUncompressedSize());
                assertThat(types.lastIndexOf(PageType.DICTIONARY_PAGE))
                        .isEqualTo(chunk.meta().getPath().toDotString().equals("name") ? 0 : -1);
                assertThat(types.size()).isGreaterThan(10);
            }
        }
    }

    private static OffsetIndex offsetIndex(WrittenChunk chunk) throws IOException {
        CompactThrift out = new CompactThrift(16);
        chunk.writeOffsetIndex(out);
        return ParquetMetadataConverter.fromParquetOffsetIndex(
                Util.readOffsetIndex(new ByteArrayInputStream(out.array(), 0, out.size())));
    }

    @Test
    void pagesAreClosedByRowsAndByBytesAndALargeValueHasOneOfItsOwn() throws Exception {
        try (Rows rows = new Rows(Codec.SNAPPY)) {
            Random random = new Random(5);
            rows.add(random, 10);
            rows.add(random, 20 * PAGE_BYTES);
            rows.add(random, 10);
            for (int i = 0; i < PAGE_ROWS - 1; i++) {
                rows.add(random, 0);
            }
            rows.add(random, 600);
            rows.add(random, 600);
            rows.add(random, PAGE_BYTES - 4);
            List<WrittenChunk> chunks = rows.group.writeTo(new Memory());
            OffsetIndex payload = offsetIndex(chunks.get(2));
            List<Long> firstRows = new ArrayList<>();
            for (int page = 0; page < payload.getPageCount(); page++) {
                firstRows.add(payload.getFirstRowIndex(page));
            }
            assertThat(firstRows).containsExactly(0L, 1L, 2L, 52L, 53L, 54L);
            assertThat(offsetIndex(chunks.get(0)).getPageCount()).isEqualTo(2);
            assertThat(offsetIndex(chunks.get(0)).getFirstRowIndex(1)).isEqualTo(PAGE_ROWS);
        }
    }

    /** Four bytes of length each: 2 x (4 + 496) are a page of 1,000, and 4 + 496 + 4 + 497 are not. */
    @Test
    void aPageThatIsExactlyFullIsOnePage() throws Exception {
        try (Rows rows = new Rows(Codec.UNCOMPRESSED)) {
            Random random = new Random(6);
            for (int length : new int[] {496, 496, 496, 497, 499}) {
                rows.add(random, length);
            }
            OffsetIndex payload = offsetIndex(rows.group.writeTo(new Memory()).get(2));
            assertThat(payload.getPageCount()).isEqualTo(4);
            assertThat(payload.getFirstRowIndex(1)).isEqualTo(2);
            assertThat(payload.getFirstRowIndex(2)).isEqualTo(3);
            assertThat(payload.getFirstRowIndex(3)).isEqualTo(4);
        }
    }

    /** In a column index, a page without bounds is a page of nulls, and readers skip it. */
    @Test
    void aPageWithValuesAndNoBoundsTakesTheChunksBoundsAway() throws Exception {
        MessageType schema = Types.buildMessage()
                .addField(Types.optional(PrimitiveTypeName.BINARY).named("text"))
                .named("row");
        PageLimits limits = new PageLimits(1 << 20, 2, PageLimits.DEFAULT_BOUND_BYTES);
        try (PageCompressor compressor = PageCompressor.of(Codec.UNCOMPRESSED, 1)) {
            ColumnChunkBuffer text = ColumnChunkBuffer.of(
                    schema.getColumns().get(0), PLAIN, compressor, new DirectBytes(64), limits, 64);
            for (byte[] value : new byte[][] {{1}, {2}, Bytes.repeat(0xff, 100), null, {5}}) {
                text.definition().add(value == null ? 0 : 1);
                if (value != null) {
                    text.binaries().add(ByteBuffer.wrap(value), 0, value.length);
                }
                text.endRow();
            }
            text.finish();
            WrittenChunk chunk = text.writeTo(new Memory());
            assertThat(chunk.columnIndexBytes()).isZero();
            assertThat(chunk.meta().getStatistics().hasNonNullValue()).isFalse();
            assertThat(chunk.meta().getStatistics().getNumNulls()).isEqualTo(1);
            assertThat(offsetIndex(chunk).getPageCount()).isEqualTo(3);
        }
    }

    @Test
    void aDictionaryBelongsToOneRowGroup() throws Exception {
        try (Rows rows = new Rows(Codec.UNCOMPRESSED)) {
            rows.addMany(6, 100);
            written(rows.group);
            assertThat(rows.name.dictionary().entryBytes()).isEqualTo(5);
            rows.group.reset();
            assertThat(rows.name.dictionary().entryBytes()).isZero();
            rows.name.dictionary().add(70, new byte[] {'z'});
            rows.name.endRow();
            rows.name.finish();
            WrittenChunk chunk = rows.name.writeTo(new Memory());
            assertThat(chunk.meta().getStatistics().getMinBytes()).containsExactly('z');
            assertThat(chunk.meta().getStatistics().getMaxBytes()).containsExactly('z');
        }
    }

    @Test
    void rowsAndBytesAreCountedAndMemoryIsTold() throws Exception {
        try (Rows rows = new Rows(Codec.ZSTD)) {
            long before = rows.group.memoryBytes();
            Random random = new Random(8);
            rows.add(random, 100_000);
            assertThat(rows.group.rows()).isEqualTo(1);
            assertThat(rows.group.rawBytes()).isEqualTo(100_020);
            written(rows.group);
            assertThat(rows.group.memoryBytes()).isGreaterThan(before + 100_000);
        }
    }
}
