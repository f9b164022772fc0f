package io.parquetflow.column;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.nio.ByteBuffer;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType;

/**
 * BYTE_ARRAY values. Where a PLAIN page goes out as it is, the values are put straight into the chunk's memory and never
 * copied again.
 *
 * <p>Not thread-safe.
 */
public final class BinaryValues extends TypedValues<BytesDictionary> {
    /** A sample of large values is no more than this: each of them is hashed as a whole. */
    private static final int SAMPLE_BYTES = 64 << 10;

    private final BytesPage page;
    private final BinaryBounds bounds;
    private final DeltaBytesEncoder deltas = new DeltaBytesEncoder();

    private BinaryValues(PrimitiveType type, ColumnOptions options, BytesPage page) {
        super(type, options, byteArrays(type, options, false));
        this.page = page;
        this.bounds = new BinaryBounds(type);
    }

    /** With memory of its own. */
    BinaryValues(PrimitiveType type, ColumnOptions options, int pageBytes) {
        this(type, options, BytesPage.ofAnyLength(pageBytes));
    }

    /**
     * PLAIN or DELTA_LENGTH_BYTE_ARRAY, behind room for page header, levels and lengths in the chunk's memory.
     *
     * @throws IllegalArgumentException when another encoding is asked for
     */
    static BinaryValues inPlace(PrimitiveType type, ColumnOptions options, DirectBytes chunk, int room) {
        if (!canLieInPlace(options.encoding())) {
            throw new IllegalArgumentException("only PLAIN and DELTA_LENGTH_BYTE_ARRAY values can lie in place: column="
                    + type.getName() + ", encoding=" + options.encoding() + "; take a buffer with memory of its own");
        }
        return new BinaryValues(
                type, options, BytesPage.inPlace(chunk, room, options.encoding() == ColumnEncoding.PLAIN));
    }

    /** Encodings that leave the bytes of a value together. */
    static boolean canLieInPlace(ColumnEncoding encoding) {
        return encoding == ColumnEncoding.PLAIN || encoding == ColumnEncoding.DELTA_LENGTH_BYTE_ARRAY;
    }

    /** In place: what stands between levels and values, nothing in PLAIN. */
    void encodeFront(DirectBytes out) {
        if (page.lengthBytes() == 0) {
            int before = out.size();
            deltas.encodeLengthsAlone(page, out);
            page.nextLengths(out.size() - before);
        }
    }

    /**
     * Adds a value to the open page.
     *
     * @param from memory
     * @param at index of the first byte
     * @param length bytes
     */
    public void add(ByteBuffer from, int at, int length) {
        page.add(from, at, length);
    }

    /**
     * Adds a value to the open page.
     *
     * @param from its array
     * @param at index of the first byte
     * @param length bytes
     */
    public void add(byte[] from, int at, int length) {
        page.add(from, at, length);
    }

    /**
     * Adds values that lie one behind the other to the open page, in one piece unless they go in place.
     *
     * @param bytes of all
     * @param offsets value {@code i} is {@code bytes[offsets[from + i], offsets[from + i + 1])}
     * @param from index of the first value's offset
     * @param n how many values
     */
    public void addAll(ByteBuffer bytes, int[] offsets, int from, int n) {
        page.addAll(bytes, offsets, from, n);
    }

    @Override
    int count() {
        return page.count();
    }

    @Override
    int pageBytes() {
        return page.size() + page.count() * (Integer.BYTES - page.lengthBytes());
    }

    boolean inPlace() {
        return page.isInPlace();
    }

    int room() {
        return page.room();
    }

    /** A page of nulls has its room, too. */
    void openIfEmpty() {
        if (page.count() == 0) {
            page.open();
        }
    }

    /** Where the open page's first value begins in the chunk's memory. */
    int start() {
        return page.start();
    }

    @Override
    void encodeAs(Encoding encoding, DirectBytes out) {
        if (page.isInPlace()) {
            return; // they are where they stay
        }
        switch (encoding) {
            case PLAIN -> plain(out);
            case DELTA_LENGTH_BYTE_ARRAY -> deltas.encodeLengths(page, out);
            case DELTA_BYTE_ARRAY -> deltas.encodePrefixes(page, out);
            default -> throw cannot(encoding);
        }
    }

    /** Four bytes of length, then the bytes. */
    private void plain(DirectBytes out) {
        out.ensure(pageBytes());
        ByteBuffer memory = page.memory();
        ByteBuffer to = out.memory();
        int at = out.size();
        for (int i = 0; i < page.count(); i++) {
            int length = page.length(i);
            to.putInt(at, length);
            ByteRanges.copy(memory, page.at(i), to, at + Integer.BYTES, length);
            at += Integer.BYTES + length;
        }
        out.cutTo(at);
    }

    @Override
    int sampleValues() {
        long perValue = 1 + byteArrayBytes() / Math.max(1, count());
        return (int) Math.min(super.sampleValues(), Math.max(1, SAMPLE_BYTES / perValue));
    }

    @Override
    boolean index(BytesDictionary into, int[] found, int from, int to) {
        ByteBuffer memory = page.memory();
        for (int i = from; i < to; i++) {
            if (i > from && page.repeats(i)) {
                found[i] = found[i - 1];
                continue;
            }
            int index = into.indexOf(memory, page.at(i), page.length(i));
            if (index == ValueDictionary.FULL) {
                return false;
            }
            found[i] = index;
        }
        return true;
    }

    @Override
    void addHashes(DistinctHashes to) {
        ByteBuffer memory = page.memory();
        for (int i = 0; i < page.count(); i++) {
            to.add(XxHash64.of(memory, page.at(i), page.length(i), 0));
        }
    }

    @Override
    void bounds(PageBounds found) {
        bounds.find(page, found);
    }

    @Override
    long byteArrayBytes() {
        return page.size() - (long) page.count() * page.lengthBytes();
    }

    @Override
    long memoryOfPage() {
        return page.memoryBytes();
    }

    @Override
    void clearPage() {
        page.clear();
    }
}
