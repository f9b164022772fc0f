package io.parquetflow.cli.inspect;

import io.parquetflow.file.SegmentName;
import java.util.List;
import java.util.Optional;

/**
 * What verification has found in one file.
 *
 * @param file as given
 * @param bytes the file's size
 * @param rows by the footer; 0 when there is none
 * @param rowGroups by the footer
 * @param pages read, dictionaries included
 * @param pagesWithoutCrc pages whose header has no checksum
 * @param name what the file name says
 * @param flow our footer keys; null when the footer cannot be read
 * @param kind what a row is
 * @param seq the sequence numbers; null when they could not be read, or there are none
 * @param recovered rows of dead writers, which are numbered apart
 * @param lost the sum of that column in the writer's own rows; negative when it could not be read
 * @param findings errors and notes
 */
record SegmentReport(
        String file,
        long bytes,
        long rows,
        int rowGroups,
        long pages,
        long pagesWithoutCrc,
        Optional<SegmentName> name,
        FlowKeys flow,
        FlowColumns.Kind kind,
        SeqWatch seq,
        List<RowOrigins.Origin> recovered,
        long lost,
        Findings findings) {
    boolean ours() {
        return flow != null && flow.ours();
    }

    /** One row is one record. */
    boolean raw() {
        return kind == FlowColumns.Kind.RAW;
    }

    /** A file of payloads that no rows could be made of. */
    boolean rejects() {
        return kind == FlowColumns.Kind.REJECT;
    }

    /** Every row of the writer is in its segments, so that the sequence has no holes; a stream may have files of its own. */
    boolean dense() {
        return !rejects() && name.map(n -> n.stream().isEmpty()).orElse(true);
    }

    String verdict() {
        if (flow == null) {
            return "unreadable";
        }
        if (findings.errors() > 0) {
            return findings.errors() + (findings.errors() == 1 ? " error" : " errors");
        }
        if (rejects()) {
            return "ok, rejects";
        }
        return ours() ? "ok" : "ok, not a parquet-flow segment";
    }

    static SegmentReport unreadable(String file, long bytes, Findings findings) {
        return new SegmentReport(
                file, bytes, 0, 0, 0, 0, Optional.empty(), null, FlowColumns.Kind.OTHER, null, List.of(), -1, findings);
    }
}
