package io.parquetflow.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Offers numbered records from two threads into a slab that nobody reads, until it is full, and waits for its end. */
final class SlabKillChild {
    static final int THREADS = 2;
    static final int ORACLE_BYTES = 4096;
    /** A cache line for each thread. */
    static final int ORACLE_STEP = 64;

    static final int RING_BYTES = 32 << 20;
    static final int BLOCK_BYTES = 64;
    static final int MAX_PAYLOAD = 4096;
    private static final int LONGEST = 300;

    private SlabKillChild() {}

    /** Arguments: directory of the slab, the oracle's file. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        CaptureRing ring = new CaptureRing(
                SlabFile.create(directory, "child", RING_BYTES, BLOCK_BYTES, MAX_PAYLOAD, directory, "sink"));
        MappedByteBuffer oracle;
        try (FileChannel channel =
                FileChannel.open(Path.of(args[1]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            oracle = channel.map(FileChannel.MapMode.READ_WRITE, 0, ORACLE_BYTES);
        }
        oracle.order(ByteOrder.LITTLE_ENDIAN);
        Thread[] threads = new Thread[THREADS];
        for (int t = 0; t < THREADS; t++) {
            int number = t;
            threads[t] = new Thread(() -> offerAll(ring, number, oracle));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        System.out.println("started");
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("full");
        Thread.sleep(60_000);
    }

    private static void offerAll(CaptureRing ring, int thread, ByteBuffer oracle) {
        DropCounters drops = ring.newCounters(thread, "thread " + thread);
        byte[] payload = new byte[LONGEST];
        RingClaim claim = RingClaim.forThisThread(ring);
        for (int n = 0; ; n++) {
            int length = fill(payload, thread, n);
            if (n % 3 == 2) {
                if (claim.open(thread, drops, n, CaptureRing.NO_TIME, LONGEST) < 0) {
                    return;
                }
                claim.memory().put(claim.payloadAt(), payload, 0, length);
                claim.commit(length);
            } else if (ring.offer(thread, drops, n, CaptureRing.NO_TIME, payload, 0, length) < 0) {
                drops.count(2, true);
                return;
            }
            oracle.putLong(thread * ORACLE_STEP, n + 1L);
        }
    }

    /** The payload of a thread's record; answers its length. */
    static int fill(byte[] payload, int thread, int n) {
        int length = 8 + Math.floorMod(n * 31 + thread, LONGEST - 8);
        ByteBuffer.wrap(payload).putInt(thread).putInt(n);
        for (int i = 8; i < length; i++) {
            payload[i] = (byte) (n + i);
        }
        return length;
    }
}
