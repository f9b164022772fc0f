package io.parquetflow.cli.inspect;

import io.parquetflow.file.SegmentName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.apache.parquet.format.Statistics;

/**
 * The figures of one segment. They come from the footer; a column is read only where its statistics do not answer the
 * question.
 *
 * <p>Not thread-safe.
 */
final class SegmentStats {
    final Path file;
    final Optional<SegmentName> name;
    final Map<String, ColumnSummary> columns = new LinkedHashMap<>();
    final FlowKeys flow;
    final long rows;
    final int rowGroups;
    final long fileBytes;

    /** Epoch nanoseconds of the earliest and the latest row; {@code firstNs > lastNs} when unknown. */
    long firstNs = Long.MAX_VALUE;

    long lastNs = Long.MIN_VALUE;

    /** Rows with drops right before them, and those drops; -1 when the file has no such column. */
    long gaps;

    long lost;

    private SegmentStats(Path file, SegmentFooter footer, long fileBytes) {
        this.file = file;
        this.name = SegmentName.parse(file.getFileName().toString());
        this.flow = footer.flow();
        this.rows = footer.meta().getNum_rows();
        this.rowGroups = footer.meta().getRow_groups().size();
        this.fileBytes = fileBytes;
        ColumnSummary.addAll(columns, footer);
    }

    static SegmentStats read(Path file) throws IOException {
        try (SegmentBytes bytes = SegmentBytes.open(file)) {
            SegmentFooter footer = SegmentFooter.read(bytes);
            SegmentStats stats = new SegmentStats(file, footer, bytes.size());
            FlowColumns header = FlowColumns.of(footer.schema());
            if (header.lost() == null) {
                stats.gaps = -1;
                stats.lost = -1;
            }
            for (Chunk chunk : footer.chunks()) {
                if (chunk.name().equals(header.tsNs())) {
                    stats.addTimes(bytes, chunk);
                } else if (chunk.name().equals(header.lost())) {
                    stats.addLost(bytes, chunk);
                }
            }
            return stats;
        }
    }

    boolean timed() {
        return firstNs <= lastNs;
    }

    Set<String> codecs() {
        TreeSet<String> codecs = new TreeSet<>();
        columns.values().forEach(column -> codecs.addAll(column.codecs()));
        return codecs;
    }

    Set<String> encodings() {
        TreeSet<String> encodings = new TreeSet<>();
        columns.values().forEach(column -> encodings.addAll(column.encodings()));
        return encodings;
    }

    long compressedBytes() {
        return columns.values().stream()
                .mapToLong(ColumnSummary::compressedBytes)
                .sum();
    }

    long uncompressedBytes() {
        return columns.values().stream()
                .mapToLong(ColumnSummary::uncompressedBytes)
                .sum();
    }

    private void addTimes(SegmentBytes bytes, Chunk chunk) throws IOException {
        Statistics claimed = chunk.meta().getStatistics();
        if (isLong(claimed)) {
            addTime(asLong(claimed.getMin_value()));
            addTime(asLong(claimed.getMax_value()));
        } else {
            readColumn(bytes, chunk, this::addTime);
        }
    }

    private void addTime(long ns) {
        firstNs = Math.min(firstNs, ns);
        lastNs = Math.max(lastNs, ns);
    }

    /** Mostly nothing is lost, and the statistics say so. */
    private void addLost(SegmentBytes bytes, Chunk chunk) throws IOException {
        Statistics claimed = chunk.meta().getStatistics();
        boolean none = isLong(claimed) && asLong(claimed.getMin_value()) == 0 && asLong(claimed.getMax_value()) == 0;
        if (!none) {
            readColumn(bytes, chunk, this::addLost);
        }
    }

    private void addLost(long drops) {
        gaps += drops > 0 ? 1 : 0;
        lost += drops;
    }

    private static void readColumn(SegmentBytes bytes, Chunk chunk, LongConsumer values) throws IOException {
        Findings findings = new Findings(bytes.file().toString());
        new ChunkScan(bytes, chunk, findings, false, values).scan();
        if (findings.errors() > 0) {
            Finding finding = findings.kept().get(0);
            throw bytes.problem(finding.offset(), finding.detail());
        }
    }

    private static boolean isLong(Statistics claimed) {
        return claimed != null
                && claimed.isSetMin_value()
                && claimed.isSetMax_value()
                && claimed.getMin_value().length == Long.BYTES
                && claimed.getMax_value().length == Long.BYTES;
    }

    private static long asLong(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
