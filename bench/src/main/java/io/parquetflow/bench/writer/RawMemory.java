package io.parquetflow.bench.writer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The limit where the bytes lie together: the batch's direct memory is written as it is, one call for each column. Not even
 * lengths, nulls and levels are in the file.
 *
 * <p>Thread-safe: stateless.
 */
final class RawMemory implements Contender {
    @Override
    public String name() {
        return "raw.together";
    }

    @Override
    public String work() {
        return "writes each column's direct memory as it lies, one call a row group; values only, no lengths, no levels";
    }

    @Override
    public void write(Batches batches, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long i = 0; i < batches.count(); i++) {
                for (ColumnValues column : batches.at(i).columns()) {
                    ByteBuffer memory = column.memory();
                    while (memory.hasRemaining()) {
                        channel.write(memory);
                    }
                }
            }
        }
    }

    @Override
    public void check(Batches batches, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != batches.payloadBytes()) {
                throw new IllegalStateException(name() + " wrote another number of bytes: expected="
                        + batches.payloadBytes() + ", found=" + channel.size());
            }
            long at = 0;
            for (long i = 0; i < batches.count(); i++) {
                for (ColumnValues column : batches.at(i).columns()) {
                    ByteBuffer memory = column.memory();
                    ByteBuffer found = channel.map(MapMode.READ_ONLY, at, memory.remaining());
                    if (!found.equals(memory)) {
                        throw new IllegalStateException(name() + " wrote other values: batch=" + i + ", offset=" + at);
                    }
                    at += memory.remaining();
                }
            }
        }
    }
}
