package io.parquetflow.column;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.internal.column.columnindex.OffsetIndexBuilder;
import org.apache.parquet.schema.PrimitiveType;

/**
 * The type-agnostic half of a column chunk: closes pages (levels, values, compression, CRC, header), keeps them until
 * the row group goes out, and gathers what the footer says about them.
 *
 * <pre>
 *  pages:  [room for a header .. header][page] [room .. header][page] ...
 * </pre>
 *
 * A header's length is known only when its page is, so there is room in front of each page, and the header ends where
 * the page begins: one write for both, no copy.
 *
 * <p>Not thread-safe: the writer thread's. Lives as long as the sink.
 */
public final class ColumnChunkBuffer {
    /** A V1 header with CRC takes about 35 bytes, at most about 60. */
    static final int HEADER_ROOM = 80;

    private static final ParquetMetadataConverter CONVERTER = new ParquetMetadataConverter();

    private final ColumnDescriptor column;
    private final PrimitiveType type;
    private final ValueBuffer values;
    private final LevelBuffer definition;
    private final PageCompressor compressor;
    private final PageLimits limits;
    private final DirectBytes scratch;
    private final DirectBytes pages;
    /** Null unless it is the bytes, and not only the number of rows, that fill a page. */
    private final BinaryValues sized;

    private final int rowLimit;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream(HEADER_ROOM);
    private final CRC32 crc = new CRC32();
    private final List<ClosedPage> closed = new ArrayList<>();

    private ColumnIndexBuilder columnIndex;
    private Statistics<?> statistics;
    private SizeStatistics sizeStatistics;
    /** False once a page has values and no bounds: then the chunk has none either. */
    private boolean bounded;

    private ClosedPage dictionaryPage;
    private int pageRows;
    private long chunkValues;

    /** Where a page lies in {@link #pages}, and what the indexes need. */
    private record ClosedPage(
            int headerAt,
            int dataAt,
            int end,
            int rows,
            int uncompressedBytes,
            long byteArrayBytes,
            Encoding encoding) {
        int bytesInFile() {
            return end - headerAt;
        }

        /** As a chunk's total counts it: header and uncompressed data. */
        int bytesUncompressed() {
            return dataAt - headerAt + uncompressedBytes;
        }
    }

    private ColumnChunkBuffer(
            ColumnDescriptor column,
            ValueBuffer values,
            DirectBytes pages,
            DirectBytes scratch,
            PageCompressor compressor,
            PageLimits limits) {
        this.column = column;
        this.type = column.getPrimitiveType();
        this.values = values;
        this.pages = pages;
        this.scratch = scratch;
        this.compressor = compressor;
        this.limits = limits;
        this.definition = column.getMaxDefinitionLevel() > 0 ? new LevelBuffer(column.getMaxDefinitionLevel()) : null;
        this.sized = values instanceof BinaryValues b ? b : null;
        this.rowLimit = rowLimit(limits);
        startChunk();
    }

    /** Rows after which any page is closed: eight bytes a row are the page's size, or there are enough of them. */
    private static int rowLimit(PageLimits limits) {
        return Math.max(1, Math.min(limits.rows(), limits.bytes() / Long.BYTES));
    }

