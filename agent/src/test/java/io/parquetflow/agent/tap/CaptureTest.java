package io.parquetflow.agent.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.LogSink;
import io.parquetflow.Recorder;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
    private static final int MOST = 8;

    @TempDir
    Path directory;

    private LogSink sink;
    private Capture capture;

    @BeforeEach
    void open() throws Exception {
        Properties keys = new Properties();
        keys.setProperty("directory", directory.toString());
        keys.setProperty("memory-limit", "16MB");
        sink = CaptureSchema.open(keys, (level, line, cause) -> {});
        capture = capture(1);
    }

    @AfterEach
    void close() {
        sink.close();
    }

    private Capture capture(int sampleOf) {
        return new Capture(
                new CaptureSettings(MOST, sampleOf, new Filter(0, 65_535, null), Set.of()),
                new Capture.Streams() {
                    @Override
                    public Recorder of(Point point) {
                        return sink.stream(point.stream());
                    }

                    @Override
                    public TypedRows typed(String stream, Arguments arguments) {
                        return null;
                    }
                },
                new StackOwners(line -> {}));
    }

    private List<String> payloads() throws Exception {
        return rows("select hex(payload) || case when truncated then '+' else '' end from %s order by seq");
    }

    /** Of the one segment that there is. */
    private List<String> rows(String query) throws Exception {
        sink.close();
        List<String> rows = new ArrayList<>();
        try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckdb.createStatement();
                var files = Files.list(directory)) {
            List<Path> segments =
                    files.filter(f -> f.toString().endsWith(".parquet")).toList();
            assertThat(segments).hasSize(1);
            ResultSet all = statement.executeQuery(String.format(query, "'" + segments.get(0) + "'"));
            while (all.next()) {
                rows.add(all.getString(1));
            }
        }
        return rows;
    }

    @Test
    void readsEveryBufferByIndexAndNeverMovesIt() throws Exception {
        Point bytes = capture.add("udp", Direction.IN, Reading.BYTES);
        Point whole = capture.add("feed", Direction.IN, Reading.WHOLE);
        byte[] array = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        ByteBuffer direct = ByteBuffer.allocateDirect(10).put(array).position(4).limit(7);
        for (ByteBuffer buffer : List.of(
                ByteBuffer.wrap(array).position(4).limit(7),
                direct,
                direct.asReadOnlyBuffer(),
                ByteBuffer.wrap(array).asReadOnlyBuffer().position(4).limit(7),
                ByteBuffer.wrap(array).position(2).slice().position(2).limit(5))) {
            capture.take(whole.id(), null, buffer, 0, 0, null);
            assertThat(buffer.position() + "-" + buffer.limit()).isIn("4-7", "2-5");
        }
        capture.take(bytes.id(), new Object(), direct, 1, 3, null);
        capture.take(bytes.id(), new Object(), array, 3, 3, null);
        assertThat(payloads()).containsExactly("040506", "040506", "040506", "040506", "040506", "0102", "");
        assertThat(direct.position()).isEqualTo(4);
    }

    @Test
    void oneReadIsOneRowWhateverItIsScatteredOver() throws Exception {
        Point point = capture.add("udp", Direction.IN, Reading.BYTES);
        ByteBuffer[] buffers = {
            null, ByteBuffer.wrap(new byte[] {1, 2, 3}), ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] {4, 5, 6})
        };
        buffers[1].position(3);
        buffers[3].position(2);
        capture.take(point.id(), new Object(), buffers, 1, 4, new int[] {1, 0, 0});
        assertThat(payloads()).containsExactly("02030405");
    }

    @Test
    void cutsWhatIsTooLongAndSaysSo() throws Exception {
        Point whole = capture.add("feed", Direction.IN, Reading.WHOLE);
        Point latin = capture.add("quickfixj", Direction.IN, Reading.LATIN);
        capture.take(whole.id(), null, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, 0, null);
        capture.take(whole.id(), null, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 0, 0, null);
        capture.take(whole.id(), null, "8=FIX\u00e9", 0, 0, null);
        capture.take(latin.id(), null, "8=FIX\u00e9", 0, 0, null);
        capture.take(whole.id(), null, CharBuffer.wrap("123456789"), 0, 0, null);
        capture.take(whole.id(), null, ByteBuffer.allocate(9), 0, 0, null);
        assertThat(payloads())
                .containsExactly(
                        "0102030405060708",
                        "0102030405060708+",
                        "383D464958C3A9",
                        "383D464958E9",
                        "3132333435363738+",
                        "0000000000000000+");
    }

    @Test
    void nothingThatFailsLeavesACallAndOneThatFailsOftenIsLeftAlone() {
        Point point = capture.add("feed", Direction.IN, Reading.WHOLE);
        CharSequence hostile = new CharSequence() {
            @Override
            public int length() {
                throw new IllegalStateException("no");
            }

            @Override
            public char charAt(int index) {
                return 0;
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return this;
            }
        };
        for (int i = 0; i < 200; i++) {
            try {
                capture.take(point.id(), null, hostile, 0, 0, null);
            } catch (IllegalStateException e) {
                capture.failed(point.id(), e); // as the dispatcher does
            }
        }
        assertThat(point.isBroken()).isTrue();
        assertThat(point.failures()).isEqualTo(100);
        assertThat(point.records()).isZero();
    }

    @Test
    void aChannelThatIsConnectedAnewHasAnotherPeer() throws Exception {
        Point point = capture.add("udp", Direction.IN, Reading.BYTES);
        ByteBuffer datagram = ByteBuffer.allocate(4);
        InetSocketAddress one = new InetSocketAddress(InetAddress.getLoopbackAddress(), 26_401);
        InetSocketAddress two = new InetSocketAddress(InetAddress.getLoopbackAddress(), 26_402);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            capture.take(point.id(), channel, datagram, 0, 1, one); // received, from somebody
            channel.connect(two);
            capture.take(point.id(), channel, datagram, 0, 1, null); // read
            channel.disconnect().connect(one);
            capture.take(point.id(), channel, new ByteBuffer[] {datagram.position(1)}, 0, 1, new int[1]);
        }
        assertThat(rows("select remote from %s order by seq"))
                .containsExactly("127.0.0.1:26401", "127.0.0.1:26402", "127.0.0.1:26401");
    }

    /** A claim that stays open would hold up all records behind it. */
    @Test
    void whatFailsHalfwayHoldsNobodyUp() throws Exception {
        Point part = capture.add("feed", Direction.IN, Reading.PART);
        List<long[]> wrong = List.of(
                new long[] {4, 2},
                new long[] {-1, 2},
                new long[] {0, -1},
                new long[] {Integer.MAX_VALUE, 2},
                new long[] {0, Integer.MAX_VALUE});
        for (long[] where : wrong) {
            assertThatThrownBy(() -> capture.take(part.id(), null, new byte[5], where[0], where[1], null))
                    .isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> capture.take(part.id(), null, ByteBuffer.allocate(5), where[0], where[1], null))
                    .isInstanceOf(RuntimeException.class);
        }
        Thread another = new Thread(() -> capture.take(part.id(), null, new byte[] {1, 2, 3}, 1, 2, null));
        another.start();
        another.join();
        assertThat(sink.flush(Duration.ofSeconds(10))).isTrue();
        assertThat(part.records()).isEqualTo(1);
        assertThat(payloads()).containsExactly("0203");
    }

    @Test
    void aCallThatACallOfOursCausesIsNotTheApplications() throws Exception {
        Point point = capture.add("feed", Direction.IN, Reading.WHOLE);
        CharSequence woven = new CharSequence() {
            @Override
            public int length() {
                capture.take(point.id(), null, "inner".getBytes(StandardCharsets.UTF_8), 0, 0, null);
                return 1;
            }

            @Override
            public char charAt(int index) {
                return 'x';
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return this;
            }
        };
        capture.take(point.id(), null, woven, 0, 0, null);
        assertThat(payloads()).containsExactly("78");
    }

    @Test
    void takesEveryNth() {
        capture = capture(4);
        Point point = capture.add("feed", Direction.IN, Reading.WHOLE);
        for (int i = 0; i < 100; i++) {
            capture.take(point.id(), null, new byte[1], 0, 0, null);
        }
        assertThat(point.records()).isEqualTo(25);
    }

    /** Without a sink, so that each one that is taken is counted as dropped, and the others are not. */
    @Test
    void takesEveryNthOfAMethodsArguments() {
        capture = capture(4);
        Point point = capture.add("book", Direction.IN, Reading.ARGUMENTS);
        for (int i = 0; i < 100; i++) {
            capture.take(point.id(), null, new Object[] {i}, 0, 0, null);
        }
        assertThat(point.dropped()).isEqualTo(25);
        assertThat(point.records()).isZero();
    }

    /** As where the agent comes to a process that has run for days. */
    @Test
    void whatTheKernelDroppedBeforeIsNotOfThisCapture() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/net/udp")), "no kernel that counts drops");
        Point udp = capture.add("udp", Direction.IN, Reading.BYTES);
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket sender = new DatagramSocket()) {
            receiver.setReceiveBufferSize(2_048);
            capture.take(udp.id(), receiver, new byte[1], 0, 1, null);
            for (int look = 0; look < 2; look++) {
                for (int i = 0; i < 300; i++) {
                    sender.send(new DatagramPacket(new byte[200], 200, receiver.getLocalSocketAddress()));
                }
                capture.sampleKernelDrops();
            }
        }
        assertThat(rows("select kernel_drops between 1 and 300 from %s order by seq, kernel_drops"))
                .containsExactlyInAnyOrder(null, "true");
    }

    @Test
    void whatFindsNoSinkIsCounted() {
        sink.close();
        Point point = capture.add("feed", Direction.IN, Reading.WHOLE);
        capture.take(point.id(), null, new byte[1], 0, 0, null);
        assertThat(point.records()).isZero();
        assertThat(point.dropped()).isEqualTo(1);
    }
}
