package io.parquetflow.cli.inspect;

import io.parquetflow.file.SegmentName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the writers of a directory have counted. The totals in a footer go on from segment to segment, so each writer's
 * last one speaks for all, and writers add up.
 *
 * @param writers how many have left segments
 * @param accepted records taken
 * @param dropped payloads refused, by cause
 * @param lostTail drops after the last row, which show in no row
 */
record CaptureTotals(int writers, long accepted, Map<String, Long> dropped, long lostTail) {
    private static final Comparator<SegmentStats> BY_NUMBER = Comparator.comparingInt(CaptureTotals::number);

    static CaptureTotals of(List<SegmentStats> segments) {
        Map<String, SegmentStats> last = new TreeMap<>();
        Map<String, SegmentStats> lastOfDrops = new TreeMap<>(); // a journal does not count them
        for (SegmentStats segment : segments) {
            if (segment.flow.ours()) {
                String writer = segment.flow.text(FlowKeys.WRITER);
                last.merge(writer, segment, CaptureTotals::later);
                if (!segment.flow.dropped().isEmpty()) {
                    lastOfDrops.merge(writer, segment, CaptureTotals::later);
                }
            }
        }
        long accepted = 0;
        long lostTail = 0;
        Map<String, Long> dropped = new TreeMap<>();
        for (SegmentStats segment : last.values()) {
            accepted += segment.flow.number(FlowKeys.ACCEPTED).orElse(0);
        }
        for (SegmentStats segment : lastOfDrops.values()) {
            lostTail += segment.flow.number(FlowKeys.LOST_TAIL).orElse(0);
            segment.flow.dropped().forEach((cause, n) -> dropped.merge(cause, n, Long::sum));
        }
        return new CaptureTotals(last.size(), accepted, dropped, lostTail);
    }

    private static SegmentStats later(SegmentStats a, SegmentStats b) {
        return BY_NUMBER.compare(a, b) > 0 ? a : b;
    }

    long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Without a name that tells, the one that has accepted more is the later one. */
    private static int number(SegmentStats segment) {
        return segment.name.map(SegmentName::number).orElseGet(() -> (int) Math.min(
                Integer.MAX_VALUE, segment.flow.number(FlowKeys.ACCEPTED).orElse(0)));
    }
}
