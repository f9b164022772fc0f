package io.parquetflow.bench.writer;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;

/**
 * parquet-java as most programs use it: an object for each row.
 *
 * <p>Thread-safe: immutable.
 */
final class RecordWriterPeer implements Contender {
    private final Task task;

    RecordWriterPeer(Task task) {
        this.task = task;
    }

    @Override
    public String name() {
        return "parquet_java.record";
    }

    @Override
    public String work() {
        return "ExampleParquetWriter, a group for each row; " + ParquetJava.work(task);
    }

    @Override
    public void write(Batches batches, Path file) throws IOException {
        ExampleParquetWriter.Builder builder = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(batches.schema())
                .withCompressionCodec(task.codecName())
                .withDictionaryEncoding(ParquetJava.dictionary(task))
                .withPageSize(ParquetJava.pageBytes(task))
                .withPageRowCountLimit(ParquetJava.pageRows(task))
                .withRowGroupSize(ParquetJava.ROW_GROUP_BYTES)
                .withRowGroupRowCountLimit(task.rowGroupRows());
        if (task.hasLevel()) {
            for (ColumnDescriptor column : batches.columns()) {
                builder.withCompressionLevel(String.join(".", column.getPath()), task.level());
            }
        }
        try (ParquetWriter<Group> writer = builder.build()) {
            for (long i = 0; i < batches.count(); i++) {
                write(batches, batches.at(i), writer);
            }
        }
    }

    private static void write(Batches batches, Batch batch, ParquetWriter<Group> writer) throws IOException {
        Cursor[] cursors = Cursor.over(batch);
        for (int row = 0; row < batch.rows(); row++) {
            Group group = new SimpleGroup(batches.schema());
            for (int c = 0; c < cursors.length; c++) {
                Cursor cursor = cursors[c];
                do {
                    if (cursor.isValue()) {
                        add(group, c, cursor);
                    }
                } while (cursor.next());
            }
            writer.write(group);
        }
    }

    private static void add(Group group, int column, Cursor cursor) {
        ColumnValues values = cursor.column();
        if (values.isBinary()) {
            group.add(column, Binary.fromConstantByteArray(values.bytes(), cursor.offset(), cursor.length()));
        } else if (values.isInts()) {
            group.add(column, cursor.intValue());
        } else {
            group.add(column, cursor.longValue());
        }
    }
}
