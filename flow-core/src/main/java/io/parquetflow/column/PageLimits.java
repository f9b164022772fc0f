package io.parquetflow.column;

/**
 * When a page is full, how much of a binary bound is written, and which kind of page.
 *
 * @param bytes of values, before compression; a larger value gets a page of its own
 * @param rows at most
 * @param boundBytes of a binary minimum or maximum in the indexes
 * @param version 1 or 2: data page V1 or V2
 */
public record PageLimits(int bytes, int rows, int boundBytes, int version) {
    /** The most rows parquet-java puts into a page, too: readers skip by pages. */
    public static final int DEFAULT_ROWS = 20_000;

    /** Enough to tell keys apart; whole payloads in a footer would outweigh it. */
    public static final int DEFAULT_BOUND_BYTES = 64;

    /**
     * Data page V1, which every reader knows.
     *
     * @param bytes of values, before compression
     * @param rows at most
     * @param boundBytes of a binary minimum or maximum in the indexes
     */
    public PageLimits(int bytes, int rows, int boundBytes) {
        this(bytes, rows, boundBytes, 1);
    }

    /** Rows after which any page is closed: eight bytes a row are the page's size, or there are enough of them. */
    int rowLimit() {
        return Math.max(1, Math.min(rows, bytes / Long.BYTES));
    }
}
