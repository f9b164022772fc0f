package io.parquetflow.column;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Makes a {@link WrittenChunk} of a column's chunk, row group for row group: {@code ColumnMetaData} of parquet.thrift, as far
 * as it is known before the segment is sealed, and the indexes.
 *
 * <p>Not thread-safe.
 */
final class ChunkMetadata {
    /** Fields of {@code ColumnMetaData} behind this one are known only when the segment is sealed, or stand behind such. */
    static final int LAST_FIELD = 13;

    private final ColumnDescriptor column;
    private final PageCompressor compressor; // asked for its name when it has been loaded
    private final byte[][] path;
    private final int dataPage;
    private final CompactThrift out;
    private final PageBounds ofChunk = new PageBounds();
    /** Data pages of each encoding, by its number. */
    private final int[] counts = new int[PageHeaders.MOST_ENCODINGS];

    ChunkMetadata(ColumnDescriptor column, PageCompressor compressor, int pageVersion, CompactThrift scratch) {
        this.column = column;
        this.compressor = compressor;
        this.path = new byte[column.getPath().length][];
        for (int i = 0; i < path.length; i++) {
            path[i] = column.getPath()[i].getBytes(StandardCharsets.UTF_8);
        }
        this.dataPage = pageVersion == 2 ? PageHeaders.DATA_PAGE_V2 : PageHeaders.DATA_PAGE;
        this.out = scratch;
    }

    WrittenChunk of(
            ChunkPages pages,
            ChunkBounds bounds,
            long start,
            long firstPage,
            long entries,
            long end,
            BloomFilter bloom) {
        bounds.find(ofChunk);
        WrittenChunk.Places places =
                new WrittenChunk.Places(start, firstPage, end, entries, bounds.nulls(), pages.uncompressedBytes());
        out.clear();
        writeMeta(pages, bounds, places);
        int meta = out.size();
        bounds.writeSizes(out);
        int sizes = out.size();
        if (bounds.hasColumnIndex()) {
            bounds.writeColumnIndex(out);
        }
        int columnIndex = out.size();
        out.begin();
        pages.writeLocations(out, 1, firstPage);
        bounds.writeByteArrayBytes(out, 2);
        out.end();
        int offsetIndex = out.size();
        int minLength = ofChunk.minLength();
        out.raw(ofChunk.bytes().array(), 0, ofChunk.bytes().size());
        WrittenChunk.Cuts cuts = new WrittenChunk.Cuts(
                meta, sizes, columnIndex, offsetIndex, offsetIndex + minLength, ofChunk.areKnown());
        return new WrittenChunk(
                column, compressor.codecName(), places, Arrays.copyOf(out.array(), out.size()), cuts, bloom);
    }

    /** Without the end of the structure: more fields come when the segment is sealed. */
    private void writeMeta(ChunkPages pages, ChunkBounds bounds, WrittenChunk.Places places) {
        boolean hasDictionary = pages.hasDictionary();
        count(pages);
        out.begin();
        out.i32(1, typeNumber(column.getPrimitiveType().getPrimitiveTypeName()));
        writeEncodings(hasDictionary);
        out.list(3, CompactThrift.BINARIES, path.length);
        for (byte[] name : path) {
            out.binary(name, 0, name.length);
        }
        out.i32(4, compressor.codecName().getParquetCompressionCodec().getValue());
        out.i64(5, places.entries());
        out.i64(6, places.uncompressedBytes());
        out.i64(7, places.end() - places.start());
        out.i64(9, places.firstPage());
        if (hasDictionary) {
            out.i64(11, places.start());
        }
        bounds.writeStatistics(out, 12, ofChunk);
        writeEncodingStats(pages, hasDictionary);
    }

    private static int typeNumber(PrimitiveTypeName name) {
        return switch (name) {
            case BOOLEAN -> Type.BOOLEAN.getValue();
            case INT32 -> Type.INT32.getValue();
            case INT64 -> Type.INT64.getValue();
            case INT96 -> Type.INT96.getValue();
            case FLOAT -> Type.FLOAT.getValue();
            case DOUBLE -> Type.DOUBLE.getValue();
            case BINARY -> Type.BYTE_ARRAY.getValue();
            case FIXED_LEN_BYTE_ARRAY -> Type.FIXED_LEN_BYTE_ARRAY.getValue();
        };
    }

    private void count(ChunkPages pages) {
        Arrays.fill(counts, 0);
        for (int page = 0; page < pages.count(); page++) {
            counts[pages.encoding(page)]++;
        }
    }

    /** All encodings of the chunk: of levels, of values, of the dictionary; in the order of their numbers. */
    private void writeEncodings(boolean hasDictionary) {
        int used = 1 << PageHeaders.number(Encoding.RLE);
        used |= hasDictionary ? 1 << PageHeaders.number(Encoding.PLAIN) : 0;
        for (int encoding = 0; encoding < counts.length; encoding++) {
            used |= counts[encoding] > 0 ? 1 << encoding : 0;
        }
        out.list(2, CompactThrift.I32S, Integer.bitCount(used));
        for (int left = used; left != 0; left &= left - 1) {
            out.number(Integer.numberOfTrailingZeros(left));
        }
    }

    /** The dictionary page's, then the data pages' in the order in which they came first. */
    private void writeEncodingStats(ChunkPages pages, boolean hasDictionary) {
        int kinds = hasDictionary ? 1 : 0;
        for (int count : counts) {
            kinds += count > 0 ? 1 : 0;
        }
        out.list(LAST_FIELD, CompactThrift.STRUCTS, kinds);
        if (hasDictionary) {
            writeEncodingStats(PageHeaders.DICTIONARY_PAGE, PageHeaders.number(Encoding.PLAIN), 1);
        }
        for (int page = 0; page < pages.count(); page++) {
            int encoding = pages.encoding(page);
            if (counts[encoding] > 0) {
                writeEncodingStats(dataPage, encoding, counts[encoding]);
                counts[encoding] = 0;
            }
        }
    }

    private void writeEncodingStats(int pageType, int encoding, int count) {
        out.begin();
        out.i32(1, pageType);
        out.i32(2, encoding);
        out.i32(3, count);
        out.end();
    }
}
