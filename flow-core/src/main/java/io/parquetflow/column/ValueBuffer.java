package io.parquetflow.column;

import java.util.List;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/**
 * The typed half of a column chunk: the values of the page that is open, how they are encoded, and their statistics.
 * Nulls are not in here.
 *
 * <p>Not thread-safe.
 */
abstract sealed class ValueBuffer permits LongValues, BinaryValues, DictionaryValues {
    /** Bytes the open page would take without encoding; decides when it is full. */
    abstract int pageBytes();

    abstract Encoding encoding();

    /** Appends the open page's values. */
    abstract void encode(DirectBytes out);

    /** Of the open page; without minimum and maximum where there are no values, or none that bound them all. */
    abstract Statistics<?> statistics(int nulls);

    /** Bytes of the open page's byte arrays without lengths; 0 for other types. */
    abstract long byteArrayBytes();

    /** Taken from the machine, on the heap or off, besides the chunk's pages. */
    abstract long memoryBytes();

    abstract void clearPage();

    /** Forgets what is kept for a whole row group. */
    void clearChunk() {}

    /** Entries of the dictionary page, in order; null without a dictionary. */
    List<byte[]> dictionary() {
        return null;
    }
}
