package io.parquetflow.bench.writer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;

/**
 * parquet-java one floor below: values straight to its column writers, no object for a row.
 *
 * <p>Thread-safe: immutable.
 */
final class ColumnStorePeer implements Contender {
    private final Task task;

    ColumnStorePeer(Task task) {
        this.task = task;
    }

    @Override
    public String name() {
        return "parquet_java.columns";
    }

    @Override
    public String work() {
        return "ColumnWriteStoreV1 and ParquetFileWriter, a call for each value; " + ParquetJava.work(task);
    }

    @Override
    public void write(Batches batches, Path file) throws IOException {
        ParquetProperties properties = ParquetJava.properties(task);
        CodecFactory codecs = ParquetJava.codecs();
        try (ParquetFileWriter writer = new ParquetFileWriter(
                new LocalOutputFile(file),
                batches.schema(),
                ParquetFileWriter.Mode.CREATE,
                ParquetJava.ROW_GROUP_BYTES,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                null,
                properties)) {
            BytesInputCompressor compressor = ParquetJava.compressor(codecs, task);
            writer.start();
            for (long i = 0; i < batches.count(); i++) {
                write(batches, batches.at(i), properties, compressor, writer);
            }
            writer.end(Map.of());
        } finally {
            codecs.release();
        }
    }

    private static void write(
            Batches batches,
            Batch batch,
            ParquetProperties properties,
            BytesInputCompressor compressor,
            ParquetFileWriter writer)
            throws IOException {
        try (ColumnChunkPageWriteStore pages = ColumnChunkPageWriteStore.builder()
                .withSchema(batches.schema())
                .withCompressorProvider(column -> compressor)
                .withAllocator(properties.getAllocator())
                .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                .build()) {
            ColumnWriteStore store = properties.newColumnWriteStore(batches.schema(), pages, pages);
            rows(batches, batch, store);
            writer.startBlock(batch.rows());
            store.flush();
            pages.flushToFileWriter(writer);
            writer.endBlock();
            store.close();
        }
    }

    private static void rows(Batches batches, Batch batch, ColumnWriteStore store) {
        List<ColumnDescriptor> columns = batches.columns();
        ColumnWriter[] writers = columns.stream().map(store::getColumnWriter).toArray(ColumnWriter[]::new);
        Cursor[] cursors = Cursor.over(batch);
        for (int row = 0; row < batch.rows(); row++) {
            for (int c = 0; c < writers.length; c++) {
                do {
                    value(cursors[c], writers[c]);
                } while (cursors[c].next());
            }
            store.endRecord();
        }
    }

    private static void value(Cursor cursor, ColumnWriter writer) {
        ColumnValues values = cursor.column();
        int repetition = cursor.repetitionLevel();
        int definition = cursor.definitionLevel();
        if (!cursor.isValue()) {
            writer.writeNull(repetition, definition);
        } else if (values.isBinary()) {
            Binary value = Binary.fromConstantByteArray(values.bytes(), cursor.offset(), cursor.length());
            writer.write(value, repetition, definition);
        } else if (values.isInts()) {
            writer.write(cursor.intValue(), repetition, definition);
        } else {
            writer.write(cursor.longValue(), repetition, definition);
        }
    }
}
