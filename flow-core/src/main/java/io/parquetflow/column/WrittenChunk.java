package io.parquetflow.column;

import java.util.Arrays;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * What footer and indexes have to say of one column chunk, in the bytes that they will have: a segment keeps it for every
 * chunk until it is sealed.
 *
 * <pre>
 *  ColumnMetaData up to the bloom filter | SizeStatistics | ColumnIndex | OffsetIndex | minimum | maximum
 * </pre>
 *
 * <p>Thread-safe: immutable, but for the bloom filter.
 */
public final class WrittenChunk {
    private final ColumnDescriptor column;
    private final CompressionCodecName codec;
    private final Places places;
    private final byte[] bytes;
    private final Cuts cuts;
    private final BloomFilter bloomFilter;

    /** Where the chunk is in the file, and how much it holds. */
    record Places(long start, long firstPage, long end, long entries, long nulls, long uncompressedBytes) {}

    /** Where the parts of the bytes end; the maximum ends at the end. */
    record Cuts(int meta, int sizes, int columnIndex, int offsetIndex, int min, boolean hasBounds) {}

    WrittenChunk(
            ColumnDescriptor column,
            CompressionCodecName codec,
            Places places,
            byte[] bytes,
            Cuts cuts,
            BloomFilter bloomFilter) {
        this.column = column;
        this.codec = codec;
        this.places = places;
        this.bytes = bytes;
        this.cuts = cuts;
        this.bloomFilter = bloomFilter;
    }

    /**
     * The first byte's place.
     *
     * @return bytes from the start of the file
     */
    public long start() {
        return places.start();
    }

    /**
     * Place of the first byte behind it.
     *
     * @return bytes from the start of the file
     */
    public long end() {
        return places.end();
    }

    /**
     * Its pages, headers included, before compression.
     *
     * @return bytes
     */
    public long uncompressedBytes() {
        return places.uncompressedBytes();
    }

    /**
     * Its bloom filter.
     *
     * @return null unless it was asked for
     */
    public BloomFilter bloomFilter() {
        return bloomFilter;
    }

    /**
     * Length of its column index.
     *
     * @return bytes; 0 where its values have no bounds, and it no such index
     */
    public int columnIndexBytes() {
        return cuts.columnIndex() - cuts.sizes();
    }

    /**
     * Writes {@code ColumnIndex} of parquet.thrift, where there is one.
     *
     * @param out where to
     */
    public void writeColumnIndex(CompactThrift out) {
        out.raw(bytes, cuts.sizes(), columnIndexBytes());
    }

    /**
     * Length of its offset index.
     *
     * @return bytes
     */
    public int offsetIndexBytes() {
        return cuts.offsetIndex() - cuts.columnIndex();
    }

    /**
     * Writes {@code OffsetIndex} of parquet.thrift.
     *
     * @param out where to
     */
    public void writeOffsetIndex(CompactThrift out) {
        out.raw(bytes, cuts.columnIndex(), offsetIndexBytes());
    }

    /**
     * Writes {@code ColumnChunk} of parquet.thrift.
     *
     * @param out where to
     * @param columnIndexAt place in the file
     * @param offsetIndexAt place in the file
     * @param bloomFilterAt place in the file, where there is one
     * @param bloomFilterBytes its length in the file
     */
    public void write(
            CompactThrift out, long columnIndexAt, long offsetIndexAt, long bloomFilterAt, int bloomFilterBytes) {
        out.begin();
        out.i64(2, 0); // metadata is in the footer alone
        out.begin(3);
        out.fields(bytes, 0, cuts.meta(), ChunkMetadata.LAST_FIELD);
        if (bloomFilter != null) {
            out.i64(14, bloomFilterAt);
            out.i32(15, bloomFilterBytes);
        }
        out.field(16, bytes, cuts.meta(), cuts.sizes() - cuts.meta());
        out.end();
        out.i64(4, offsetIndexAt);
        out.i32(5, offsetIndexBytes());
        if (columnIndexBytes() > 0) {
            out.i64(6, columnIndexAt);
            out.i32(7, columnIndexBytes());
        }
        out.end();
    }

    /**
     * Places, sizes and statistics as parquet-java has them, made anew each time. Without encodings.
     *
     * @return for whoever reports on the chunk
     */
    public ColumnChunkMetaData meta() {
        Statistics.Builder statistics =
                Statistics.getBuilderForReading(column.getPrimitiveType()).withNumNulls(places.nulls());
        if (cuts.hasBounds()) {
            statistics.withMin(Arrays.copyOfRange(bytes, cuts.offsetIndex(), cuts.min()));
            statistics.withMax(Arrays.copyOfRange(bytes, cuts.min(), bytes.length));
        }
        return ColumnChunkMetaData.get(
                ColumnPath.get(column.getPath()),
                column.getPrimitiveType(),
                codec,
                null,
                Set.of(),
                statistics.build(),
                places.firstPage(),
                places.firstPage() > places.start() ? places.start() : 0,
                places.entries(),
                places.end() - places.start(),
                places.uncompressedBytes());
    }
}
