package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.SizeStatistics;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TException;

/** Holds what the footer and the indexes claim about a chunk against what was read of it. */
final class ChunkClaims {
    private final ChunkScan scan;
    private final Chunk chunk;
    private final ColumnMetaData meta;

    ChunkClaims(ChunkScan scan) {
        this.scan = scan;
        this.chunk = scan.chunk();
        this.meta = chunk.meta();
    }

    void check() {
        same("values", meta.getNum_values(), scan.total().values());
        same("rows", chunk.rows(), scan.total().rows());
        same("compressed size", meta.getTotal_compressed_size(), scan.compressedBytes());
        same("uncompressed size", meta.getTotal_uncompressed_size(), scan.uncompressedBytes());
        if (meta.isSetStatistics()) {
            PageClaims.statistics(
                    meta.getStatistics(), scan.total(), chunk.start(), chunk.where() + ": statistics", scan);
        }
        checkEncodings();
        checkSizeStatistics();
        try {
            checkOffsetIndex();
            checkColumnIndex();
        } catch (SegmentException e) {
            scan.findings().error(e);
        } catch (IOException | RuntimeException e) {
            error(chunk.start(), "index cannot be read: " + SegmentException.words(e));
        }
    }

    private void checkEncodings() {
        for (var found : scan.dataPagesByEncoding().keySet()) {
            if (!meta.getEncodings().contains(found)) {
                error(chunk.start(), "pages encoded as " + found + ", which the footer does not list");
            }
        }
        if (!meta.isSetEncoding_stats()) {
            return;
        }
        int claimed = 0;
        for (PageEncodingStats stats : meta.getEncoding_stats()) {
            boolean data = stats.getPage_type().name().startsWith("DATA_PAGE");
            claimed += data ? stats.getCount() : 0;
        }
        same("data pages in the encoding statistics", claimed, scan.dataPages().size());
    }

    private void checkSizeStatistics() {
        if (!meta.isSetSize_statistics()) {
            return;
        }
        SizeStatistics sizes = meta.getSize_statistics();
        if (sizes.isSetUnencoded_byte_array_data_bytes() && scan.total().byteArrayBytes > 0) {
            same("byte array bytes", sizes.getUnencoded_byte_array_data_bytes(), scan.total().byteArrayBytes);
        }
        histogram("repetition", sizes.getRepetition_level_histogram(), scan.total().repetitionHistogram);
        histogram("definition", sizes.getDefinition_level_histogram(), scan.total().definitionHistogram);
    }

    /** Writers leave the histogram out where there is one level only. */
    private void histogram(String which, List<Long> claimed, long[] actual) {
        if (claimed == null || claimed.isEmpty()) {
            return;
        }
        if (!claimed.equals(Arrays.stream(actual).boxed().toList())) {
            error(
                    chunk.start(),
                    which + " level histogram=" + claimed + " but the data has " + Arrays.toString(actual));
        }
    }

    private void checkOffsetIndex() throws IOException {
        if (!chunk.stored().isSetOffset_index_offset()) {
            return;
        }
        long offset = chunk.stored().getOffset_index_offset();
        OffsetIndex index = new OffsetIndex();
        read(index, offset, chunk.stored().getOffset_index_length(), "offset index");
        List<PageLocation> claimed = index.getPage_locations();
        if (claimed.size() != scan.dataPages().size()) {
            error(
                    offset,
                    "offset index has " + claimed.size() + " pages, the data has "
                            + scan.dataPages().size());
            return;
        }
        for (int i = 0; i < claimed.size(); i++) {
            PageLocation location = claimed.get(i);
            PageFacts page = scan.dataPages().get(i);
            if (location.getOffset() != page.offset
                    || location.getCompressed_page_size() != page.length
                    || location.getFirst_row_index() != page.firstRow) {
                error(
                        offset,
                        "offset index, data page " + i + ": " + describe(location) + " but the data has offset="
                                + page.offset + ", size=" + page.length + ", first row=" + page.firstRow);
                return;
            }
        }
    }

    private static String describe(PageLocation location) {
        return "offset=" + location.getOffset() + ", size=" + location.getCompressed_page_size() + ", first row="
                + location.getFirst_row_index();
    }

