package io.parquetflow.capture;

import io.parquetflow.spi.SealedSegment;
import io.parquetflow.spi.SealedSegment.ColumnStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** What a listener is told of a sealed segment: statistics over all row groups, from the metadata at hand. */
final class SealedReport {
    private SealedReport() {}

    static SealedSegment of(OpenSegment segment) {
        Map<String, List<ColumnChunkMetaData>> byColumn = new LinkedHashMap<>();
        for (ColumnChunkMetaData chunk : segment.file().columnChunks()) {
            byColumn.computeIfAbsent(chunk.getPath().toDotString(), c -> new ArrayList<>())
                    .add(chunk);
        }
        List<ColumnStatistics> columns = new ArrayList<>();
        byColumn.forEach((column, chunks) -> columns.add(merge(column, chunks)));
        return new SealedSegment(
                segment.finalPath(),
                segment.file().rows(),
                segment.file().position(),
                segment.firstSeq(),
                segment.lastSeq(),
                List.copyOf(columns));
    }

    private static ColumnStatistics merge(String column, List<ColumnChunkMetaData> chunks) {
        Statistics<?> merged = chunks.get(0).getStatistics().copy();
        boolean known = true;
        long values = 0;
        long uncompressed = 0;
        long compressed = 0;
        for (int i = 0; i < chunks.size(); i++) {
            ColumnChunkMetaData chunk = chunks.get(i);
            if (i > 0) {
                merged.mergeStatistics(chunk.getStatistics());
            }
            Statistics<?> own = chunk.getStatistics();
            known &= own.hasNonNullValue() || own.getNumNulls() == chunk.getValueCount();
            values += chunk.getValueCount();
            uncompressed += chunk.getTotalUncompressedSize();
            compressed += chunk.getTotalSize();
        }
        known &= merged.hasNonNullValue();
        return new ColumnStatistics(
                column,
                values,
                merged.getNumNulls(),
                known ? merged.minAsString() : null,
                known ? merged.maxAsString() : null,
                uncompressed,
                compressed);
    }
}
