package io.parquetflow.cli.inspect;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.Stream;
import io.parquetflow.cli.Flow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * A real process that captures until it is killed. Its producers count in a mapped file, which outlives it: a record that
 * was accepted and not yet counted may be one more.
 */
final class CapturingChild implements AutoCloseable {
    static final int PRODUCERS = 2;

    /** What is in the rows' way: a payload begins with its number in ten digits. */
    static final String NUMBER = "cast(left(decode(payload), 10) as bigint)";

    private static final int LINE_BYTES = 128;

    private final Process process;
    private final Path page;

    private CapturingChild(Process process, Path page) {
        this.process = process;
        this.page = page;
    }

    /**
     * Starts it.
     *
     * @param folder gets the sink's directory {@code capture}, the slab and the page
     * @param form raw, or decoded
     */
    static CapturingChild start(Path folder, int payloadBytes, long rotateRows, String form) throws Exception {
        Path page = folder.resolve("page-" + System.nanoTime());
        Process process = new ProcessBuilder(
                        java(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CapturingChild.class.getName(),
                        folder.toString(),
                        page.toString(),
                        Integer.toString(payloadBytes),
                        Long.toString(rotateRows),
                        form)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
        CapturingChild child = new CapturingChild(process, page);
        while (child.accepted(0) == 0) {
            if (!process.isAlive()) {
                throw new AssertionError(Files.readString(folder.resolve("child.log")));
            }
            Thread.sleep(20);
        }
        return child;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A {@code flow} process. */
    static List<String> flow(Object... words) {
        List<String> line = new ArrayList<>(
                List.of(java(), "-Xshare:auto", "-cp", System.getProperty("java.class.path"), Flow.class.getName()));
        for (Object word : words) {
            line.add(word.toString());
        }
        return line;
    }

    long accepted(int producer) throws IOException {
        if (!Files.exists(page)) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(page));
        return bytes.capacity() < PRODUCERS * LINE_BYTES ? 0 : bytes.getLong(producer * LINE_BYTES);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the child does not die");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** The child's. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        MappedByteBuffer page;
        try (FileChannel file = FileChannel.open(
                Path.of(arguments[1]),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            page = file.map(FileChannel.MapMode.READ_WRITE, 0, PRODUCERS * LINE_BYTES);
        }
        LogSinkBuilder builder = LogSink.builder(folder.resolve("capture"))
                .name("feed")
                .memoryLimit(32 << 20)
                .rotateRows(Long.parseLong(arguments[3]))
                .rotateBytes(4 << 20) // and with it a journal that rolls soon
                .slabDirectory(folder.resolve("slab"));
        if (arguments[4].equals("decoded")) {
            builder.decoder(
                    MessageTypeParser.parseMessageType("message m { required int64 n; }"), (payload, record, rows) -> {
                        byte[] digits = new byte[10];
                        payload.get(digits);
                        rows.putLong(0, Long.parseLong(new String(digits, StandardCharsets.US_ASCII)))
                                .endRow();
                    });
        }
        LogSink sink = builder.build();
        for (int producer = 0; producer < PRODUCERS; producer++) {
            int line = producer * LINE_BYTES;
            Stream stream = sink.stream("p" + producer);
            byte[] payload = new byte[Integer.parseInt(arguments[2])];
            Arrays.fill(payload, (byte) ' ');
            new Thread(() -> produce(stream, payload, page, line)).start();
        }
    }

    private static void produce(Stream stream, byte[] payload, MappedByteBuffer page, int line) {
        for (long n = 0; ; ) {
            byte[] digits = String.format("%010d", n).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(digits, 0, payload, 0, digits.length);
            if (stream.tryRecord(payload)) {
                n++;
                page.putLong(line, n);
            }
            if (n % 8 == 0) {
                LockSupport.parkNanos(100_000);
            }
        }
    }
}
