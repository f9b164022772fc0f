package io.parquetflow.bench.crash;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.Recorder;
import io.parquetflow.SinkStats;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.RecordHeader;
import io.parquetflow.spi.RowAppender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * The process that is killed: a sink so small that it rotates, writes row groups and deletes journals many times a
 * second, and its producers.
 *
 * <p>Not thread-safe: a main class.
 */
final class CrashChild {
    static final String SINK = "crash";

    /** Exit code: a sink that was closed does not add up. */
    static final int DOES_NOT_ADD_UP = 3;
    /** Exit code: recovery did not end. */
    static final int RECOVERY_STUCK = 4;
    /** Exit code: nothing would be proved by a kill. */
    static final int NOT_CRASH_SAFE = 5;

    static final int RING_BYTES = 4 << 20;
    static final int BLOCK_BYTES = 128;

    static final int ROW_GROUP_BYTES = 256 << 10;
    private static final int PAGE_BYTES = 16 << 10;
    private static final int REJECT_ONE_IN = 97;
    private static final Duration CLOSE_AT_MOST = Duration.ofSeconds(60);
    private static final long RECOVERY_AT_MOST_NS = 60_000_000_000L;
    private static final Duration ROTATE_AT_MOST = Duration.ofSeconds(1);
    private static final long POLL_NS = 2_000_000;
    private static final MessageType DECODED =
            MessageTypeParser.parseMessageType("message decoded { required binary payload; }");

    private final ChildPlan plan;
    private final Oracle oracle;

    private CrashChild(ChildPlan plan, Oracle oracle) {
        this.plan = plan;
        this.oracle = oracle;
    }

    /** Starts; the arguments are those of {@link ChildPlan}. */
    public static void main(String[] arguments) throws Exception {
        ChildPlan plan = ChildPlan.parse(arguments);
        Oracle oracle = Oracle.map(plan.oracle());
        oracle.running();
        System.exit(new CrashChild(plan, oracle).run());
    }

    private int run() throws Exception {
        try (LogSink sink = builder().build()) {
            SinkStats stats = sink.stats();
            if (plan.durability() != Durability.OFF && !stats.crashSafe()) {
                System.out.println("not crash-safe: " + stats.crashSafeReason());
                return NOT_CRASH_SAFE;
            }
            oracle.opened(sink.writer());
            return plan.task() == ChildPlan.Task.RECOVER ? recover(sink) : produce(sink);
        }
    }

    private LogSinkBuilder builder() {
        LogSinkBuilder builder = LogSink.builder(plan.directory())
                .name(SINK)
                .durability(plan.durability())
                .codec(Codec.UNCOMPRESSED)
                .ringBytes(RING_BYTES)
                .blockBytes(BLOCK_BYTES)
                .maxPayload(Payload.MOST_BYTES)
                .rowGroupBytes(ROW_GROUP_BYTES)
                .pageBytes(PAGE_BYTES)
                .rotateBytes(plan.rotateBytes())
                .jmx(false);
        return plan.decoded() ? builder.decoder(DECODED, CrashChild::decode) : builder;
    }

    private static void decode(ByteBuffer payload, RecordHeader record, RowAppender rows) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        if (Payload.counter(bytes) % REJECT_ONE_IN == 0) {
            throw new IllegalArgumentException("one of those that are to be rejected");
        }
        rows.putBytes(0, bytes, 0, bytes.length).endRow();
    }

    private int produce(LogSink sink) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < plan.producers(); p++) {
            Recorder recorder = p % 2 == 0 ? sink : sink.stream("stream-" + p);
            Thread thread = new Thread(new Producer(plan, p, recorder, oracle), "crash-producer-" + p);
            threads.add(thread);
            thread.start();
        }
        if (plan.durability() == Durability.POWER) {
            watch("crash-ring-watch", () -> watchRing(sink));
            watch("crash-device-watch", () -> watchDevice(sink));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return close(sink);
    }

    private static void watch(String name, Runnable what) {
        Thread watch = new Thread(what, name);
        watch.setDaemon(true);
        watch.start();
    }

    /** What the sink has said to be on the device, no power cut may take. */
    private void watchDevice(LogSink sink) {
        while (true) {
            List<Long> accepted = oracle.accepted();
            if (sink.flush(CLOSE_AT_MOST)) {
                long end = sink.journaledSequence();
                while (sink.durableSequence() < end) {
                    LockSupport.parkNanos(POLL_NS);
                }
                oracle.durable(accepted);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** What has left the ring is on the device soon, but for what a force takes its time: the parent looks how soon. */
    private void watchRing(LogSink sink) {
        while (true) {
            List<Long> accepted = oracle.accepted();
            if (sink.flush(CLOSE_AT_MOST)) {
                oracle.drained(accepted);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private int close(LogSink sink) {
        boolean all = sink.close(CLOSE_AT_MOST);
        SinkStats stats = sink.stats();
        long accepted = 0;
        long refused = 0;
        for (int p = 0; p < plan.producers(); p++) {
            accepted += oracle.accepted(p);
            refused += oracle.refused(p);
        }
        if (!all || stats.accepted() != accepted || stats.dropped() != refused) {
            System.out.println("a closed sink does not add up: closed=" + all + ", accepted=" + accepted + ", refused="
                    + refused + ", " + stats);
            return DOES_NOT_ADD_UP;
        }
        oracle.closed(stats.dropped());
        return 0;
    }

    /** A dead writer's journals are there until its rows have a final name. */
    private int recover(LogSink sink) throws IOException {
        long start = System.nanoTime();
        List<Path> left = journalsOfOthers(sink.writer());
        while (!left.isEmpty()) {
            if (System.nanoTime() - start > RECOVERY_AT_MOST_NS) {
                System.out.println("recovery did not end: left=" + left + ", " + sink.stats());
                return RECOVERY_STUCK;
            }
            sink.rotate(ROTATE_AT_MOST); // what is little is in the open segment
            LockSupport.parkNanos(POLL_NS);
            left = journalsOfOthers(sink.writer());
        }
        return close(sink);
    }

    private List<Path> journalsOfOthers(String writer) throws IOException {
        List<Path> found = new ArrayList<>();
        Path internal = plan.directory().resolve(FlowDirectory.INTERNAL);
        if (!Files.isDirectory(internal)) {
            return found;
        }
        try (DirectoryStream<Path> journals = Files.newDirectoryStream(internal, "*.journal")) {
            for (Path path : journals) {
                if (!path.getFileName().toString().contains(writer)) {
                    found.add(path);
                }
            }
        }
        return found;
    }
}
