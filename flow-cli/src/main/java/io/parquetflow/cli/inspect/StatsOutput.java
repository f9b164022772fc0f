package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Json;
import io.parquetflow.cli.shell.Terminal;
import io.parquetflow.cli.shell.Text;
import io.parquetflow.cli.shell.TextTable;
import io.parquetflow.file.FlowDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Prints the figures of segments: a line each, a line for all, the columns, the drops. */
final class StatsOutput {
    private static final long SECOND_NS = 1_000_000_000L;

    private final List<SegmentStats> segments;
    private final RejectTotals rejects;
    private final Path top;
    private final CaptureTotals totals;
    private final Map<String, ColumnSummary> columns;

    /**
     * Figures to print.
     *
     * @param rejects beside the segments
     * @param top the directory that names are relative to, or null
     */
    StatsOutput(List<SegmentStats> segments, RejectTotals rejects, Path top) {
        this.segments = segments;
        this.rejects = rejects;
        this.top = top;
        this.totals = CaptureTotals.of(segments);
        this.columns = new LinkedHashMap<>();
        for (SegmentStats segment : segments) {
            segment.columns.forEach((name, column) -> columns.merge(name, column.copy(), ColumnSummary::plus));
        }
    }

    void printText(PrintWriter out, Terminal terminal) {
        TextTable table = new TextTable(
                "segment", ">rows", ">bytes", ">ratio", "codecs", "from", ">span", ">gaps", ">lost", ">drops");
        Map<String, Long> before = new HashMap<>();
        for (SegmentStats segment : segments) {
            table.add(
                    name(segment),
                    Text.count(segment.rows),
                    Text.bytes(segment.fileBytes),
                    ColumnSummary.ratio(segment.uncompressedBytes(), segment.compressedBytes()),
                    String.join(",", segment.codecs()),
                    segment.timed() ? time(segment.firstNs) : "",
                    segment.timed() ? span(segment.lastNs - segment.firstNs) : "",
                    known(segment.gaps),
                    known(segment.lost),
                    drops(segment, before));
        }
        if (segments.size() > 1) {
            addTotal(table);
        }
        table.print(out, terminal);
        out.println();
        ColumnSummary.table(columns.values()).print(out, terminal);
        if (totals.writers() > 0) {
            out.println();
            out.println(Text.printable(captureLine()));
        }
        if (rejects.files() > 0) {
            out.println("rejected " + Text.counted(rejects.payloads(), "payload") + ", whole in "
                    + Text.counted(rejects.files(), "file") + " of " + FlowDirectory.REJECTS);
        }
    }