    /**
     * A column of INT64.
     *
     * @param column required or optional, not nested
     * @param compressor shared by the columns of a row group
     * @param scratch shared by the columns of a row group
     * @param limits when a page is full
     * @return an empty buffer
     */
    public static ColumnChunkBuffer ofLongs(
            ColumnDescriptor column, PageCompressor compressor, DirectBytes scratch, PageLimits limits) {
        LongValues values = new LongValues(
                column.getPrimitiveType(), ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.DELTA_BINARY_PACKED));
        return new ColumnChunkBuffer(column, values, new DirectBytes(16 << 10), scratch, compressor, limits);
    }

    /**
     * A column of BYTE_ARRAY out of a small set.
     *
     * @param column required, not nested
     * @param compressor shared by the columns of a row group
     * @param scratch shared by the columns of a row group
     * @param limits when a page is full
     * @return an empty buffer
     */
    public static ColumnChunkBuffer ofDictionary(
            ColumnDescriptor column, PageCompressor compressor, DirectBytes scratch, PageLimits limits) {
        DictionaryValues values = new DictionaryValues(column.getPrimitiveType(), rowLimit(limits));
        return new ColumnChunkBuffer(column, values, new DirectBytes(4 << 10), scratch, compressor, limits);
    }

    /**
     * A column of BYTE_ARRAY of any content.
     *
     * @param column required or optional, not nested
     * @param compressor shared by the columns of a row group
     * @param scratch shared by the columns of a row group
     * @param limits when a page is full
     * @param chunkBytes memory to begin with
     * @return an empty buffer
     */
    public static ColumnChunkBuffer ofBinaries(
            ColumnDescriptor column,
            PageCompressor compressor,
            DirectBytes scratch,
            PageLimits limits,
            int chunkBytes) {
        DirectBytes pages = new DirectBytes(chunkBytes);
        boolean inPlace = compressor.isNone() && column.getMaxDefinitionLevel() == 0;
        ColumnOptions options = ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.PLAIN);
        BinaryValues values = inPlace
                ? BinaryValues.inPlace(column.getPrimitiveType(), options, pages)
                : new BinaryValues(column.getPrimitiveType(), options, limits.bytes());
        return new ColumnChunkBuffer(column, values, pages, scratch, compressor, limits);
    }

    /**
     * The values, where the column is of INT64.
     *
     * @return the buffer to add to
     */
    public LongValues longs() {
        return (LongValues) values;
    }

    /**
     * The values, where the column is of BYTE_ARRAY out of a small set.
     *
     * @return the buffer to add to
     */
    public DictionaryValues dictionary() {
        return (DictionaryValues) values;
    }

    /**
     * The values, where the column is of BYTE_ARRAY.
     *
     * @return the buffer to add to
     */
    public BinaryValues binaries() {
        return (BinaryValues) values;
    }

    /**
     * The definition levels of an optional column.
     *
     * @return the buffer to add to, null where the column is required
     */
    public LevelBuffer definition() {
        return definition;
    }

    /** After each row; closes the page when it is full. */
    public void endRow() {
        if (++pageRows >= rowLimit || (sized != null && sized.pageBytes() >= limits.bytes())) {
            closePage();
        }
    }

    /**
     * Before a value of so many bytes; closes the page when the value would not fit any more.
     *
     * @param length bytes
     */
    public void makeRoom(int length) {
        if (pageRows > 0 && values.pageBytes() + (long) length + Integer.BYTES > limits.bytes()) {
            closePage();
        }
    }

    /**
     * Memory taken from the machine.
     *
     * @return bytes on the heap and off, without the shared scratch
     */
    public long memoryBytes() {
        return pages.capacity() + values.memoryBytes() + (definition == null ? 0 : definition.memoryBytes());
    }

    private void startChunk() {
        pages.clear();
        closed.clear();
        dictionaryPage = null;
        values.clearPage();
        values.clearChunk();
        columnIndex = ColumnIndexBuilder.getBuilder(type, limits.boundBytes());
        statistics = null;
        sizeStatistics = null;
        bounded = true;
        pageRows = 0;
        chunkValues = 0;
        if (definition != null) {
            definition.clear();
        }
    }

    private void closePage() {
        int dataAt;
        int uncompressed;
        Encoding encoding;
        if (sized != null && sized.inPlace()) {
            dataAt = sized.start();
            uncompressed = pages.size() - dataAt;
            encoding = sized.encode(pages);
        } else {
            scratch.clear();
            if (definition != null) {
                definition.encode(scratch);
            }
            encoding = values.encode(scratch);
            uncompressed = scratch.size();
            pages.skip(HEADER_ROOM);
            dataAt = pages.size();
            compressor.compress(scratch.memory(), 0, uncompressed, pages);
        }
        int valueCount = definition == null ? pageRows : definition.count();
        int headerAt = placeHeader(dataAt, dataHeader(dataAt, uncompressed, valueCount, encoding));
        gather(
                valueCount,
                new ClosedPage(
                        headerAt, dataAt, pages.size(), pageRows, uncompressed, values.byteArrayBytes(), encoding));
        values.clearPage();
        pageRows = 0;
        if (definition != null) {
            definition.clear();
        }
    }

    private byte[] dataHeader(int dataAt, int uncompressed, int valueCount, Encoding encoding) {
        int checksum = crc(dataAt);
        header.reset();
        try {
            CONVERTER.writeDataPageV1Header(
                    uncompressed,
                    pages.size() - dataAt,
                    valueCount,
                    Encoding.RLE,
                    Encoding.RLE,
                    encoding,
                    checksum,
                    header);
        } catch (IOException e) {
            throw new AssertionError("a byte array refuses no write", e);
        }
        return header.toByteArray();
    }

    private int crc(int dataAt) {
        crc.reset();
        crc.update(PageCompressor.window(pages.memory(), dataAt, pages.size() - dataAt));
        pages.memory().clear();
        return (int) crc.getValue();
    }

    private int placeHeader(int dataAt, byte[] bytes) {
        if (bytes.length > HEADER_ROOM) {
            throw new IllegalStateException("page header longer than its room: bytes=" + bytes.length);
        }
        pages.memory().put(dataAt - bytes.length, bytes);
        return dataAt - bytes.length;
    }

    private void gather(int valueCount, ClosedPage page) {
        int nulls = definition == null ? 0 : definition.nulls();
        Statistics<?> ofPage = values.statistics(nulls);
        bounded &= ofPage.hasNonNullValue() || nulls == valueCount;
        SizeStatistics sizes = sizes(page);
        columnIndex.add(ofPage, sizes);
        if (statistics == null) {
            statistics = ofPage.copy();
            sizeStatistics = sizes(page);
        } else {
            statistics.mergeStatistics(ofPage);
            sizeStatistics.mergeStatistics(sizes);
        }
        chunkValues += valueCount;
        closed.add(page);
    }

    /** Without level histograms: at one level they say no more than the number of nulls. */
    private SizeStatistics sizes(ClosedPage page) {
        return new SizeStatistics(type, page.byteArrayBytes(), new ArrayList<>(), new ArrayList<>());
    }

    /** Closes the open page. After it {@link #writeTo} may be called as often as it takes. */
    void finish() {
        if (pageRows > 0) {
            closePage();
        }
        if (values.dictionaryEntries() > 0 && dictionaryPage == null) {
            closeDictionary();
        }
    }

    /** PLAIN entries; it lies behind the data pages here, and is written in front of them. */
    private void closeDictionary() {
        scratch.clear();
        values.encodeDictionary(scratch);
        int uncompressed = scratch.size();
        pages.skip(HEADER_ROOM);
        int dataAt = pages.size();
        compressor.compress(scratch.memory(), 0, uncompressed, pages);
        int checksum = crc(dataAt);
        header.reset();
        try {
            CONVERTER.writeDictionaryPageHeader(
                    uncompressed, pages.size() - dataAt, values.dictionaryEntries(), Encoding.PLAIN, checksum, header);
        } catch (IOException e) {
            throw new AssertionError("a byte array refuses no write", e);
        }
        int headerAt = placeHeader(dataAt, header.toByteArray());
        dictionaryPage = new ClosedPage(headerAt, dataAt, pages.size(), 0, uncompressed, 0, Encoding.PLAIN);
    }

    /** Writes the chunk; what is buffered stays, so that a failed write can be done again elsewhere. */
    WrittenChunk writeTo(ChunkTarget target) throws IOException {
        EncodingStats.Builder encodings = new EncodingStats.Builder();
        Set<Encoding> used = new LinkedHashSet<>(List.of(Encoding.RLE));
        for (ClosedPage page : closed) {
            used.add(page.encoding());
            encodings.addDataEncoding(page.encoding());
        }
        long start = target.position();
        long uncompressed = 0;
        if (dictionaryPage != null) {
            encodings.addDictEncoding(Encoding.PLAIN);
            used.add(Encoding.PLAIN);
            uncompressed += write(dictionaryPage, target);
        }
        long firstPage = target.position();
        OffsetIndexBuilder offsets = OffsetIndexBuilder.getBuilder();
        for (ClosedPage page : closed) {
            offsets.add(page.bytesInFile(), page.rows(), byteArrayBytes(page));
            uncompressed += write(page, target);
        }
        ColumnChunkMetaData meta = ColumnChunkMetaData.get(
                ColumnPath.get(column.getPath()),
                type,
                compressor.codecName(),
                encodings.build(),
                used,
                bounded ? statistics : nullsOnly(),
                firstPage,
                dictionaryPage == null ? 0 : start,
                chunkValues,
                target.position() - start,
                uncompressed,
                sizeStatistics);
        return new WrittenChunk(meta, bounded ? columnIndex.build() : null, offsets.build(firstPage));
    }

    private Statistics<?> nullsOnly() {
        return Statistics.getBuilderForReading(type)
                .withNumNulls(statistics.getNumNulls())
                .build();
    }

    private int write(ClosedPage page, ChunkTarget target) throws IOException {
        target.write(PageCompressor.window(pages.memory(), page.headerAt(), page.bytesInFile()));
        pages.memory().clear();
        return page.bytesUncompressed();
    }

    private Optional<Long> byteArrayBytes(ClosedPage page) {
        return type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY
                ? Optional.of(page.byteArrayBytes())
                : Optional.empty();
    }

    /** Forgets the rows. */
    void reset() {
        startChunk();
    }
}
