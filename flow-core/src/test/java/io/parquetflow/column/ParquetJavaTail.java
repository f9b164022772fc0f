package io.parquetflow.column;

import io.parquetflow.spi.ColumnOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.internal.column.columnindex.OffsetIndexBuilder;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** What stands behind one column chunk, made by parquet-java's own builders and Thrift classes. */
final class ParquetJavaTail {
    private static final long START = 4;

    private final ColumnDescriptor column;
    private final PrimitiveType type;
    private final CompressionCodecName codec;
    private final ColumnIndexBuilder index;
    private final OffsetIndexBuilder offsets = OffsetIndexBuilder.getBuilder();
    private final EncodingStats.Builder encodings = new EncodingStats.Builder();
    private final Set<Encoding> used = new HashSet<>(Set.of(Encoding.RLE));
    private final List<Integer> pageRows = new ArrayList<>();
    private final List<Long> pageByteArrayBytes = new ArrayList<>();
    private long[] repetitions;
    private long[] definitions;
    private int entries;
    private long allEntries;
    private Statistics<?> statistics;
    private SizeStatistics sizes;
    private boolean bounded = true;
    private long dictionaryBytes;
    private int pages;
    private long bytes;
    private long uncompressed;

    ParquetJavaTail(ColumnDescriptor column, int version, CompressionCodecName codec) {
        this.column = column;
        this.type = column.getPrimitiveType();
        this.codec = codec;
        this.index = ColumnIndexBuilder.getBuilder(type, PageLimits.DEFAULT_BOUND_BYTES);
        if (version == 2) {
            encodings.withV2Pages();
        }
        clearLevels();
    }

    private void clearLevels() {
        repetitions = new long[column.getMaxRepetitionLevel() + 1];
        definitions = new long[column.getMaxDefinitionLevel() + 1];
        entries = 0;
    }

    void entry(int repetition, int definition) {
        repetitions[repetition]++;
        definitions[definition]++;
        entries++;
    }

    void page(List<Object> values, int rows) {
        ValueBuffer buffer = ValueBuffer.of(type, ColumnOptions.DEFAULT, ValueSamples.LIMITS);
        ValueSamples.add(buffer, values);
        Statistics<?> ofPage = ValueSamples.statistics(type, buffer, entries - values.size());
        boolean isRepeated = column.getMaxRepetitionLevel() > 0;
        SizeStatistics ofPageSizes = new SizeStatistics(
                type,
                buffer.byteArrayBytes(),
                isRepeated ? list(repetitions) : new ArrayList<>(),
                isRepeated || column.getMaxDefinitionLevel() > 1 ? list(definitions) : new ArrayList<>());
        bounded &= ofPage.hasNonNullValue() || values.isEmpty();
        index.add(ofPage, ofPageSizes);
        if (statistics == null) {
            statistics = ofPage.copy();
            sizes = ofPageSizes.copy();
        } else {
            statistics.mergeStatistics(ofPage);
            sizes.mergeStatistics(ofPageSizes);
        }
        pageRows.add(rows);
        pageByteArrayBytes.add(buffer.byteArrayBytes());
        allEntries += entries;
        clearLevels();
    }

    private static List<Long> list(long[] counts) {
        List<Long> list = new ArrayList<>();
        for (long count : counts) {
            list.add(count);
        }
        return list;
    }

    void written(PageHeader header, int headerBytes) {
        int inFile = headerBytes + header.getCompressed_page_size();
        bytes += inFile;
        uncompressed += headerBytes + header.getUncompressed_page_size();
        if (header.getType() == PageType.DICTIONARY_PAGE) {
            dictionaryBytes = inFile;
            used.add(Encoding.PLAIN);
            encodings.addDictEncoding(Encoding.PLAIN);
            return;
        }
        var format = header.getType() == PageType.DATA_PAGE_V2
                ? header.getData_page_header_v2().getEncoding()
                : header.getData_page_header().getEncoding();
        Encoding encoding = Encoding.valueOf(format.name());
        used.add(encoding);
        encodings.addDataEncoding(encoding);
        boolean isSized = type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
        offsets.add(
                inFile, pageRows.get(pages), isSized ? Optional.of(pageByteArrayBytes.get(pages)) : Optional.empty());
        pages++;
    }

    /** Indexes, bloom filter, footer, its length, magic. */
    byte[] bytes(MessageType schema, String by, Map<String, String> keyValues, long rows, BloomFilter filter)
            throws IOException {
        ColumnChunkMetaData meta = meta();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long start = START + bytes;
        var columnIndex = ParquetMetadataConverter.toParquetColumnIndex(type, bounded ? index.build() : null);
        if (columnIndex != null) {
            Util.writeColumnIndex(columnIndex, out);
            meta.setColumnIndexReference(new IndexReference(start, out.size()));
        }
        int at = out.size();
        Util.writeOffsetIndex(
                ParquetMetadataConverter.toParquetOffsetIndex(offsets.build(START + dictionaryBytes)), out);
        meta.setOffsetIndexReference(new IndexReference(start + at, out.size() - at));
        if (filter != null) {
            at = out.size();
            Util.writeBloomFilterHeader(ParquetMetadataConverter.toBloomFilterHeader(filter), out);
            filter.writeTo(out);
            meta.setBloomFilterOffset(start + at);
            meta.setBloomFilterLength(out.size() - at);
        }
        BlockMetaData block = new BlockMetaData();
        block.setRowCount(rows);
        block.addColumn(meta);
        block.setTotalByteSize(uncompressed);
        int footerAt = out.size();
        ParquetMetadata metadata = new ParquetMetadata(new FileMetaData(schema, keyValues, by), List.of(block));
        Util.writeFileMetaData(
                new ParquetMetadataConverter(PageLimits.DEFAULT_BOUND_BYTES).toParquetMetadata(1, metadata), out);
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.writeBytes(length.putInt(out.size() - footerAt).array());
        out.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private ColumnChunkMetaData meta() {
        Statistics<?> ofChunk = bounded
                ? statistics
                : Statistics.getBuilderForReading(type)
                        .withNumNulls(statistics.getNumNulls())
                        .build();
        return ColumnChunkMetaData.get(
                ColumnPath.get(column.getPath()),
                type,
                codec,
                encodings.build(),
                used,
                ofChunk,
                START + dictionaryBytes,
                dictionaryBytes > 0 ? START : 0,
                allEntries,
                bytes,
                uncompressed,
                sizes);
    }
}
