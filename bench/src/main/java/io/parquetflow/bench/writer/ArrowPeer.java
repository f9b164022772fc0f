package io.parquetflow.bench.writer;

import io.parquetflow.bench.sink.Directories;
import io.parquetflow.spi.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.arrow.dataset.file.DatasetFileWriter;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.jni.JniLoader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Arrow's C++ writer through its Java dataset module. Batches are copied into vectors column by column, binaries all at
 * once, and handed over through the C data interface. Its Java interface has no options: no codec, no row group size (each
 * batch becomes one), no number of threads.
 *
 * <p>Not thread-safe.
 */
final class ArrowPeer implements Contender {
    private static final String NAME_TEMPLATE = "rows-{i}.parquet";
    private static final long RELEASE_NS = 10_000_000_000L;
    private static final long PAUSE_NS = 50_000;

    @Override
    public String name() {
        return "arrow";
    }

    @Override
    public String work() {
        return "dataset writer, vectors filled column by column; dictionary where it pays, statistics; no page CRC, no"
                + " page index; threads of its own; repeated columns as lists in three levels";
    }

    @Override
    public String unfit(Task task) {
        if (task.codec() != Codec.UNCOMPRESSED) {
            return "its Java interface has no option for a codec";
        }
        try {
            JniLoader.get().ensureLoaded();
            return "";
        } catch (LinkageError | RuntimeException e) {
            return "its native part does not load here: " + e.getMessage();
        }
    }

    @Override
    public void write(Batches batches, Path file) throws IOException {
        Path directory = Files.createTempDirectory(file.toAbsolutePath().getParent(), "arrow-");
        try {
            try (BufferAllocator allocator = new RootAllocator()) {
                try (BatchReader reader = new BatchReader(allocator, batches)) {
                    DatasetFileWriter.write(
                            allocator,
                            reader,
                            FileFormat.PARQUET,
                            directory.toUri().toString(),
                            new String[0],
                            1,
                            NAME_TEMPLATE);
                }
                awaitRelease(allocator);
            }
            Files.move(onlyFile(directory), file);
        } finally {
            Directories.delete(directory);
        }
    }

    /** Its threads let go of the last batches a moment after it has returned, and an allocator must be closed empty. */
    private static void awaitRelease(BufferAllocator allocator) {
        long end = System.nanoTime() + RELEASE_NS;
        while (allocator.getAllocatedMemory() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private static Path onlyFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            if (all.size() != 1) {
                throw new IOException("[" + directory + "] one file expected: files=" + all);
            }
            return all.get(0);
        }
    }

    /** Hands out one batch after the other. */
    private static final class BatchReader extends ArrowReader {
        private final Batches batches;
        private long next;

        BatchReader(BufferAllocator allocator, Batches batches) {
            super(allocator);
            this.batches = batches;
        }

        @Override
        protected Schema readSchema() {
            List<Field> fields = new ArrayList<>();
            for (ColumnDescriptor column : batches.columns()) {
                fields.add(field(column.getPrimitiveType()));
            }
            return new Schema(fields);
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            prepareLoadNextBatch();
            if (next == batches.count()) {
                return false;
            }
            Batch batch = batches.at(next++);
            for (int c = 0; c < batch.columns().size(); c++) {
                // Memory of its own for each batch: the other side may still hold that of the one before.
                FieldVector vector = getVectorSchemaRoot().getVector(c);
                vector.clear();
                if (vector instanceof ListVector list) {
                    fillLists(list, batch.rows(), batch.columns().get(c));
                } else {
                    fill(vector, batch.columns().get(c));
                }
            }
            getVectorSchemaRoot().setRowCount(batch.rows());
            return true;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {}
    }

    private static Field field(PrimitiveType type) {
        ArrowType value =
                switch (type.getPrimitiveTypeName()) {
                    case INT32 -> new ArrowType.Int(Integer.SIZE, true);
                    case INT64 -> new ArrowType.Int(Long.SIZE, true);
                    case BINARY ->
                        type.getLogicalTypeAnnotation() instanceof StringLogicalTypeAnnotation
                                ? ArrowType.Utf8.INSTANCE
                                : ArrowType.Binary.INSTANCE;
                    default -> throw new IllegalArgumentException("no such type in this benchmark: type=" + type);
                };
        boolean optional = type.isRepetition(Repetition.OPTIONAL);
        if (!type.isRepetition(Repetition.REPEATED)) {
            return new Field(type.getName(), new FieldType(optional, value, null), null);
        }
        Field element = new Field("element", FieldType.notNullable(value), null);
        return new Field(type.getName(), FieldType.notNullable(ArrowType.List.INSTANCE), List.of(element));
    }

    private static void fillLists(ListVector list, int rows, ColumnValues column) {
        list.setInitialCapacity(rows);
        list.allocateNew();
        fill(list.getDataVector(), column);
        Levels levels = column.levels();
        int entry = 0;
        for (int row = 0; row < rows; row++) {
            list.getOffsetBuffer().setInt((long) row * ListVector.OFFSET_WIDTH, entry);
            BitVectorHelper.setBit(list.getValidityBuffer(), row);
            do {
                entry++;
            } while (entry < levels.entries() && !levels.startsRow(entry));
        }
        list.getOffsetBuffer().setInt((long) rows * ListVector.OFFSET_WIDTH, entry);
        list.setLastSet(rows - 1);
        list.setValueCount(rows);
    }

    private static void fill(FieldVector vector, ColumnValues column) {
        if (vector instanceof BaseVariableWidthVector binary) {
            fillBinary(binary, column);
        } else if (vector instanceof IntVector ints) {
            fillInts(ints, column);
        } else {
            fillLongs((BigIntVector) vector, column);
        }
    }

    private static void fillBinary(BaseVariableWidthVector vector, ColumnValues column) {
        Levels levels = column.levels();
        vector.allocateNew(column.bytes().length, levels.entries());
        vector.getDataBuffer().setBytes(0, column.bytes());
        int value = 0;
        vector.getOffsetBuffer().setInt(0, 0);
        for (int entry = 0; entry < levels.entries(); entry++) {
            if (levels.isValue(entry)) {
                value++;
                BitVectorHelper.setBit(vector.getValidityBuffer(), entry);
            }
            vector.getOffsetBuffer()
                    .setInt((entry + 1L) * BaseVariableWidthVector.OFFSET_WIDTH, column.offsets()[value]);
        }
        vector.setLastSet(levels.entries() - 1);
        vector.setValueCount(levels.entries());
    }

    private static void fillInts(IntVector vector, ColumnValues column) {
        vector.allocateNew(column.levels().entries());
        Cursor cursor = new Cursor(column);
        for (int entry = 0; cursor.hasNext(); entry++) {
            if (cursor.isValue()) {
                vector.set(entry, cursor.intValue());
            }
            cursor.next();
        }
        vector.setValueCount(column.levels().entries());
    }

    private static void fillLongs(BigIntVector vector, ColumnValues column) {
        vector.allocateNew(column.levels().entries());
        Cursor cursor = new Cursor(column);
        for (int entry = 0; cursor.hasNext(); entry++) {
            if (cursor.isValue()) {
                vector.set(entry, cursor.longValue());
            }
            cursor.next();
        }
        vector.setValueCount(column.levels().entries());
    }
}
