package io.parquetflow.bench.durability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody else's writes on the same disk, in this process, which is not the measured one: 200 MB a second, forced every
 * 64 MB, round and round in one file.
 *
 * <p>Made and closed by one thread.
 */
final class ForeignWriter implements AutoCloseable {
    private static final int BLOCK_BYTES = 1_000_000;
    private static final long BLOCK_NS = 5_000_000;
    private static final int BLOCKS_FORCED = 64;
    private static final int BLOCKS_KEPT = 1_000;
    private static final double NS_PER_SECOND = 1e9;

    private final Path file;
    private final FileChannel channel;
    private final Thread thread;
    private final long startNs = System.nanoTime();
    private volatile boolean enough;
    private long blocks;
    private IOException failure;

    ForeignWriter(Path directory) throws IOException {
        file = Files.createTempFile(Files.createDirectories(directory), "foreign-", ".bytes");
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        thread = new Thread(this::write, "bench-foreign");
        thread.setDaemon(true);
        thread.start();
    }

    private void write() {
        byte[] bytes = new byte[BLOCK_BYTES];
        new Random(1).nextBytes(bytes);
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES).put(bytes);
        try {
            while (!enough) {
                long at = blocks % BLOCKS_KEPT * BLOCK_BYTES;
                block.clear();
                while (block.hasRemaining()) {
                    at += channel.write(block, at);
                }
                blocks++;
                if (blocks % BLOCKS_FORCED == 0) {
                    channel.force(false);
                }
                pause();
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Until the next block is due; a disk that fell behind is given no pause. */
    private void pause() {
        long left = startNs + blocks * BLOCK_NS - System.nanoTime();
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    /** Ends it, and answers the bytes a second that were reached. */
    double end() throws IOException, InterruptedException {
        enough = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return blocks * (double) BLOCK_BYTES / (System.nanoTime() - startNs) * NS_PER_SECOND;
    }

    @Override
    public void close() throws IOException {
        enough = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
        Files.deleteIfExists(file);
    }
}
