package io.parquetflow.column;

import io.parquetflow.spi.ColumnOptions;
import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The type-agnostic half of a column chunk: takes levels beside the typed values, closes a page when it is full, and
 * keeps the pages until the row group goes out. A page ends where a row ends.
 *
 * <p>Not thread-safe: the writer thread's. Lives as long as the sink.
 */
public final class ColumnChunkBuffer {
    private static final int CHUNK_BYTES = 16 << 10;
    private static final int THRIFT_BYTES = 128;

    private final ColumnDescriptor column;
    private final ValueBuffer values;
    /** Null where the column is not repeated, nor below anything that is. */
    private final LevelBuffer repetition;
    /** Null where the column and everything above it is required. */
    private final LevelBuffer definition;

    private final PageCompressor compressor;
    private final PageLimits limits;
    private final DirectBytes scratch;
    private final ChunkPages pages;
    private final PageBounds pageBounds = new PageBounds();
    private final ChunkBounds bounds;
    private final ChunkMetadata metadata;
    /** Page headers, and what the segment has to know of a chunk. */
    private final CompactThrift thrift;

    /** Values that lie in the pages' memory already; null where they are encoded when the page is closed. */
    private final BinaryValues inPlace;
    /** Whether a page may be full before it has {@link #rowLimit} rows. */
    private final boolean measured;

    private final int rowLimit;
    private int pageRows;
    private long chunkEntries;

    private ColumnChunkBuffer(
            ColumnDescriptor column,
            ValueBuffer values,
            DirectBytes memory,
            DirectBytes scratch,
            PageCompressor compressor,
            PageLimits limits) {
        this.column = column;
        this.values = values;
        this.thrift = new CompactThrift(THRIFT_BYTES);
        this.pages = new ChunkPages(memory, thrift);
        this.bounds = new ChunkBounds(column.getPrimitiveType(), limits.boundBytes());
        this.metadata = new ChunkMetadata(column, compressor, limits.version(), thrift);
        this.scratch = scratch;
        this.compressor = compressor;
        this.limits = limits;
        this.repetition = column.getMaxRepetitionLevel() > 0 ? new LevelBuffer(column.getMaxRepetitionLevel()) : null;
        this.definition = column.getMaxDefinitionLevel() > 0 ? new LevelBuffer(column.getMaxDefinitionLevel()) : null;
        this.inPlace = values instanceof BinaryValues b && b.inPlace() ? b : null;
        this.measured = repetition != null || values instanceof BinaryValues || values instanceof FixedValues;
        this.rowLimit = limits.rowLimit();
        reset();
    }

    /**
     * A column of any type.
     *
     * @param column of any nesting
     * @param options its encoding
     * @param compressor may be shared by the columns of a row group
     * @param scratch shared by the columns of a row group
     * @param limits when a page is full
     * @param chunkBytes memory to begin with
     * @return an empty buffer
     * @throws IllegalArgumentException when the type has no such encoding
     */
    public static ColumnChunkBuffer of(
            ColumnDescriptor column,
            ColumnOptions options,
            PageCompressor compressor,
            DirectBytes scratch,
            PageLimits limits,
            int chunkBytes) {
        DirectBytes memory = new DirectBytes(chunkBytes);
        PrimitiveType type = column.getPrimitiveType();
        boolean inPlace = compressor.isNone()
                && type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && BinaryValues.canLieInPlace(options.encoding());
        ValueBuffer values = inPlace
                ? BinaryValues.inPlace(type, options, memory, ChunkPages.HEADER_ROOM + levelRoom(column, limits))
                : ValueBuffer.of(type, options, limits);
        return new ColumnChunkBuffer(column, values, memory, scratch, compressor, limits);
    }

    /**
     * Whether a column can have these options.
     *
     * @param column of any nesting
     * @param options its encoding
     * @throws IllegalArgumentException when its type has no such encoding
     */
    public static void check(ColumnDescriptor column, ColumnOptions options) {
        EncodingRules.check(column.getPrimitiveType(), options);
    }

    /** What the levels of a page take at the most, unless rows have many entries. */
    private static int levelRoom(ColumnDescriptor column, PageLimits limits) {
        int levels = column.getMaxDefinitionLevel();
        if (levels == 0) {
            return 0;
        }
        int bits = RleEncoder.widthOf(levels) + RleEncoder.widthOf(column.getMaxRepetitionLevel());
        return 2 * (Integer.BYTES + 5) + (limits.rowLimit() / Byte.SIZE + 1) * bits;
    }

