package io.parquetflow.column;

import io.parquetflow.spi.ColumnOptions;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.schema.PrimitiveType;

/**
 * The typed half of a column chunk: the values of the page that is open, how they are encoded, and their statistics;
 * and what is kept for the whole chunk, a dictionary and a bloom filter. Nulls are not in here.
 *
 * <p>Not thread-safe.
 */
abstract sealed class ValueBuffer permits TypedValues, DictionaryValues {
    /**
     * A buffer for a column's type. It takes little memory before there are values.
     *
     * @throws IllegalArgumentException when the type cannot have the encoding
     */
    static ValueBuffer of(PrimitiveType type, ColumnOptions options, PageLimits limits) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanValues(type, options);
            case INT32 -> new IntValues(type, options);
            case INT64 -> new LongValues(type, options);
            case FLOAT -> new FloatValues(type, options);
            case DOUBLE -> new DoubleValues(type, options);
            case BINARY -> new BinaryValues(type, options, limits.bytes());
            case FIXED_LEN_BYTE_ARRAY, INT96 -> new FixedValues(type, options, limits.bytes());
        };
    }

    /** Values in the open page. */
    abstract int count();

    /** Bytes the open page would take in PLAIN; decides when it is full. */
    abstract int pageBytes();

    /**
     * Appends the open page's values, and answers how they are encoded. Once for each page, values or not, before
     * {@link #clearPage}; it is here that dictionary and bloom filter take the page's values.
     */
    abstract Encoding encode(DirectBytes out);

    /** Of the open page; leaves none where there are no values, or none that bound them all. */
    abstract void bounds(PageBounds found);

    /** Bytes of the open page's byte arrays without lengths; 0 for other types. */
    abstract long byteArrayBytes();

    /** Taken from the machine, on the heap or off, besides the chunk's pages. */
    abstract long memoryBytes();

    abstract void clearPage();

    /** Forgets what is kept for a whole row group. */
    void clearChunk() {}

    /** Entries of the dictionary page; 0 when the chunk has none. */
    int dictionaryEntries() {
        return 0;
    }

    /** Appends the dictionary page's entries, PLAIN. */
    void encodeDictionary(DirectBytes out) {
        throw new IllegalStateException("no dictionary: entries=0");
    }

    /** Of the pages encoded since {@link #clearChunk}; null unless the column's options ask for it. */
    BloomFilter bloomFilter() {
        return null;
    }
}