    private void checkColumnIndex() throws IOException {
        if (!chunk.stored().isSetColumn_index_offset()) {
            return;
        }
        long offset = chunk.stored().getColumn_index_offset();
        ColumnIndex index = new ColumnIndex();
        read(index, offset, chunk.stored().getColumn_index_length(), "column index");
        int pages = scan.dataPages().size();
        boolean complete = index.getNull_pages().size() == pages
                && index.getMin_values().size() == pages
                && index.getMax_values().size() == pages
                && (!index.isSetNull_counts() || index.getNull_counts().size() == pages);
        if (!complete) {
            error(offset, "column index has " + index.getNull_pages().size() + " pages, the data has " + pages);
            return;
        }
        for (int i = 0; i < pages; i++) {
            String problem = columnIndexProblem(index, i, scan.dataPages().get(i));
            if (problem != null) {
                error(offset, "column index, data page " + i + ": " + problem);
                return;
            }
        }
        checkBoundaryOrder(index, offset);
    }

    /** Readers look for a value by bisection where the index says that it is in order. */
    private void checkBoundaryOrder(ColumnIndex index, long offset) {
        if (index.getBoundary_order() == BoundaryOrder.UNORDERED) {
            return;
        }
        int direction = index.getBoundary_order() == BoundaryOrder.ASCENDING ? 1 : -1;
        ValueRange order = scan.total().range;
        int before = -1;
        for (int i = 0; i < index.getNull_pages().size(); i++) {
            if (index.getNull_pages().get(i)) {
                continue;
            }
            if (before >= 0 && !goesOn(order, index, before, i, direction)) {
                error(
                        offset,
                        "column index: said to be " + index.getBoundary_order() + ", but data page " + i + " is not");
                return;
            }
            before = i;
        }
    }

    /** Whether neither bound of a page goes against the direction, 1 or -1, seen from an earlier page. */
    private static boolean goesOn(ValueRange order, ColumnIndex index, int from, int to, int direction) {
        List<ByteBuffer> mins = index.getMin_values();
        List<ByteBuffer> maxs = index.getMax_values();
        return direction * order.order(bytes(mins.get(to)), bytes(mins.get(from))) >= 0
                && direction * order.order(bytes(maxs.get(to)), bytes(maxs.get(from))) >= 0;
    }

    private String columnIndexProblem(ColumnIndex index, int i, PageFacts page) {
        if (index.isSetNull_counts() && index.getNull_counts().get(i) != page.nulls()) {
            return "null count=" + index.getNull_counts().get(i) + " but the data has " + page.nulls();
        }
        if (differs(index.getRepetition_level_histograms(), i, page.repetitionHistogram)
                || differs(index.getDefinition_level_histograms(), i, page.definitionHistogram)) {
            return "level histograms differ from the data's, repetition=" + Arrays.toString(page.repetitionHistogram)
                    + ", definition=" + Arrays.toString(page.definitionHistogram);
        }
        boolean allNull = page.nulls() == page.values();
        if (index.getNull_pages().get(i)) {
            return allNull
                    ? null
                    : "said to be all null, but the data has " + (page.values() - page.nulls()) + " values";
        }
        if (allNull) {
            return null;
        }
        boolean exact = scan.strict() && !(page.range instanceof ValueRange.OfBinary);
        return page.range.problem(
                bytes(index.getMin_values().get(i)), bytes(index.getMax_values().get(i)), exact);
    }

    /** The histograms of all pages lie one after the other; writers may leave them out. */
    private static boolean differs(List<Long> claimed, int page, long[] actual) {
        if (claimed == null || claimed.isEmpty()) {
            return false;
        }
        for (int level = 0; level < actual.length; level++) {
            int at = page * actual.length + level;
            if (at >= claimed.size() || claimed.get(at) != actual[level]) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    private void read(TBase<?, ?> into, long offset, int length, String what) throws IOException {
        byte[] stored = scan.bytes().read(offset, length, chunk.where() + ": " + what);
        try {
            ThriftBytes.read(into, stored);
        } catch (TException | RuntimeException e) {
            throw scan.bytes()
                    .problem(
                            offset, chunk.where() + ": " + what + " cannot be parsed: " + SegmentException.words(e), e);
        }
    }

    private void same(String what, long claimed, long actual) {
        if (claimed != actual) {
            error(chunk.start(), what + ": footer=" + claimed + ", data=" + actual);
        }
    }

    private void error(long offset, String detail) {
        scan.findings().error(offset, chunk.where() + ": " + detail);
    }
}
