package io.parquetflow.bench.writer;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.RecordSink;
import io.parquetflow.RecordWriter;
import io.parquetflow.SinkStats;
import io.parquetflow.bench.sink.Directories;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Ours with the ring before it: this thread hands over row by row and waits for room, the sink's thread writes. Timed from
 * the first row until the segment is sealed.
 *
 * <p>Not thread-safe.
 */
final class FlowRecords implements Contender {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** All rows in one segment, so that there is one file to compare. */
    private static final long ROTATE_BYTES = 1L << 40;

    private final Task task;
    private long memoryBytes;
    private long writerThreadBytes;

    FlowRecords(Task task) {
        this.task = task;
    }

    @Override
    public String name() {
        return "flow.records";
    }

    @Override
    public String work() {
        return "RecordSink, one producer, from ring to sealed segment, durability off; seven header columns more, page CRC,"
                + " statistics, size statistics, column and offset index; heap B/row is the producer's, writer_thread_bytes the other's";
    }

    @Override
    public String unfit(Task asked) {
        return asked.workload().isBinary()
                ? "payloads go through LogSink, which `flow bench sink --part c` measures"
                : "";
    }

    @Override
    public void write(Batches batches, Path file) throws IOException {
        Path directory = Files.createTempDirectory(file.toAbsolutePath().getParent(), "records-");
        try {
            AtomicReference<Thread> thread = new AtomicReference<>();
            LogSinkBuilder builder = builder(directory).threadFactory(run -> {
                thread.set(new Thread(run, "writes-records"));
                thread.get().setDaemon(true);
                return thread.get();
            });
            try (RecordSink sink = RecordSink.open(builder, batches.schema())) {
                long before = THREADS.getThreadAllocatedBytes(thread.get().getId());
                RecordWriter writer = sink.writer();
                for (long i = 0; i < batches.count(); i++) {
                    write(batches.at(i), writer);
                }
                memoryBytes = sink.stats().memoryBytes();
                // Sealed, and still alive to be asked what it allocated.
                boolean all = sink.rotate(PATIENCE);
                writerThreadBytes = THREADS.getThreadAllocatedBytes(thread.get().getId()) - before;
                all &= sink.close(PATIENCE);
                SinkStats stats = sink.stats();
                if (!all || stats.rowsSealed() != batches.rows()) {
                    throw new IllegalStateException("the numbers do not add up: closed=" + all + ", " + stats);
                }
            }
            Files.move(onlySegment(directory), file);
        } finally {
            Directories.delete(directory);
        }
    }

    private LogSinkBuilder builder(Path directory) {
        LogSinkBuilder builder = LogSink.builder(directory)
                .codec(task.codec())
                .durability(Durability.OFF)
                .rowGroupRows(task.rowGroupRows())
                .rotateBytes(ROTATE_BYTES);
        return task.hasLevel() ? builder.codecLevel(task.level()) : builder;
    }

    private void write(Batch batch, RecordWriter writer) {
        boolean repeated = task.repetition() == Repetition.REPEATED;
        Cursor[] cursors = Cursor.over(batch);
        for (int row = 0; row < batch.rows(); row++) {
            writer.begin();
            for (int c = 0; c < cursors.length; c++) {
                Cursor cursor = cursors[c];
                do {
                    if (repeated) {
                        add(writer, c, cursor);
                    } else if (cursor.isValue()) {
                        put(writer, c, cursor);
                    }
                } while (cursor.next());
            }
            if (!writer.commit(PATIENCE)) {
                throw new IllegalStateException("the sink took no row for " + PATIENCE);
            }
        }
    }

    private static void put(RecordWriter writer, int column, Cursor cursor) {
        ColumnValues values = cursor.column();
        if (values.isInts()) {
            writer.putInt(column, cursor.intValue());
        } else if (values.isBinary()) {
            writer.putBytes(column, values.bytes(), cursor.offset(), cursor.length());
        } else {
            writer.putLong(column, cursor.longValue());
        }
    }

    private static void add(RecordWriter writer, int column, Cursor cursor) {
        ColumnValues values = cursor.column();
        if (values.isInts()) {
            writer.addInt(column, cursor.intValue());
        } else if (values.isBinary()) {
            writer.addBytes(column, values.bytes(), cursor.offset(), cursor.length());
        } else {
            writer.addLong(column, cursor.longValue());
        }
    }

    private static Path onlySegment(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all =
                    files.filter(path -> path.toString().endsWith(".parquet")).toList();
            if (all.size() != 1) {
                throw new IOException("[" + directory + "] one segment expected: segments=" + all);
            }
            return all.get(0);
        }
    }

    @Override
    public void check(Batches batches, Path file) throws IOException {
        List<Contents.Column> found = ReadBack.parquet(file).columns();
        int headers = found.size() - batches.columns().size();
        new Contents(found.subList(headers, found.size())).mustEqual(batches.contents(), name());
    }

    @Override
    public Map<String, Long> extras() {
        return Map.of("peak_buffer_bytes", memoryBytes, "writer_thread_bytes", writerThreadBytes);
    }
}
