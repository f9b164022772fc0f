package io.parquetflow.column;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.ColumnIndexBuilder;
import org.apache.parquet.schema.PrimitiveType;

/**
 * What footer and column index say of a chunk's values, gathered page by page: bounds, nulls, sizes, level histograms.
 *
 * <p>Not thread-safe.
 */
final class ChunkBounds {
    private final PrimitiveType type;
    private final int boundBytes;
    private ColumnIndexBuilder index;
    private Statistics<?> statistics;
    private SizeStatistics sizes;
    /** False once a page has values and no bounds: then the chunk has none either. */
    private boolean bounded;

    ChunkBounds(PrimitiveType type, int boundBytes) {
        this.type = type;
        this.boundBytes = boundBytes;
        clear();
    }

    void clear() {
        index = ColumnIndexBuilder.getBuilder(type, boundBytes);
        statistics = null;
        sizes = null;
        bounded = true;
    }

    /**
     * Adds a page.
     *
     * @param ofPage its bounds and nulls
     * @param valued whether it has any value
     * @param byteArrayBytes of its byte arrays, without lengths
     * @param repetition null where there are no such levels
     * @param definition null where there are no such levels
     */
    void add(
            Statistics<?> ofPage, boolean valued, long byteArrayBytes, LevelBuffer repetition, LevelBuffer definition) {
        bounded &= ofPage.hasNonNullValue() || !valued;
        List<Long> repetitions = repetition == null ? new ArrayList<>() : repetition.histogram();
        // At one level, the number of nulls says the same.
        List<Long> definitions = definition == null || (definition.max() == 1 && repetition == null)
                ? new ArrayList<>()
                : definition.histogram();
        SizeStatistics ofPageSizes = new SizeStatistics(type, byteArrayBytes, repetitions, definitions);
        index.add(ofPage, ofPageSizes);
        if (statistics == null) {
            statistics = ofPage.copy();
            sizes = ofPageSizes.copy();
        } else {
            statistics.mergeStatistics(ofPage);
            sizes.mergeStatistics(ofPageSizes);
        }
    }

    /** Of the chunk; without minimum and maximum where a page has none. */
    Statistics<?> statistics() {
        return bounded
                ? statistics
                : Statistics.getBuilderForReading(type)
                        .withNumNulls(statistics.getNumNulls())
                        .build();
    }

    SizeStatistics sizes() {
        return sizes;
    }

    /** Null where a page has no bounds: in an index, a page without bounds is a page of nulls, and readers skip it. */
    ColumnIndex columnIndex() {
        return bounded ? index.build() : null;
    }
}
