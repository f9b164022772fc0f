import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** What JDK 17 does not have: virtual threads that read sockets, and memory segments. */
public final class Modern {
    static final int CONNECTIONS = 50;
    static final int BYTES = 1000;
    static final int SEGMENTS = 200;

    public static void main(String[] args) throws Exception {
        LongAdder read = new LongAdder();
        Semaphore ended = new Semaphore(0);
        try (ServerSocket server = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            System.out.println("port=" + server.getLocalPort());
            threads.submit(() -> {
                for (int i = 0; i < CONNECTIONS; i++) {
                    Socket socket = server.accept();
                    threads.submit(() -> {
                        try (socket) {
                            InputStream in = socket.getInputStream();
                            byte[] some = new byte[300];
                            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                                read.add(n);
                                onBytes(n, 'v', some.length / 2.0);
                            }
                        } finally {
                            ended.release();
                        }
                        return null;
                    });
                }
                return null;
            });
            for (int i = 0; i < CONNECTIONS; i++) {
                int number = i;
                threads.submit(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
                        byte[] part = ByteBuffer.allocate(BYTES / 10).putInt(number).array();
                        for (int k = 0; k < 10; k++) {
                            socket.getOutputStream().write(part);
                            Thread.sleep(1);
                        }
                    }
                    return null;
                });
            }
            ended.acquire(CONNECTIONS);
        }
        long sum = 0;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(64);
            for (int i = 0; i < SEGMENTS; i++) {
                segment.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, i);
                sum += onSegment(i % 2 == 0 ? segment : segment.asSlice(0, 16));
            }
        }
        System.out.println("read=" + read.sum());
        System.out.println("sum=" + sum);
        System.out.println("calls=" + CALLS.sum());
    }

    static final LongAdder CALLS = new LongAdder();

    static void onBytes(int length, char kind, double weight) {
        CALLS.increment();
    }

    static long onSegment(MemorySegment segment) {
        return segment.byteSize();
    }
}
