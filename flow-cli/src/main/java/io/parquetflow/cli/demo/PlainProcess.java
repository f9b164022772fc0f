package io.parquetflow.cli.demo;

import io.parquetflow.cli.shell.CommandFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The process of {@code flow demo --agent}, which is sent datagrams and says in the end how many it has seen.
 *
 * <p>Not thread-safe.
 */
final class PlainProcess {
    /** How far the sender gets ahead at most: what a socket's buffer takes even where the system makes it small. */
    private static final int AHEAD = 2 * PlainReceiver.ACKNOWLEDGED;

    private static final long SILENCE_NS = 5_000_000_000L;
    private static final long END_S = 20;

    private final List<String> command;
    private final Consumer<String> say;
    private long datagrams;
    private long bytes;

    /**
     * Prepares it.
     *
     * @param say told what the process prints
     */
    PlainProcess(Path jar, Path directory, Consumer<String> say) {
        this.say = say;
        this.command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-javaagent:" + jar + "=directory=" + directory.toAbsolutePath() + ",taps=udp",
                "-cp",
                System.getProperty("java.class.path"),
                PlainReceiver.class.getName());
    }

    /** Starts it, sends, and waits for its end. */
    void run(long count, long rate) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            send(Integer.parseInt(word(output, "port ")), count, rate);
            String[] counts = word(output, "received ").split(" ", -1);
            datagrams = Long.parseLong(counts[0]);
            bytes = Long.parseLong(counts[1]);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                say.accept(line);
            }
            if (!process.waitFor(END_S, TimeUnit.SECONDS)) {
                throw new CommandFailed("the receiver does not end: pid=" + process.pid());
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /** What stands behind a word that its output has at the start of a line; other lines are for the reader. */
    private String word(BufferedReader output, String start) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
            say.accept(line);
        }
        throw new CommandFailed("the receiver ended before it was told to");
    }

    private static void send(int port, long count, long rate) throws IOException {
        MarketMessage messages = new MarketMessage();
        ByteBuffer buffer = ByteBuffer.allocateDirect(MarketMessage.BYTES);
        ByteBuffer reply = ByteBuffer.allocateDirect(Long.BYTES);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            long start = System.nanoTime();
            long received = 0;
            for (long i = 0; i < count; i++) {
                MarketFeed.pace(start + i * 1_000_000_000L / rate);
                messages.next(buffer.clear(), i, MarketFeed.now());
                channel.write(buffer.flip());
                received = received(channel, reply, received, i - AHEAD);
            }
            received(channel, reply, received, count - PlainReceiver.ACKNOWLEDGED);
            MarketMessage.end(buffer.clear(), count, MarketFeed.now());
            channel.write(buffer.flip());
        }
    }

    /** Waits until so many have arrived. */
    private static long received(DatagramChannel channel, ByteBuffer reply, long known, long wanted)
            throws IOException {
        long received = known;
        long deadline = System.nanoTime() + SILENCE_NS;
        while (received < wanted) {
            if (channel.read(reply.clear()) > 0) {
                received = reply.flip().getLong();
            } else if (System.nanoTime() > deadline) {
                throw new CommandFailed("the receiver fell silent: received=" + received
                        + "; is another program filtering loopback traffic?");
            } else {
                LockSupport.parkNanos(20_000);
            }
        }
        return received;
    }

    /** By the receiver's own count. */
    long datagrams() {
        return datagrams;
    }

    /** By the receiver's own count. */
    long bytes() {
        return bytes;
    }
}
