package io.parquetflow.capture;

import io.parquetflow.column.ChunkTarget;
import io.parquetflow.column.PageCompressor;
import io.parquetflow.column.WrittenChunk;
import io.parquetflow.file.CreatedBy;
import io.parquetflow.file.SegmentTail;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes one row group and its footer out of nothing, to nowhere, beside the writer thread: its first seal would otherwise
 * load some hundred classes and the codec's library, 200 ms, while the ring fills. Not before the first record, or five
 * seconds: a process that opens a sink is starting, and needs its cores; one that ends at once needs none of it.
 */
final class WarmUp {
    private static final AtomicBoolean DONE = new AtomicBoolean();
    private static final int PAYLOAD = 64;
    private static final long LONGEST_WAIT_NS = 5_000_000_000L;
    private static final long LOOK_NS = 10_000_000;

    private WarmUp() {}

    /** Once in a JVM, on a thread of its own: nobody waits for it. */
    static void once(MemoryPlan plan, SinkConfig config, PageCompressor ofSink, Progress progress) {
        if (!DONE.getAndSet(true)) {
            Thread thread = new Thread(
                    () -> {
                        awaitRecord(progress);
                        quietly(ofSink::load);
                        quietly(() -> run(plan, config));
                    },
                    "parquet-flow-warm-up");
            thread.setDaemon(true);
            quietly(thread::start);
        }
    }

    private static void awaitRecord(Progress progress) {
        long start = System.nanoTime();
        while (progress.taken().records() == 0 && System.nanoTime() - start < LONGEST_WAIT_NS) {
            LockSupport.parkNanos(LOOK_NS);
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

    private static void run(MemoryPlan plan, SinkConfig config) throws IOException {
        try (PageCompressor compressor = PageCompressor.of(config.codec(), config.codecLevel())) {
            run(plan, compressor);
        }
    }

    private static void run(MemoryPlan plan, PageCompressor compressor) throws IOException {
        MemoryPlan small = new MemoryPlan(64 << 10, plan.blockBytes(), PAYLOAD, 64 << 10, 4 << 10);
        RecordBatch batch = new RecordBatch(small.pageBytes());
        batch.clear(0);
        ByteBuffer payload = ByteBuffer.allocate(PAYLOAD);
        for (int i = 0; batch.hasRoom(PAYLOAD); i++) {
            batch.add(i, RecordBatch.FLAG_SOURCE, 0, i, 0, i, payload, 0, PAYLOAD);
        }
        Rows rows = new RawRows(small, Long.MAX_VALUE, compressor);
        StreamTable streams = new StreamTable();
        Origin origin = new Origin(0, "aaaaaaaaaaaaa", new Losses(streams), new NoStreams(), 0);
        while (batch.next()) {
            rows.add(batch, origin, 0);
            origin.rowsAdded(1);
        }
        List<WrittenChunk> chunks = rows.group().writeTo(new Nowhere());
        SegmentTail.of(
                        RawSchema.SCHEMA,
                        CreatedBy.TEXT,
                        Map.of(),
                        List.of(SegmentTail.rowGroup(chunks, rows.group().rows(), 0)),
                        List.of(chunks),
                        0)
                .writeTo(new Nowhere());
    }

    /** One, without a name. */
    private record NoStreams() implements Origin.StreamNames {
        @Override
        public byte[] bytes(int stream) {
            return new byte[0];
        }

        @Override
        public String name(int stream) {
            return "";
        }
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
