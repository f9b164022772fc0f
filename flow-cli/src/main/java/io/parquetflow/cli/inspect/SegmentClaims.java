package io.parquetflow.cli.inspect;

import io.parquetflow.file.SegmentName;
import java.util.OptionalLong;

/** Holds a segment's name and footer keys against its rows. */
final class SegmentClaims {
    private final SegmentReport report;
    private final long footerOffset;
    private final boolean lostNegative;

    SegmentClaims(SegmentReport report, long footerOffset, boolean lostNegative) {
        this.report = report;
        this.footerOffset = footerOffset;
        this.lostNegative = lostNegative;
    }

    void check() {
        if (!report.ours()) {
            return;
        }
        checkName();
        if (!report.rejects()) {
            same(FlowKeys.ROWS, report.rows());
        }
        if (lostNegative) {
            error("column lost has negative values");
        }
        if (report.seq() != null && report.seq().any()) {
            checkSequence(report.seq());
        }
    }

    private void checkName() {
        if (report.name().isEmpty()) {
            report.findings().note("a parquet-flow segment under another name: order and holes cannot be checked");
            return;
        }
        SegmentName name = report.name().get();
        same(FlowKeys.SINK, name.sink());
        same(FlowKeys.WRITER, name.writer());
        if (!name.stream().isEmpty()) {
            same(FlowKeys.STREAM, name.stream());
        }
    }

    /** A reject has the number of the row that comes next, so that only the order can be wrong there. */
    private void checkSequence(SeqWatch seq) {
        String broken = report.dense() ? seq.gap() : seq.backward();
        if (broken != null) {
            error("sequence is broken: " + broken);
        }
        if (report.dense()) {
            same(FlowKeys.FIRST_SEQ, seq.first());
            same(FlowKeys.LAST_SEQ, seq.last());
        } else if (!report.rejects()) {
            checkRange(seq);
        }
    }

    private void checkRange(SeqWatch seq) {
        OptionalLong first = report.flow().number(FlowKeys.FIRST_SEQ);
        OptionalLong last = report.flow().number(FlowKeys.LAST_SEQ);
        boolean below = first.isPresent() && seq.first() < first.getAsLong();
        boolean above = last.isPresent() && seq.last() > last.getAsLong();
        if (below || above) {
            error("rows outside the footer's range: footer=" + first.orElse(-1) + ".." + last.orElse(-1) + ", data="
                    + seq.first() + ".." + seq.last());
        }
    }

    private void same(String key, long actual) {
        String claimed = report.flow().text(key);
        if (claimed != null && !claimed.equals(Long.toString(actual))) {
            error(key + "=" + claimed + " but the data has " + actual);
        }
    }

    private void same(String key, String named) {
        String claimed = report.flow().text(key);
        if (claimed != null && !claimed.equals(named)) {
            error(key + "=" + claimed + " but the file name says " + named);
        }
    }

    private void error(String detail) {
        report.findings().error(footerOffset, detail);
    }
}
