package io.parquetflow.column;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.schema.PrimitiveType;

/**
 * What the buffers of all types have in common: when a page is closed, it decides how its values are encoded, and feeds
 * dictionary and bloom filter.
 *
 * <p>A dictionary is tried from a chunk's first page on. It has to pay there, where nobody asked for it: a sample is
 * looked at first, so that values which are all different cost no table of them. Where it does not pay, or later has no
 * room for a page, that page and all behind it go without; pages before keep it.
 *
 * <p>Not thread-safe.
 *
 * @param <D> the dictionary of the type
 */
abstract sealed class TypedValues<D extends ValueDictionary> extends ValueBuffer
        permits IntValues, LongValues, FloatValues, DoubleValues, BooleanValues, BinaryValues, FixedValues {
    /** Arrays begin small, since a file may have thousands of columns, and grow to what a page takes. */
    static final int FIRST_VALUES = 256;

    private static final int SAMPLE_VALUES = 1024;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    final PrimitiveType type;
    private final Encoding withoutDictionary;
    private final boolean weighsDeltas;
    private final Pause deltas = new Pause();
    /** Null where no dictionary is ever tried. */
    private final DictionaryTrial trial;

    private final D dictionary;
    private int[] indices = {};
    /** Null without a bloom filter. */
    private final DistinctHashes hashes;

    TypedValues(PrimitiveType type, ColumnOptions options, D dictionary) {
        EncodingRules.check(type, options);
        ColumnEncoding asked = options.encoding();
        this.type = type;
        this.withoutDictionary = EncodingRules.withoutDictionary(asked);
        this.weighsDeltas = EncodingRules.weighsDeltas(type, asked);
        this.trial = EncodingRules.triesDictionary(type, asked)
                ? new DictionaryTrial(asked == ColumnEncoding.DICTIONARY)
                : null;
        this.dictionary = dictionary;
        this.hashes = options.bloom() ? new DistinctHashes() : null;
    }

    /** Appends the open page's values in an encoding of the type that has no dictionary. */
    abstract void encodeAs(Encoding encoding, DirectBytes out);

    /** Finds the indices of some of the open page's values; false when the dictionary is full. */
    abstract boolean index(D into, int[] found, int from, int to);

    /** Adds the hashes of the open page's values, as readers make them. */
    abstract void addHashes(DistinctHashes to);

    /** How many values are looked at before the rest, where a dictionary has to pay. */
    int sampleValues() {
        return Math.min(count(), SAMPLE_VALUES);
    }

    @Override
    final Encoding encode(DirectBytes out) {
        if (hashes != null) {
            addHashes(hashes);
        }
        if (trial != null && trial.isOpen() && count() > 0 && encodeIndices(out)) {
            return Encoding.RLE_DICTIONARY;
        }
        return encodeWithoutDictionary(out);
    }

    /** False, and nothing appended, where the page goes without. */
    private boolean encodeIndices(DirectBytes out) {
        int count = count();
        int before = dictionary.entries();
        boolean isFirst = before == 0;
        if (indices.length < count) {
            indices = new int[grown(indices.length, count)];
        }
        int at = out.size();
        boolean hasToPay = isFirst && trial.hasToPay();
        boolean isKept = indexAll(count, hasToPay);
        if (isKept) {
            int width = RleEncoder.widthOf(dictionary.entries() - 1);
            out.putByte(width);
            RleEncoder.encode(indices, count, width, out);
            isKept = !hasToPay || out.size() - at + dictionary.bytes() < bytesWithout(out);
        }
        if (!isKept) {
            out.cutTo(at);
            dictionary.cutTo(before);
            trial.giveUp(isFirst);
        } else if (isFirst) {
            trial.won();
        }
        return isKept;
    }

    private boolean indexAll(int count, boolean hasToPay) {
        int sampled = hasToPay ? sampleValues() : 0;
        if (!index(dictionary, indices, 0, sampled)) {
            return false;
        }
        // One in twenty has to have been there before. All that is left is too many for a dictionary of such a page.
        boolean isHopeless = hasToPay && dictionary.entries() * 20 > sampled * 19;
        return !isHopeless && index(dictionary, indices, sampled, count);
    }

    /** Of the page without a dictionary. Deltas are not weighed each time: they have to be encoded for it. */
    private int bytesWithout(DirectBytes out) {
        if (!weighsDeltas || !trial.weighs()) {
            return pageBytes();
        }
        int at = out.size();
        encodeAs(Encoding.DELTA_BINARY_PACKED, out);
        int bytes = out.size() - at;
        out.cutTo(at);
        return Math.min(bytes, pageBytes());
    }

    private Encoding encodeWithoutDictionary(DirectBytes out) {
        if (weighsDeltas && deltas.takeTurn()) {
            int at = out.size();
            encodeAs(Encoding.DELTA_BINARY_PACKED, out);
            if (out.size() - at < pageBytes()) {
                return Encoding.DELTA_BINARY_PACKED;
            }
            out.cutTo(at);
            deltas.begin();
        }
        encodeAs(withoutDictionary, out);
        return withoutDictionary;
    }

    @Override
    final int dictionaryEntries() {
        return dictionary == null ? 0 : dictionary.entries();
    }

    @Override
    final void encodeDictionary(DirectBytes out) {
        if (dictionary == null) {
            super.encodeDictionary(out);
        } else {
            dictionary.encode(out);
        }
    }

    @Override
    final BloomFilter bloomFilter() {
        return hashes == null ? null : hashes.filter();
    }

    @Override
    final void clearChunk() {
        if (trial != null) {
            dictionary.clear();
            trial.startChunk();
        }
        if (hashes != null) {
            hashes.clear();
        }
    }

    @Override
    final long memoryBytes() {
        return memoryOfPage()
                + (long) indices.length * Integer.BYTES
                + (dictionary == null ? 0 : dictionary.memoryBytes())
                + (hashes == null ? 0 : hashes.memoryBytes());
    }

    /** Of what holds the open page's values. */
    abstract long memoryOfPage();

    /** Where an encoding is asked for that {@link EncodingRules} does not have for the type. */
    final IllegalStateException cannot(Encoding encoding) {
        return new IllegalStateException("no such encoding: column=" + type.getName() + ", type="
                + type.getPrimitiveTypeName() + ", encoding=" + encoding);
    }

    /** Length of a larger array: twice the old one, or what is needed. */
    static int grown(int length, int needed) {
        return (int) Math.min(LARGEST_ARRAY, Math.max(needed, 2L * length));
    }

    /** A dictionary of numbers, where one may be tried. */
    static NumberDictionary numbers(PrimitiveType type, ColumnOptions options, int width) {
        return EncodingRules.triesDictionary(type, options.encoding()) ? new NumberDictionary(width) : null;
    }

    /** A dictionary of byte arrays, where one may be tried. */
    static BytesDictionary byteArrays(PrimitiveType type, ColumnOptions options, boolean isFixed) {
        return EncodingRules.triesDictionary(type, options.encoding()) ? new BytesDictionary(isFixed) : null;
    }
}
