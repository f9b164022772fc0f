package io.parquetflow.column;

import org.apache.parquet.column.Encoding;

/**
 * Page headers ({@code PageHeader} of parquet.thrift), byte for byte as parquet-java writes them: without statistics,
 * which stand in the indexes.
 *
 * <p>Thread-safe: stateless.
 */
final class PageHeaders {
    static final int DATA_PAGE = 0;
    static final int DICTIONARY_PAGE = 2;
    static final int DATA_PAGE_V2 = 3;

    /** Of the numbers of encodings in parquet.thrift; that of the largest is 9. */
    static final int MOST_ENCODINGS = 16;

    private PageHeaders() {}

    /** An encoding's number in parquet.thrift. */
    static int number(Encoding encoding) {
        return switch (encoding) {
            case PLAIN -> 0;
            case PLAIN_DICTIONARY -> 2;
            case RLE -> 3;
            case BIT_PACKED -> 4;
            case DELTA_BINARY_PACKED -> 5;
            case DELTA_LENGTH_BYTE_ARRAY -> 6;
            case DELTA_BYTE_ARRAY -> 7;
            case RLE_DICTIONARY -> 8;
            case BYTE_STREAM_SPLIT -> 9;
        };
    }

    static void dataV1(CompactThrift out, int uncompressed, int bytes, int crc, int entries, Encoding encoding) {
        begin(out, DATA_PAGE, uncompressed, bytes, crc);
        out.begin(5);
        out.i32(1, entries);
        out.i32(2, number(encoding));
        out.i32(3, number(Encoding.RLE));
        out.i32(4, number(Encoding.RLE));
        out.end();
        out.end();
    }

    static void dataV2(
            CompactThrift out,
            int uncompressed,
            int bytes,
            int crc,
            int entries,
            int rows,
            Encoding encoding,
            ChunkPages.V2 v2) {
        begin(out, DATA_PAGE_V2, uncompressed, bytes, crc);
        out.begin(8);
        out.i32(1, entries);
        out.i32(2, v2.nulls());
        out.i32(3, rows);
        out.i32(4, number(encoding));
        out.i32(5, v2.definitionBytes());
        out.i32(6, v2.repetitionBytes());
        out.bool(7, v2.compressed());
        out.end();
        out.end();
    }

    static void dictionary(CompactThrift out, int uncompressed, int bytes, int crc, int entries) {
        begin(out, DICTIONARY_PAGE, uncompressed, bytes, crc);
        out.begin(7);
        out.i32(1, entries);
        out.i32(2, number(Encoding.PLAIN));
        out.end();
        out.end();
    }

    private static void begin(CompactThrift out, int type, int uncompressed, int bytes, int crc) {
        out.clear();
        out.begin();
        out.i32(1, type);
        out.i32(2, uncompressed);
        out.i32(3, bytes);
        out.i32(4, crc);
    }
}
