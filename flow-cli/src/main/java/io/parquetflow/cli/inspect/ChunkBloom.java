package io.parquetflow.cli.inspect;

import java.io.IOException;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.io.api.Binary;
import shaded.parquet.org.apache.thrift.TException;

/**
 * The bloom filter of one column chunk, and the values that it does not know: a reader that asks it would not find them.
 *
 * <p>Not thread-safe.
 */
final class ChunkBloom {
    private static final int MOST_HEADER_BYTES = 256;
    private static final int BLOCK_BYTES = 32;

    private final long offset;
    private final BlockSplitBloomFilter filter;
    private long missing;

    private ChunkBloom(long offset, BlockSplitBloomFilter filter) {
        this.offset = offset;
        this.filter = filter;
    }

    /** Reads the chunk's filter; null where it has none. */
    static ChunkBloom read(SegmentBytes bytes, Chunk chunk) throws IOException {
        if (!chunk.meta().isSetBloom_filter_offset()) {
            return null;
        }
        long offset = chunk.meta().getBloom_filter_offset();
        if (offset < 0 || offset >= bytes.size()) {
            throw bytes.problem(Math.max(0, offset), chunk.where() + ": bloom filter is outside the file");
        }
        int window = (int) Math.min(MOST_HEADER_BYTES, bytes.size() - offset);
        byte[] head = bytes.read(offset, window, "bloom filter header");
        BloomFilterHeader header = new BloomFilterHeader();
        int headerBytes;
        try {
            headerBytes = ThriftBytes.read(header, head);
        } catch (TException | RuntimeException e) {
            throw bytes.problem(
                    offset, chunk.where() + ": bloom filter cannot be parsed: " + SegmentException.words(e), e);
        }
        int length = header.getNumBytes();
        if (length < BLOCK_BYTES || length % BLOCK_BYTES != 0 || length > BlockSplitBloomFilter.UPPER_BOUND_BYTES) {
            throw bytes.problem(offset, chunk.where() + ": bloom filter size cannot be true: " + length);
        }
        checkLength(bytes, chunk, offset, (long) headerBytes + length);
        byte[] bits = bytes.read(offset + headerBytes, length, chunk.where() + ": bloom filter");
        return new ChunkBloom(offset, new BlockSplitBloomFilter(bits));
    }

    private static void checkLength(SegmentBytes bytes, Chunk chunk, long offset, long actual) throws IOException {
        boolean said = chunk.meta().isSetBloom_filter_length();
        if (said && chunk.meta().getBloom_filter_length() != actual) {
            throw bytes.problem(
                    offset,
                    chunk.where() + ": bloom filter length: footer="
                            + chunk.meta().getBloom_filter_length() + ", data=" + actual);
        }
    }

    long offset() {
        return offset;
    }

    /** Values that are in the data and not in the filter. */
    long missing() {
        return missing;
    }

    void see(int value) {
        seeHash(filter.hash(value));
    }

    void see(long value) {
        seeHash(filter.hash(value));
    }

    void see(float value) {
        seeHash(filter.hash(value));
    }

    void see(double value) {
        seeHash(filter.hash(value));
    }

    void see(Binary value) {
        seeHash(filter.hash(value));
    }

    private void seeHash(long hash) {
        missing += filter.findHash(hash) ? 0 : 1;
    }
}
