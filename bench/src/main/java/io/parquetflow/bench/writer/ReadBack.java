package io.parquetflow.bench.writer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Reads a Parquet file column by column with parquet-java, whoever wrote it. Lists count the same whether they are written
 * as bare repeated columns or in three levels.
 *
 * <p>Thread-safe: stateless.
 */
final class ReadBack {
    private ReadBack() {}

    static Contents parquet(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            MessageType schema = reader.getFileMetaData().getSchema();
            String createdBy = reader.getFileMetaData().getCreatedBy();
            List<Tally> tallies = new ArrayList<>();
            schema.getColumns().forEach(column -> tallies.add(new Tally()));
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                        pages, new GroupRecordConverter(schema).getRootConverter(), schema, createdBy);
                for (int i = 0; i < tallies.size(); i++) {
                    ColumnDescriptor column = schema.getColumns().get(i);
                    long entries = pages.getPageReader(column).getTotalValueCount();
                    read(store.getColumnReader(column), entries, column, tallies.get(i));
                }
            }
            return new Contents(tallies.stream().map(Tally::column).toList());
        }
    }

    private static void read(ColumnReader reader, long entries, ColumnDescriptor column, Tally tally) {
        for (long left = entries; left > 0; left--) {
            boolean startsRow = reader.getCurrentRepetitionLevel() == 0;
            if (reader.getCurrentDefinitionLevel() < column.getMaxDefinitionLevel()) {
                tally.absent(startsRow);
            } else {
                value(reader, column, startsRow, tally);
            }
            reader.consume();
        }
    }

    private static void value(ColumnReader reader, ColumnDescriptor column, boolean startsRow, Tally tally) {
        switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> tally.value(startsRow, reader.getInteger());
            case INT64 -> tally.value(startsRow, reader.getLong());
            case BINARY -> binary(reader.getBinary(), startsRow, tally);
            default -> throw new IllegalStateException("no such type in this benchmark: column=" + column);
        }
    }

    private static void binary(Binary value, boolean startsRow, Tally tally) {
        ByteBuffer bytes = value.toByteBuffer();
        if (bytes.hasArray()) {
            tally.value(startsRow, bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            tally.value(startsRow, value.getBytes(), 0, value.length());
        }
    }
}
