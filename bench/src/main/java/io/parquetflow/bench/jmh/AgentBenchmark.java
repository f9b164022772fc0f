package io.parquetflow.bench.jmh;

import io.parquetflow.LogSink;
import io.parquetflow.Recorder;
import io.parquetflow.agent.tap.Arguments;
import io.parquetflow.agent.tap.Capture;
import io.parquetflow.agent.tap.CaptureSchema;
import io.parquetflow.agent.tap.CaptureSettings;
import io.parquetflow.agent.tap.Direction;
import io.parquetflow.agent.tap.Filter;
import io.parquetflow.agent.tap.Point;
import io.parquetflow.agent.tap.Reading;
import io.parquetflow.agent.tap.StackOwners;
import io.parquetflow.agent.tap.TypedRows;
import io.parquetflow.bench.sink.Directories;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the agent adds to a call of the application: all that happens on its thread, in bursts that the ring holds. See
 * {@link AcceptBenchmark} for why.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Threads(1)
@State(Scope.Benchmark)
public class AgentBenchmark {
    /** Of some 400 bytes: 20 MiB of the ring's 32. */
    private static final int BURST = 40_000;

    private static final int SIZE = 256;
    private static final String THREAD = "feed-handler-1";
    private static final int PORT = 65_535;
    private static final Duration AT_MOST = Duration.ofMinutes(1);

    private final ByteBuffer datagram = ByteBuffer.allocateDirect(SIZE);
    private final byte[] payload = new byte[SIZE];
    private Path directory;
    private LogSink sink;
    private DatagramChannel channel;
    private Capture capture;
    private Point udp;
    private Point pointcut;

    /**
     * Opens a sink as the agent does, and a channel.
     *
     * @throws IOException when the directory cannot be used
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        Thread.currentThread().setName(THREAD); // stands in each row; JMH's own has 61 characters
        directory = Files.createTempDirectory(Directories.base(), "parquet-flow-jmh-");
        Properties keys = new Properties();
        keys.setProperty("directory", directory.toString());
        keys.setProperty("durability", "off");
        keys.setProperty("retain-files", "2");
        sink = CaptureSchema.open(keys, (level, line, cause) -> {});
        Recorder stream = sink.stream("bench");
        capture = new Capture(
                new CaptureSettings(1 << 16, 1, new Filter(0, PORT, null), Set.of()),
                new Capture.Streams() {
                    @Override
                    public Recorder of(Point point) {
                        return stream;
                    }

                    @Override
                    public TypedRows typed(String name, Arguments arguments) {
                        return null;
                    }
                },
                new StackOwners(line -> {}));
        udp = capture.add("udp", Direction.IN, Reading.BYTES);
        pointcut = capture.add("feed", Direction.IN, Reading.WHOLE);
        channel = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Empties the ring. */
    @Setup(Level.Invocation)
    public void drain() {
        if (!sink.flush(AT_MOST)) {
            throw new IllegalStateException("the writer thread does not keep up: " + sink.stats());
        }
    }

    /**
     * Closes everything and checks the numbers.
     *
     * @throws IOException when the directory cannot be deleted
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        channel.close();
        boolean all = sink.close(AT_MOST);
        Directories.delete(directory);
        if (!all || capture.points().stream().anyMatch(point -> point.failures() > 0)) {
            throw new IllegalStateException("not all was recorded: closed=" + all + ", " + sink.stats());
        }
    }

    private void count(Answers answers, Point point, long before) {
        long accepted = point.records() - before;
        answers.end(accepted, BURST - accepted);
        if (accepted != BURST) {
            throw new IllegalStateException("dropped=" + (BURST - accepted) + ": this is not the accept path alone");
        }
    }

    /**
     * A datagram of 256 bytes in a direct buffer; the address is a new object each time, as the JDK's is.
     *
     * @param answers counters
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void udpTap(Answers answers) {
        long before = udp.records();
        InetSocketAddress[] senders = {
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 26_400),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 26_400)
        };
        answers.begin();
        for (int i = 0; i < BURST; i++) {
            capture.take(udp.id(), channel, datagram, 0, SIZE, senders[i & 1]);
        }
        count(answers, udp, before);
    }

    /**
     * An array of 256 bytes, an argument of a method.
     *
     * @param answers counters
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void pointcut(Answers answers) {
        long before = pointcut.records();
        answers.begin();
        for (int i = 0; i < BURST; i++) {
            capture.take(pointcut.id(), null, payload, 0, 0, null);
        }
        count(answers, pointcut, before);
    }
}
