package io.parquetflow.cli.inspect;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.GroupWriter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.xerial.snappy.Snappy;

/** Writes Parquet files with parquet-java alone: its own page writer, a compressor that needs no Hadoop. */
final class SampleFile {
    private SampleFile() {}

    /** One row group per list. */
    static void write(
            Path file,
            MessageType schema,
            CompressionCodecName codec,
            ParquetProperties properties,
            List<List<Group>> rowGroups,
            Map<String, String> keys)
            throws IOException {
        ParquetFileWriter writer = new ParquetFileWriter(
                new LocalOutputFile(file),
                schema,
                ParquetFileWriter.Mode.OVERWRITE,
                1 << 30,
                0,
                64,
                64,
                properties.getPageWriteChecksumEnabled());
        writer.start();
        for (List<Group> rows : rowGroups) {
            writeGroup(writer, schema, codec, properties, rows);
        }
        writer.end(keys);
    }

    private static void writeGroup(
            ParquetFileWriter writer,
            MessageType schema,
            CompressionCodecName codec,
            ParquetProperties properties,
            List<Group> rows)
            throws IOException {
        ColumnChunkPageWriteStore pages = ColumnChunkPageWriteStore.builder()
                .withCompressorProvider(column -> new Compressor(codec))
                .withSchema(schema)
                .withAllocator(properties.getAllocator())
                .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
                .withRowGroupOrdinal(-1)
                .build();
        ColumnWriteStore columns = properties.newColumnWriteStore(schema, pages, pages);
        MessageColumnIO io = new ColumnIOFactory(false).getColumnIO(schema);
        RecordConsumer consumer = io.getRecordWriter(columns);
        GroupWriter groups = new GroupWriter(consumer, schema);
        rows.forEach(groups::write);
        consumer.flush();
        writer.startBlock(rows.size());
        columns.flush();
        pages.flushToFileWriter(writer);
        writer.endBlock();
        columns.close();
        pages.close();
    }

    private record Compressor(CompressionCodecName codec) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            byte[] plain = bytes.toInputStream().readAllBytes();
            return BytesInput.from(
                    switch (codec) {
                        case UNCOMPRESSED -> plain;
                        case SNAPPY -> Snappy.compress(plain);
                        case GZIP -> gzip(plain);
                        case ZSTD -> Zstd.compress(plain, 1);
                        case LZ4_RAW -> lz4(plain);
                        default -> throw new IllegalArgumentException(codec.name());
                    });
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {}

        private static byte[] gzip(byte[] plain) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(plain);
            }
            return out.toByteArray();
        }

        private static byte[] lz4(byte[] plain) {
            Lz4Compressor compressor = new Lz4Compressor();
            byte[] out = new byte[compressor.maxCompressedLength(plain.length)];
            return Arrays.copyOf(out, compressor.compress(plain, 0, plain.length, out, 0, out.length));
        }
    }
}
