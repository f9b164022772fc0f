package io.parquetflow.cli.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Whether the segments of each writer follow one another: no number missing in the middle, sequence numbers that go on
 * where the one before ended, and drops that add up. Missing first segments are retention's doing and only noted.
 */
final class WriterContinuity {
    private static final Comparator<SegmentReport> IN_ORDER = Comparator.<SegmentReport>comparingInt(
                    r -> r.name().orElseThrow().number())
            .thenComparing(r -> r.name().orElseThrow().recovered())
            .thenComparing(SegmentReport::file);

    private final List<String> errors = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private WriterContinuity() {}

    static WriterContinuity check(List<SegmentReport> reports) {
        Map<String, List<SegmentReport>> byWriter = new TreeMap<>();
        for (SegmentReport report : reports) {
            if (report.name().isPresent() && report.ours() && !report.rejects()) {
                byWriter.computeIfAbsent(report.name().get().writer(), w -> new ArrayList<>())
                        .add(report);
            }
        }
        WriterContinuity continuity = new WriterContinuity();
        Map<String, List<Elsewhere>> elsewhere = elsewhere(reports);
        byWriter.forEach((writer, segments) -> continuity.checkWriter(writer, segments, elsewhere.containsKey(writer)));
        elsewhere.forEach((writer, rows) -> continuity.checkElsewhere(writer, rows, byWriter.get(writer)));
        return continuity;
    }

    /** Rows of a dead writer in another one's segment. */
    private record Elsewhere(SegmentReport report, SeqWatch seq) {}

    private static Map<String, List<Elsewhere>> elsewhere(List<SegmentReport> reports) {
        Map<String, List<Elsewhere>> byWriter = new TreeMap<>();
        for (SegmentReport report : reports) {
            for (RowOrigins.Origin origin : report.recovered()) {
                if (origin.seq().any()) {
                    byWriter.computeIfAbsent(origin.writer(), w -> new ArrayList<>())
                            .add(new Elsewhere(report, origin.seq()));
                }
            }
        }
        return byWriter;
    }

    /** They go on where the writer's own segments end, in one segment or several. */
    private void checkElsewhere(String writer, List<Elsewhere> rows, List<SegmentReport> own) {
        rows.sort(Comparator.comparingLong(r -> r.seq().first()));
        String before = null;
        long last = -1;
        for (SegmentReport segment : own == null ? List.<SegmentReport>of() : own) {
            if (segment.seq() != null && segment.seq().any() && segment.seq().last() > last) {
                before = segment.file();
                last = segment.seq().last();
            }
        }
        for (Elsewhere next : rows) {
            long first = next.seq().first();
            // Without a file in front retention may have taken it.
            if (before != null && first != last + 1) {
                errors.add("writer " + writer + ": "
                        + (first <= last
                                ? "rows twice or out of order"
                                : "sequence has a hole of " + (first - last - 1))
                        + ": " + before + " ends with seq=" + last + ", what was recovered in "
                        + next.report().file() + " begins with " + first);
            }
            before = next.report().file();
            last = next.seq().last();
        }
    }

    List<String> errors() {
        return errors;
    }

    List<String> notes() {
        return notes;
    }

    /** With rows elsewhere, the last footer of its own is not the last that is said of its drops. */
    private void checkWriter(String writer, List<SegmentReport> segments, boolean elsewhere) {
        segments.sort(IN_ORDER);
        String who = "writer " + writer + " of sink "
                + segments.get(0).name().orElseThrow().sink();
        boolean complete = checkNumbers(who, segments);
        boolean oneStream = segments.stream()
                        .map(r -> String.valueOf(r.name().orElseThrow().stream()))
                        .distinct()
                        .count()
                == 1;
        if (oneStream) {
            checkSequence(who, segments);
        }
        if (complete && !elsewhere) {
            checkDrops(who, segments);
        }
    }

    /** Returns whether all segments from the first on are there. */
    private boolean checkNumbers(String who, List<SegmentReport> segments) {
        int expected = 1;
        boolean complete = true;
        for (SegmentReport segment : segments) {
            int number = segment.name().orElseThrow().number();
            if (number > expected) {
                String missing =
                        expected == number - 1 ? "segment " + expected : "segments " + expected + ".." + (number - 1);
                (expected == 1 ? notes : errors).add(who + ": " + missing + " missing (retention or moved?)");
                complete = false;
            }
            expected = Math.max(expected, number + 1);
        }
        return complete;
    }

    private void checkSequence(String who, List<SegmentReport> segments) {
        SegmentReport before = null;
        for (SegmentReport segment : segments) {
            if (segment.seq() == null || !segment.seq().any()) {
                before = segment.rows() == 0 ? before : null;
                continue;
            }
            if (before != null) {
                checkStep(who, before, segment);
            }
            before = segment;
        }
    }

    /** A hole in the numbers has been reported already and explains the one in the sequence. */
    private void checkStep(String who, SegmentReport before, SegmentReport segment) {
        long last = before.seq().last();
        long first = segment.seq().first();
        String files = before.file() + " ends with seq=" + last + ", " + segment.file() + " begins with " + first;
        if (first <= last) {
            errors.add(who + ": rows twice or out of order: " + files);
            return;
        }
        boolean neighbours = segment.name().orElseThrow().number()
                        - before.name().orElseThrow().number()
                <= 1;
        if (segment.dense() && neighbours && first != last + 1) {
            errors.add(who + ": sequence has a hole of " + (first - last - 1) + ": " + files);
        }
    }

    /**
     * All drops but those after closing must show as {@code lost} in some row, or in the last footer's tail. Exact once
     * the sink is closed; before that, calls in flight may be missing on either side.
     */
    private void checkDrops(String who, List<SegmentReport> segments) {
        SegmentReport last = segments.get(segments.size() - 1);
        OptionalLong tail = last.flow().number(FlowKeys.LOST_TAIL);
        boolean readable = segments.stream().allMatch(s -> s.lost() >= 0);
        if (!readable || tail.isEmpty() || last.flow().dropped().isEmpty()) {
            return;
        }
        long lost = segments.stream().mapToLong(SegmentReport::lost).sum();
        long dropped = last.flow().droppedInData();
        if (lost + tail.getAsLong() != dropped) {
            String line = who + ": drops do not add up: lost in rows=" + lost + ", lost after the last row="
                    + tail.getAsLong() + ", dropped by the last footer=" + dropped;
            (last.flow().closedCleanly() ? errors : notes).add(line);
        }
        checkAccepted(who, segments, last.flow());
    }

    private void checkAccepted(String who, List<SegmentReport> segments, FlowKeys closing) {
        OptionalLong accepted = closing.number(FlowKeys.ACCEPTED);
        boolean exact = closing.closedCleanly() && segments.stream().allMatch(s -> s.raw() && s.seq() != null);
        if (!exact || accepted.isEmpty()) {
            return;
        }
        long lastSeq = segments.stream()
                .filter(s -> s.seq().any())
                .mapToLong(s -> s.seq().last())
                .max()
                .orElse(-1);
        if (accepted.getAsLong() != lastSeq + 1) {
            errors.add(who + ": accepted=" + accepted.getAsLong() + " but the rows end with seq=" + lastSeq);
        }
    }
}