    void printJson(PrintWriter out) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("segments", segments.stream().map(this::asMap).toList());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("segments", segments.size());
        all.put("rows", sum(segments.stream().map(s -> s.rows).toList()));
        all.put("bytes", sum(segments.stream().map(s -> s.fileBytes).toList()));
        all.put("first_ns", firstNs() <= lastNs() ? firstNs() : null);
        all.put("last_ns", firstNs() <= lastNs() ? lastNs() : null);
        all.put("gaps", orNull(knownSum(segments.stream().map(s -> s.gaps).toList())));
        all.put("lost", orNull(knownSum(segments.stream().map(s -> s.lost).toList())));
        all.put("writers", totals.writers());
        all.put("accepted", totals.accepted());
        all.put("dropped", totals.dropped());
        all.put("lost_tail", totals.lostTail());
        all.put("rejects", rejects.asMap());
        all.put("columns", columns.values().stream().map(ColumnSummary::asMap).toList());
        document.put("all", all);
        Json.document(out).write(document);
    }

    private Map<String, Object> asMap(SegmentStats segment) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", name(segment));
        map.put("rows", segment.rows);
        map.put("row_groups", segment.rowGroups);
        map.put("bytes", segment.fileBytes);
        map.put("compressed_bytes", segment.compressedBytes());
        map.put("uncompressed_bytes", segment.uncompressedBytes());
        map.put("codecs", segment.codecs());
        map.put("encodings", segment.encodings());
        map.put("first_ns", segment.timed() ? segment.firstNs : null);
        map.put("last_ns", segment.timed() ? segment.lastNs : null);
        map.put("gaps", orNull(segment.gaps));
        map.put("lost", orNull(segment.lost));
        map.put("dropped_so_far", segment.flow.dropped());
        map.put("footer", segment.flow.all());
        return map;
    }

    private void addTotal(TextTable table) {
        long uncompressed =
                segments.stream().mapToLong(SegmentStats::uncompressedBytes).sum();
        long compressed =
                segments.stream().mapToLong(SegmentStats::compressedBytes).sum();
        TreeSet<String> codecs = new TreeSet<>();
        segments.forEach(segment -> codecs.addAll(segment.codecs()));
        boolean timed = firstNs() <= lastNs();
        table.add(
                "all " + Text.counted(segments.size(), "segment"),
                Text.count(sum(segments.stream().map(s -> s.rows).toList())),
                Text.bytes(sum(segments.stream().map(s -> s.fileBytes).toList())),
                ColumnSummary.ratio(uncompressed, compressed),
                String.join(",", codecs),
                timed ? time(firstNs()) : "",
                timed ? span(lastNs() - firstNs()) : "",
                known(knownSum(segments.stream().map(s -> s.gaps).toList())),
                known(knownSum(segments.stream().map(s -> s.lost).toList())),
                totals.writers() == 0 ? "" : Text.count(totals.droppedInAll()));
    }

    private String captureLine() {
        List<String> causes = new ArrayList<>();
        totals.dropped().forEach((cause, n) -> {
            if (n > 0) {
                causes.add(cause + " " + Text.count(n));
            }
        });
        return "accepted " + Text.count(totals.accepted()) + ", dropped " + Text.count(totals.droppedInAll())
                + (causes.isEmpty() ? "" : " (" + String.join(", ", causes) + ")") + ", lost after the last row "
                + Text.count(totals.lostTail()) + ", " + Text.counted(totals.writers(), "writer");
    }

    /** What the writer's counters have grown by since its segment before; unknown where that one is not here. */
    private static String drops(SegmentStats segment, Map<String, Long> before) {
        if (!segment.flow.ours() || segment.flow.dropped().isEmpty()) {
            return "";
        }
        String writer = segment.flow.text(FlowKeys.WRITER);
        long now = segment.flow.dropped().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        Long then = before.put(writer, now);
        boolean first = segment.name.map(name -> name.number() == 1).orElse(false);
        return then == null && !first && now > 0 ? "?" : Text.count(now - (then == null ? 0 : then));
    }

    private String name(SegmentStats segment) {
        if (top == null) {
            return segment.file.toString();
        }
        // What is not below the directory was made out of a journal.
        return segment.file.startsWith(top)
                ? top.relativize(segment.file).toString()
                : "(journal) " + segment.file.getFileName();
    }

    private long firstNs() {
        return segments.stream().mapToLong(s -> s.firstNs).min().orElse(Long.MAX_VALUE);
    }

    private long lastNs() {
        return segments.stream().mapToLong(s -> s.lastNs).max().orElse(Long.MIN_VALUE);
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** Files without the column say -1 and do not count; -1 when that are all. */
    private static long knownSum(Collection<Long> counts) {
        boolean none = counts.stream().allMatch(n -> n < 0);
        return none
                ? -1
                : counts.stream().filter(n -> n >= 0).mapToLong(Long::longValue).sum();
    }

    private static Long orNull(long count) {
        return count < 0 ? null : count;
    }

    private static String known(long count) {
        return count < 0 ? "" : Text.count(count);
    }

    private static String time(long epochNs) {
        return RowValues.time(Math.floorDiv(epochNs, SECOND_NS), Math.floorMod(epochNs, SECOND_NS), 3) + "Z";
    }

    static String span(long ns) {
        long seconds = ns / SECOND_NS;
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.3fs", ns / (double) SECOND_NS);
        }
        long minutes = seconds / 60;
        long hours = minutes / 60;
        return hours == 0
                ? String.format(Locale.ROOT, "%dm%02ds", minutes, seconds % 60)
                : String.format(Locale.ROOT, "%dh%02dm%02ds", hours, minutes % 60, seconds % 60);
    }
}