    /**
     * A column of BYTE_ARRAY out of a small set that the caller numbers.
     *
     * @param column required, not nested
     * @param compressor shared by the columns of a row group
     * @param scratch shared by the columns of a row group
     * @param limits when a page is full
     * @return an empty buffer
     */
    public static ColumnChunkBuffer ofNumbered(
            ColumnDescriptor column, PageCompressor compressor, DirectBytes scratch, PageLimits limits) {
        DictionaryValues values = new DictionaryValues(limits.rowLimit());
        return new ColumnChunkBuffer(column, values, new DirectBytes(CHUNK_BYTES), scratch, compressor, limits);
    }

    /**
     * The values, where the column is of BOOLEAN.
     *
     * @return the buffer to add to
     */
    public BooleanValues booleans() {
        return (BooleanValues) values;
    }

    /**
     * The values, where the column is of INT32.
     *
     * @return the buffer to add to
     */
    public IntValues ints() {
        return (IntValues) values;
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
     * The values, where the column is of FLOAT.
     *
     * @return the buffer to add to
     */
    public FloatValues floats() {
        return (FloatValues) values;
    }

    /**
     * The values, where the column is of DOUBLE.
     *
     * @return the buffer to add to
     */
    public DoubleValues doubles() {
        return (DoubleValues) values;
    }

    /**
     * The values, where the column is of BYTE_ARRAY out of a small set that the caller numbers.
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
     * The values, where the column is of FIXED_LEN_BYTE_ARRAY or INT96.
     *
     * @return the buffer to add to
     */
    public FixedValues fixed() {
        return (FixedValues) values;
    }

    /**
     * The repetition levels, an entry for each value and each null.
     *
     * @return the buffer to add to, null where they are all 0
     */
    public LevelBuffer repetition() {
        return repetition;
    }

    /**
     * The definition levels, an entry for each value and each null.
     *
     * @return the buffer to add to, null where they are all 0
     */
    public LevelBuffer definition() {
        return definition;
    }

    ColumnDescriptor column() {
        return column;
    }

    ValueBuffer values() {
        return values;
    }

    /** After each row; closes the page when it is full. */
    public void endRow() {
        if (++pageRows >= rowLimit || (measured && isFull())) {
            closePage();
        }
    }

    /** After rows that {@link #rowsLeft} and {@link #bytesLeft} had room for. */
    void endRows(int rows) {
        pageRows += rows;
        if (pageRows >= rowLimit || isFull()) {
            closePage();
        }
    }

    private boolean isFull() {
        return values.pageBytes() >= limits.bytes() || entries() >= limits.bytes();
    }

    /** Rows that the open page takes at the most. */
    int rowsLeft() {
        return rowLimit - pageRows;
    }

    /** Rows of one null each that the open page takes at the most, one or more. */
    int nullsLeft() {
        return Math.max(1, Math.min(rowsLeft(), limits.bytes() - entries()));
    }

    /** Bytes that the open page takes before it is full. */
    int bytesLeft() {
        return limits.bytes() - values.pageBytes();
    }

    boolean isPageEmpty() {
        return pageRows == 0;
    }

    /**
     * Before a value of so many bytes; closes the page when the value would not fit any more. Not in the middle of a
     * row.
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
        return pages.memory().capacity()
                + thrift.capacity()
                + pageBounds.memoryBytes()
                + bounds.memoryBytes()
                + values.memoryBytes()
                + (definition == null ? 0 : definition.memoryBytes())
                + (repetition == null ? 0 : repetition.memoryBytes());
    }

    /** Forgets the rows. */
    void reset() {
        pages.clear();
        bounds.clear();
        values.clearPage();
        values.clearChunk();
        clearLevels();
        pageRows = 0;
        chunkEntries = 0;
    }

    private void clearLevels() {
        if (definition != null) {
            definition.clear();
        }
        if (repetition != null) {
            repetition.clear();
        }
    }

    private int entries() {
        return definition == null ? pageRows : definition.count();
    }

    void closePage() {
        int entries = entries();
        int nulls = entries - values.count();
        pageBounds.clear();
        values.bounds(pageBounds);
        long byteArrayBytes = values.byteArrayBytes();
        if (inPlace != null) {
            closeInPlace(entries, nulls);
        } else if (limits.version() == 2) {
            closeV2(entries, nulls);
        } else {
            closeV1(entries);
        }
        chunkEntries += entries;
        bounds.add(pageBounds, entries - nulls, nulls, byteArrayBytes, repetition, definition);
        values.clearPage();
        clearLevels();
        pageRows = 0;
    }

    /** Levels and values are compressed together. Uncompressed, they are encoded where they stay. */
    private void closeV1(int entries) {
        DirectBytes to = scratch;
        if (compressor.isNone()) {
            to = pages.memory();
            pages.open();
        } else {
            scratch.clear();
        }
        int from = to.size();
        if (repetition != null) {
            repetition.encodeWithLength(to);
        }
        if (definition != null) {
            definition.encodeWithLength(to);
        }
        Encoding encoding = values.encode(to);
        int uncompressed = to.size() - from;
        int dataAt = from;
        if (!compressor.isNone()) {
            pages.open();
            dataAt = pages.memory().size();
            compressor.compressPage(scratch.memory(), 0, uncompressed, pages.memory());
        }
        pages.close(dataAt, uncompressed, entries, pageRows, encoding, null);
    }

    /** Levels stay as they are, and values that compression makes no smaller do, too. */
    private void closeV2(int entries, int nulls) {
        DirectBytes memory = pages.memory();
        pages.open();
        int dataAt = memory.size();
        int repetitionBytes = encode(repetition, memory);
        int definitionBytes = encode(definition, memory);
        int valuesAt = memory.size();
        Encoding encoding;
        int valueBytes;
        boolean compressed = false;
        if (compressor.isNone()) {
            encoding = values.encode(memory);
            valueBytes = memory.size() - valuesAt;
        } else {
            scratch.clear();
            encoding = values.encode(scratch);
            valueBytes = scratch.size();
            compressor.compressPage(scratch.memory(), 0, valueBytes, memory);
            compressed = memory.size() - valuesAt < valueBytes;
            if (!compressed) {
                scratch.memory().clear();
                memory.cutTo(valuesAt);
                memory.put(scratch.memory(), 0, valueBytes);
            }
        }
        ChunkPages.V2 v2 = new ChunkPages.V2(nulls, repetitionBytes, definitionBytes, compressed);
        int uncompressed = valuesAt - dataAt + valueBytes;
        pages.close(dataAt, uncompressed, entries, pageRows, encoding, v2);
    }

    private static int encode(LevelBuffer levels, DirectBytes to) {
        int from = to.size();
        if (levels != null) {
            levels.encode(to);
        }
        return to.size() - from;
    }

    /** The values are where they stay; levels, and lengths, go into the room in front of them. */
    private void closeInPlace(int entries, int nulls) {
        DirectBytes memory = pages.memory();
        inPlace.openIfEmpty();
        int room = inPlace.room() - ChunkPages.HEADER_ROOM;
        Encoding encoding = values.encode(memory); // for the bloom filter: they are where they belong
        scratch.clear();
        boolean v2 = limits.version() == 2;
        int repetitionBytes = encode(repetition, v2);
        int definitionBytes = encode(definition, v2);
        inPlace.encodeFront(scratch);
        int frontBytes = scratch.size();
        int valuesAt = inPlace.start();
        if (frontBytes > room) {
            int valueBytes = memory.size() - valuesAt;
            memory.skip(frontBytes - room);
            memory.memory().put(valuesAt + frontBytes - room, memory.memory(), valuesAt, valueBytes);
            valuesAt += frontBytes - room;
        }
        int dataAt = valuesAt - frontBytes;
        memory.memory().put(dataAt, scratch.memory(), 0, frontBytes);
        pages.close(
                dataAt,
                memory.size() - dataAt,
                entries,
                pageRows,
                encoding,
                v2 ? new ChunkPages.V2(nulls, repetitionBytes, definitionBytes, false) : null);
    }

    private int encode(LevelBuffer levels, boolean v2) {
        int from = scratch.size();
        if (levels != null && v2) {
            levels.encode(scratch);
        } else if (levels != null) {
            levels.encodeWithLength(scratch);
        }
        return scratch.size() - from;
    }

    /** Closes the open page. After it {@link #writeTo} may be called as often as it takes. */
    void finish() {
        if (pageRows > 0) {
            closePage();
        }
        if (values.dictionaryEntries() > 0 && !pages.hasDictionary()) {
            scratch.clear();
            values.encodeDictionary(scratch);
            int uncompressed = scratch.size();
            pages.open();
            int dataAt = pages.memory().size();
            compressor.compressPage(scratch.memory(), 0, uncompressed, pages.memory());
            pages.closeDictionary(dataAt, uncompressed, values.dictionaryEntries());
        }
    }

    /** Writes the chunk; what is buffered stays, so that a failed write can be done again elsewhere. */
    WrittenChunk writeTo(ChunkTarget target) throws IOException {
        long start = target.position();
        pages.writeDictionary(target);
        long firstPage = target.position();
        pages.writeData(target);
        return metadata.of(pages, bounds, start, firstPage, chunkEntries, target.position(), values.bloomFilter());
    }
}
