package io.parquetflow.column;

import io.parquetflow.spi.ColumnOptions;
import java.nio.ByteBuffer;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * FIXED_LEN_BYTE_ARRAY values of any length, and INT96 values, which take 12 bytes.
 *
 * <p>Not thread-safe.
 */
public final class FixedValues extends TypedValues<BytesDictionary> {
    private static final int INT96_BYTES = 12;

    private final int length;
    private final BytesPage page;
    private final BinaryBounds bounds;
    private final DeltaBytesEncoder deltas = new DeltaBytesEncoder();
    private final ByteStreamSplit streams = new ByteStreamSplit();

    FixedValues(PrimitiveType type, ColumnOptions options, int pageBytes) {
        super(type, options, byteArrays(type, options, true));
        this.length = type.getPrimitiveTypeName() == PrimitiveTypeName.INT96 ? INT96_BYTES : type.getTypeLength();
        this.page = BytesPage.ofLength(length, pageBytes);
        this.bounds = new BinaryBounds(type);
    }

    /**
     * Adds a value to the open page.
     *
     * @param from memory
     * @param at index of the first byte
     */
    public void add(ByteBuffer from, int at) {
        page.add(from, at, length);
    }

    /**
     * Adds a value to the open page.
     *
     * @param from its array
     * @param at index of the first byte
     */
    public void add(byte[] from, int at) {
        page.add(from, at, length);
    }

    /**
     * Adds values that lie one behind the other to the open page.
     *
     * @param bytes of all
     * @param at index of the first byte
     * @param n how many values
     */
    public void addAll(ByteBuffer bytes, int at, int n) {
        page.addAll(bytes, at, n);
    }

    /**
     * Length of each value.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }

    @Override
    int count() {
        return page.count();
    }

    @Override
    int pageBytes() {
        return page.size();
    }

    @Override
    void encodeAs(Encoding encoding, DirectBytes out) {
        switch (encoding) {
            case PLAIN -> out.put(page.memory(), page.start(), page.size());
            case DELTA_BYTE_ARRAY -> deltas.encodePrefixes(page, out);
            case BYTE_STREAM_SPLIT -> streams.encode(page, length, out);
            default -> throw cannot(encoding);
        }
    }

    @Override
    boolean index(BytesDictionary into, int[] found, int from, int to) {
        ByteBuffer memory = page.memory();
        for (int i = from; i < to; i++) {
            int index = into.indexOf(memory, page.at(i), length);
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
            to.add(XxHash64.of(memory, page.at(i), length, 0));
        }
    }

    @Override
    void bounds(PageBounds found) {
        bounds.find(page, found);
    }

    /** Readers count bytes of values of unknown length only. */
    @Override
    long byteArrayBytes() {
        return 0;
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
