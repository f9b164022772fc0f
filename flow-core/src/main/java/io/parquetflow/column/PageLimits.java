package io.parquetflow.column;

/**
 * When a page is full, and how much of a binary bound is written.
 *
 * @param bytes of values, before compression; a larger value gets a page of its own
 * @param rows at most
 * @param boundBytes of a binary minimum or maximum in the indexes
 */
public record PageLimits(int bytes, int rows, int boundBytes) {
    /** The most rows parquet-java puts into a page, too: readers skip by pages. */
    public static final int DEFAULT_ROWS = 20_000;

    /** Enough to tell keys apart; whole payloads in a footer would outweigh it. */
    public static final int DEFAULT_BOUND_BYTES = 64;
}
