package io.parquetflow.bench.writer;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The limit where each payload must be copied: payload and length into a direct buffer, the buffer into the file, nothing
 * else. No format, no checksum, no statistics.
 *
 * <p>Not thread-safe.
 */
final class RawLengths implements Contender {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Stands for a length where there is no value. */
    private static final int NULL = -1;

    /** Added to the length of a value that goes on with the row of the one before. */
    private static final int CONTINUES = 1 << 30;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    @Override
    public String name() {
        return "raw";
    }

    @Override
    public String work() {
        return "copies each payload with a 4-byte length into 1 MiB of direct memory and writes that; no Parquet, no CRC,"
                + " no statistics";
    }

    @Override
    public String unfit(Task task) {
        return task.workload().isBinary() ? "" : "it takes one binary column";
    }

    @Override
    public void write(Batches batches, Path file) throws IOException {
        buffer.clear();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long i = 0; i < batches.count(); i++) {
                write(batches.at(i).columns().get(0), channel);
            }
            flush(channel);
        }
    }

    private void write(ColumnValues column, FileChannel channel) throws IOException {
        Levels levels = column.levels();
        byte[] bytes = column.bytes();
        int[] offsets = column.offsets();
        int value = 0;
        for (int entry = 0; entry < levels.entries(); entry++) {
            if (buffer.remaining() < Integer.BYTES) {
                flush(channel);
            }
            if (levels.isValue(entry)) {
                int at = offsets[value];
                int length = offsets[++value] - at;
                buffer.putInt(levels.startsRow(entry) ? length : length | CONTINUES);
                put(bytes, at, length, channel);
            } else {
                buffer.putInt(NULL);
            }
        }
    }

    private void put(byte[] bytes, int from, int length, FileChannel channel) throws IOException {
        int at = from;
        int end = from + length;
        while (end - at > buffer.remaining()) {
            int fits = buffer.remaining();
            buffer.put(bytes, at, fits);
            at += fits;
            flush(channel);
        }
        buffer.put(bytes, at, end - at);
    }

    private void flush(FileChannel channel) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void check(Batches batches, Path file) throws IOException {
        Tally tally = new Tally();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (long left = Files.size(file); left > 0; left -= Integer.BYTES) {
                int word = Integer.reverseBytes(in.readInt());
                if (word == NULL) {
                    tally.absent(true);
                } else {
                    byte[] payload = in.readNBytes(word & ~CONTINUES);
                    tally.value((word & CONTINUES) == 0, payload, 0, payload.length);
                    left -= payload.length;
                }
            }
        }
        new Contents(List.of(tally.column())).mustEqual(batches.contents(), name());
    }
}
