package io.parquetflow.bench.writer;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * What the two ways into parquet-java have in common.
 *
 * <p>Thread-safe: stateless.
 */
final class ParquetJava {
    /** Row groups are cut by rows, as in all contenders; bytes must not cut them earlier. */
    static final long ROW_GROUP_BYTES = 1L << 40;

    private ParquetJava() {}

    /** Payloads and lines never repeat and would fill a dictionary for nothing; without one it is much faster. */
    static boolean dictionary(Task task) {
        return !task.workload().isBinary();
    }

    static String work(Task task) {
        return "pages of at most " + (pageBytes(task) >> 10) + " KiB and " + pageRows(task) + " rows, "
                + (dictionary(task) ? "dictionary where it pays" : "PLAIN")
                + ", page CRC, statistics, size statistics, column and offset index";
    }

    static int pageBytes(Task task) {
        return task.pageBytes() > 0 ? task.pageBytes() : ParquetWriter.DEFAULT_PAGE_SIZE;
    }

    static int pageRows(Task task) {
        return task.pageRows() > 0 ? task.pageRows() : ParquetProperties.DEFAULT_PAGE_ROW_COUNT_LIMIT;
    }

    static ParquetProperties properties(Task task) {
        return ParquetProperties.builder()
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .withDictionaryEncoding(dictionary(task))
                .withPageSize(pageBytes(task))
                .withPageRowCountLimit(pageRows(task))
                .build();
    }

    static CodecFactory codecs() {
        return new CodecFactory(new Configuration(), ParquetWriter.DEFAULT_PAGE_SIZE);
    }

    static BytesInputCompressor compressor(CodecFactory codecs, Task task) {
        return task.hasLevel()
                ? codecs.getCompressor(task.codecName(), task.level())
                : codecs.getCompressor(task.codecName());
    }
}
