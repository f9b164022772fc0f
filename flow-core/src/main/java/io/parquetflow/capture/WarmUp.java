package io.parquetflow.capture;

import io.parquetflow.column.ChunkTarget;
import io.parquetflow.column.PageCompressor;
import io.parquetflow.column.WrittenChunk;
import io.parquetflow.file.CreatedBy;
import io.parquetflow.file.SegmentTail;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.RingReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes one row group and its footer out of nothing, to nowhere, on the writer thread before its first record: the first
 * seal would otherwise load some hundred classes, 200 ms, while the ring fills.
 */
final class WarmUp {
    private static final AtomicBoolean DONE = new AtomicBoolean();
    private static final int PAYLOAD = 64;

    private WarmUp() {}

    /** Once in a JVM. */
    static void once(MemoryPlan plan, PageCompressor compressor) {
        if (!DONE.getAndSet(true)) {
            quietly(() -> run(plan, compressor));
        }
    }

    /**
     * Whatever goes wrong here will go wrong, and be told, where it matters: an OutOfMemoryError, too, which would keep the
     * sink from starting.
     */
    static void quietly(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException | RuntimeException | Error e) {
            return;
        }
    }

    private static void run(MemoryPlan plan, PageCompressor compressor) throws IOException {
        MemoryPlan small = new MemoryPlan(64 << 10, plan.blockBytes(), PAYLOAD, 64 << 10, 4 << 10);
        CaptureRing ring = new CaptureRing(small.ringBytes(), small.blockBytes(), PAYLOAD);
        RingReader reader = new RingReader(ring);
        Rows rows = new RawRows("aaaaaaaaaaaaa", small, Long.MAX_VALUE, compressor);
        var drops = ring.newCounters(0, "warm-up");
        byte[] payload = new byte[PAYLOAD];
        for (int i = 0; ring.offer(0, drops, i, i, payload, 0, PAYLOAD) >= 0; i++) {
            reader.next();
            rows.add(reader, payload, i, 0);
        }
        List<WrittenChunk> chunks = rows.group().writeTo(new Nowhere());
        SegmentTail.of(
                RawSchema.SCHEMA,
                CreatedBy.TEXT,
                Map.of(),
                List.of(SegmentTail.rowGroup(chunks, rows.group().rows(), 0)),
                List.of(chunks),
                0);
    }

    /** Something that may fail. */
    @FunctionalInterface
    interface Attempt {
        void run() throws IOException;
    }

    /** Takes bytes and forgets them. */
    private static final class Nowhere implements ChunkTarget {
        private long position;

        @Override
        public long position() {
            return position;
        }

        @Override
        public void write(ByteBuffer bytes) {
            position += bytes.remaining();
            bytes.position(bytes.limit());
        }
    }
}
