package io.parquetflow.testing;

import io.parquetflow.LogSink;
import io.parquetflow.SinkStats;
import io.parquetflow.spi.SinkState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that does to a sink what it is told, line by line, while somebody makes its system calls fail; it answers
 * each line with its own account and the sink's. Neither reading nor answering takes a call that tests make fail.
 */
public final class FaultyWriter {
    /** Of each payload: the number of the call, and zeros. */
    public static final int PAYLOAD_BYTES = 100;

    /** So often a payload waits for room; then it is refused at once, since it may be for ever. */
    private static final int MOST_WAITS = 20;

    private static final Duration WAIT = Duration.ofMillis(20);

    private final Path home;
    private final Properties properties;
    private final byte[] payload = new byte[PAYLOAD_BYTES];
    private LogSink sink;
    private BitSet taken;
    private int calls;
    private int longCalls;
    private long longestNs;
    private long waits;
    private boolean all;

    private FaultyWriter(Path home, Properties properties) {
        this.home = home;
        this.properties = properties;
    }

    /** Arguments: directory of the sinks' directories, the sinks' properties as lines. */
    public static void main(String[] args) throws IOException {
        // Opens every jar there is: one that could not be opened when its turn came would be passed over for ever.
        FaultyWriter.class.getClassLoader().getResource("no/such/thing");
        Properties properties = new Properties();
        properties.load(new StringReader(args[1]));
        FaultyWriter writer = new FaultyWriter(Path.of(args[0]), properties);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = in.readLine()) != null) {
            String[] words = line.split(" ");
            System.out.println(writer.obey(words[0], words.length > 1 ? words[1] : ""));
        }
    }

    private String obey(String order, String what) {
        switch (order) {
            case "build" -> {
                return build(what);
            }
            case "record" -> record(Integer.parseInt(what));
            case "offer" -> offer(Duration.ofMillis(Long.parseLong(what)), Duration.ofMillis(50));
            case "rotate" -> all = sink.rotate(Duration.ofMillis(Long.parseLong(what)));
            case "resume" -> resume(Duration.ofMillis(Long.parseLong(what)));
            case "close" -> all = sink.close(Duration.ofMillis(Long.parseLong(what)));
            default -> throw new IllegalArgumentException(order);
        }
        return account();
    }

    private String build(String name) {
        taken = new BitSet();
        calls = 0;
        try {
            sink = LogSink.builder(home.resolve(name))
                    .properties(properties)
                    .jmx(false)
                    .diagnostics((level, line, cause) -> System.err.println(line))
                    .build();
            return account();
        } catch (IOException e) {
            return "built=false";
        }
    }

    private void record(int count) {
        int refused = 0;
        for (int i = 0; i < count; i++) {
            ByteBuffer.wrap(payload).putLong(0, calls);
            boolean in = sink.record(
                    payload, 0, PAYLOAD_BYTES, LogSink.OUR_CLOCK, calls, refused < MOST_WAITS ? WAIT : Duration.ZERO);
            refused += in ? 0 : 1;
            count(in);
        }
    }

    /** In bursts, so that the writer thread has the processor in between; counts the calls that take long. */
    private void offer(Duration time, Duration isLong) {
        longestNs = 0;
        longCalls = 0;
        long before = waitsOfThisThread();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            for (int i = 0; i < 100; i++) {
                ByteBuffer.wrap(payload).putLong(0, calls);
                long start = System.nanoTime();
                boolean in = sink.tryRecord(payload, 0, PAYLOAD_BYTES, LogSink.OUR_CLOCK, calls);
                long ns = System.nanoTime() - start;
                longestNs = Math.max(longestNs, ns);
                longCalls += ns > isLong.toNanos() ? 1 : 0;
                count(in);
            }
            before++; // the pause is ours
            LockSupport.parkNanos(5_000_000);
        }
        waits = waitsOfThisThread() - before;
    }

    /** How often it was parked, or stood before a monitor. */
    private static long waitsOfThisThread() {
        ThreadInfo info = ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().getId());
        return info.getBlockedCount() + info.getWaitedCount();
    }

    private void count(boolean in) {
        taken.set(calls, in);
        calls++;
    }

    /** First what was accepted: a call that failed a moment ago may not have been noticed yet. */
    private void resume(Duration most) {
        sink.rotate(most);
        awaitRunning(most);
    }

    private void awaitRunning(Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (sink.stats().state() != SinkState.RUNNING && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private String account() {
        SinkStats stats = sink.stats();
        return "built=true all=" + all + " calls=" + calls + " taken=" + taken.cardinality() + " accepted="
                + stats.accepted() + " dropped=" + stats.dropped() + " state=" + stats.state() + " abandoned="
                + stats.abandoned() + " error="
                + stats.lastError().replaceAll("\\s", "_") + " segments=" + stats.segmentsSealed() + " safe="
                + stats.crashSafe()
                + " longest=" + longestNs + " long=" + longCalls + " waits=" + waits + " which=" + ranges();
    }

    /** What was taken, as {@code from-to,}. */
    private String ranges() {
        StringBuilder text = new StringBuilder();
        for (int i = taken.nextSetBit(0); i >= 0; ) {
            int end = taken.nextClearBit(i);
            text.append(i).append('-').append(end).append(',');
            i = taken.nextSetBit(end);
        }
        return text.toString();
    }
}
