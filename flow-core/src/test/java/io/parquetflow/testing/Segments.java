package io.parquetflow.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;

/** Sealed segments as parquet-java sees them, checksums verified. */
public final class Segments {
    private Segments() {}

    /** Sealed segments below a directory, oldest name first. */
    public static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(p -> p.toString().endsWith(".parquet")).sorted().toList();
        }
    }

    /** The footer. */
    public static ParquetMetadata footer(Path path) throws IOException {
        try (ParquetFileReader reader = open(path)) {
            return reader.getFooter();
        }
    }

    /** Every row. */
    public static List<Group> rows(Path path) throws IOException {
        List<Group> rows = new ArrayList<>();
        try (ParquetFileReader reader = open(path)) {
            var schema = reader.getFileMetaData().getSchema();
            MessageColumnIO io = new ColumnIOFactory().getColumnIO(schema);
            PageReadStore pages;
            while ((pages = reader.readNextRowGroup()) != null) {
                RecordReader<Group> records = io.getRecordReader(pages, new GroupRecordConverter(schema));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    rows.add(records.read());
                }
            }
        }
        return rows;
    }

    /** Every row of every segment below a directory, in the order of the segments' names. */
    public static List<Group> allRows(Path directory) throws IOException {
        List<Group> rows = new ArrayList<>();
        for (Path path : in(directory)) {
            rows.addAll(rows(path));
        }
        return rows;
    }

    /** With checksums verified. */
    public static ParquetFileReader open(Path path) throws IOException {
        ParquetReadOptions options = org.apache.parquet.HadoopReadOptions.builder(new Configuration(false))
                .usePageChecksumVerification(true)
                .build();
        return ParquetFileReader.open(new LocalInputFile(path), options);
    }
}
