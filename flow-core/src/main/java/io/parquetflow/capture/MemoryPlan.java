package io.parquetflow.capture;

import io.parquetflow.column.PageLimits;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;
import io.parquetflow.spi.Units;

/**
 * What {@code memory-limit} becomes: sizes of ring, payload, row group and page. Keys that are given stay as they are;
 * the others shrink with the limit.
 *
 * @param ringBytes the slab without its tail
 * @param blockBytes the ring's unit
 * @param maxPayload the largest payload
 * @param rowGroupBytes a row group before encoding
 * @param pageBytes a page before compression
 */
public record MemoryPlan(int ringBytes, int blockBytes, int maxPayload, int rowGroupBytes, int pageBytes) {
    private static final int LEAST_RING = 64 << 10;
    private static final int LEAST_ROW_GROUP = 64 << 10;
    private static final int LEAST_PAGE = 4 << 10;
    /** Stays in the second-level cache between being journaled and being made rows of. */
    private static final int MOST_BATCH = 128 << 10;
    /** Chunk buffers grow by doubling, and compressors want room for the worst case. */
    private static final double ROW_GROUP_FACTOR = 2.5;
    /** Of the seven header columns: what their chunks begin with. */
    private static final int HEADER_CHUNKS_BYTES = 7 * (16 << 10);
    /** Of a row in the open page, besides its payload: five longs, two indices, one level. */
    private static final int OPEN_ROW_BYTES = 5 * Long.BYTES + 3 * Integer.BYTES;

    static MemoryPlan of(SinkConfig config) {
        return of(config, config.number(ConfigKey.MEMORY_LIMIT));
    }

    static MemoryPlan of(SinkConfig config, long limit) {
        int block = Math.toIntExact(config.number(ConfigKey.BLOCK_BYTES));
        long ring = sized(config, ConfigKey.RING_BYTES, Long.highestOneBit(limit / 4), LEAST_RING);
        long payload = sized(config, ConfigKey.MAX_PAYLOAD, ring / 8, 1);
        if (payload > ring / 4) {
            if (config.isGiven(ConfigKey.RING_BYTES)) {
                throw new IllegalArgumentException("invalid configuration: key=max-payload, value=" + payload
                        + ": a ring must hold four of the largest payload; take ring-bytes="
                        + Units.bytes(Long.highestOneBit(payload * 4 - 1) * 2));
            }
            ring = Long.highestOneBit(payload * 4 - 1) * 2;
        }
        long rowGroup = sized(config, ConfigKey.ROW_GROUP_BYTES, limit / 8, LEAST_ROW_GROUP);
        // A segment is cut at the end of a row group: a larger one would overshoot.
        rowGroup = Math.min(rowGroup, config.number(ConfigKey.ROTATE_BYTES));
        long page = sized(config, ConfigKey.PAGE_BYTES, rowGroup / 16, LEAST_PAGE);
        return new MemoryPlan(
                Math.toIntExact(ring),
                block,
                Math.toIntExact(payload),
                Math.toIntExact(rowGroup),
                Math.toIntExact(page));
    }

    private static long sized(SinkConfig config, ConfigKey key, long byLimit, long least) {
        if (config.isGiven(key)) {
            return config.number(key);
        }
        return Math.max(least, Math.min(config.number(key), byLimit));
    }

    /**
     * What the sink takes at the most, in steady state.
     *
     * @return bytes
     */
    public long totalBytes() {
        return CaptureRing.memoryFor(ringBytes, blockBytes, maxPayload)
                + (long) (rowGroupBytes * ROW_GROUP_FACTOR)
                + 2L * Math.max(pageBytes, maxPayload)
                + 2L * (Math.max(batchBytes(), maxPayload) + RecordBatch.OVERHEAD_BYTES)
                + HEADER_CHUNKS_BYTES
                + (long) Math.min(PageLimits.DEFAULT_ROWS, pageBytes / Long.BYTES) * OPEN_ROW_BYTES;
    }

    /** Of a batch between ring and columns; there are two. */
    int batchBytes() {
        return Math.min(MOST_BATCH, ringBytes / 8);
    }

    PageLimits pageLimits() {
        return new PageLimits(pageBytes, PageLimits.DEFAULT_ROWS, PageLimits.DEFAULT_BOUND_BYTES);
    }

    @Override
    public String toString() {
        return "ring-bytes=" + Units.bytes(ringBytes) + ", block-bytes=" + blockBytes + ", max-payload="
                + Units.bytes(maxPayload) + ", row-group-bytes=" + Units.bytes(rowGroupBytes) + ", page-bytes="
                + Units.bytes(pageBytes) + ", total=" + (totalBytes() >> 10) + "KB";
    }
}
