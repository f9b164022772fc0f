package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Segments as a raw sink writes them. The only place in the tests that knows how they are made; a test sets what it cares
 * about and calls {@link #write}.
 */
final class SampleSegments {
    static final String WRITER = "abcdefghijk27";
    static final long START_NS = 1_795_169_700_000_000_000L;

    static final MessageType RAW = MessageTypeParser.parseMessageType(
            """
            message feed {
              required int64 ts (TIMESTAMP(MICROS,true)) = 1;
              required int64 ts_ns = 2;
              optional int64 source_ts_ns = 3;
              required binary writer (STRING) = 4;
              required binary stream (STRING) = 5;
              required int64 seq = 6;
              required int64 lost = 7;
              required binary payload = 8;
            }
            """);

    String sink = "feed";
    String writer = WRITER;
    int number = 1;
    long firstSeq;
    int rows = 300;
    int rowsPerGroup = 200;
    int rowsPerPage = 50;
    CompressionCodecName codec = CompressionCodecName.ZSTD;
    boolean version2;
    boolean checksums = true;
    LongUnaryOperator seq = LongUnaryOperator.identity();
    LongUnaryOperator lost = seq -> 0;
    LongFunction<byte[]> payload = seq -> ("price=" + (100 + seq % 7) + " qty=" + seq).getBytes(StandardCharsets.UTF_8);
    long droppedSoFar;
    long lostTail;
    boolean cleanClose = true;
    /** Whose a row is. */
    LongFunction<String> rowWriter = index -> writer;

    final Map<String, String> keys = new LinkedHashMap<>();

    /** The name a sink would give. */
    String fileName() {
        return String.format("%s-20261120T10%02d00000Z-%s-%06d.parquet", sink, number % 60, writer, number);
    }

    Path write(Path directory) throws IOException {
        return writeAs(directory.resolve(fileName()));
    }

    Path writeAs(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        List<List<Group>> rowGroups = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            if (row % rowsPerGroup == 0) {
                rowGroups.add(new ArrayList<>());
            }
            rowGroups.get(rowGroups.size() - 1).add(row(firstSeq + row));
        }
        SampleFile.write(file, RAW, codec, properties(), rowGroups, footerKeys());
        return file;
    }

    private Group row(long index) {
        Group row = new SimpleGroup(RAW);
        long ns = START_NS + index * 1_000_123;
        row.add("ts", ns / 1000);
        row.add("ts_ns", ns);
        if (index % 3 == 0) {
            row.add("source_ts_ns", ns - 5_000);
        }
        row.add("writer", rowWriter.apply(index));
        row.add("stream", index % 2 == 0 ? "a" : "b");
        row.add("seq", seq.applyAsLong(index));
        row.add("lost", lost.applyAsLong(index));
        row.add("payload", Binary.fromConstantByteArray(payload.apply(index)));
        return row;
    }

    private Map<String, String> footerKeys() {
        Map<String, String> footer = new LinkedHashMap<>();
        long last = firstSeq + rows - 1;
        footer.put("flow.version", "1");
        footer.put("flow.sink", sink);
        footer.put("flow.stream", "");
        footer.put("flow.writer", writer);
        footer.put("flow.host", "test");
        footer.put("flow.pid", "1");
        footer.put("flow.first_seq", Long.toString(firstSeq));
        footer.put("flow.last_seq", Long.toString(last));
        footer.put("flow.rows", Long.toString(rows));
        footer.put("flow.accepted_total", Long.toString(last + 1));
        footer.put("flow.dropped_total.ringFull", Long.toString(droppedSoFar));
        footer.put("flow.dropped_total.closed", "5");
        footer.put("flow.lost_tail", Long.toString(lostTail));
        footer.put("flow.clean_close", Boolean.toString(cleanClose));
        footer.putAll(keys);
        footer.values().removeIf(Objects::isNull);
        return footer;
    }

    private ParquetProperties properties() {
        ParquetProperties.Builder builder = ParquetProperties.builder()
                .withAllocator(HeapByteBufferAllocator.getInstance())
                .withPageRowCountLimit(rowsPerPage)
                .withMinRowCountForPageSizeCheck(1)
                .withPageWriteChecksumEnabled(checksums)
                .withStatisticsTruncateLength(64)
                .withDictionaryEncoding("payload", false)
                .withWriterVersion(version2 ? WriterVersion.PARQUET_2_0 : WriterVersion.PARQUET_1_0);
        return (version2 ? builder : builder.withValuesWriterFactory(new DeltaForLongs())).build();
    }

    /** Page version 1 with the encodings of version 2 for numbers, as a sink has it. */
    private static final class DeltaForLongs implements ValuesWriterFactory {
        private final DefaultV1ValuesWriterFactory others = new DefaultV1ValuesWriterFactory();

        @Override
        public void initialize(ParquetProperties properties) {
            others.initialize(properties);
        }

        @Override
        public ValuesWriter newValuesWriter(ColumnDescriptor column) {
            return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64
                    ? new DeltaBinaryPackingValuesWriterForLong(4096, 1 << 20, HeapByteBufferAllocator.getInstance())
                    : others.newValuesWriter(column);
        }
    }
}
