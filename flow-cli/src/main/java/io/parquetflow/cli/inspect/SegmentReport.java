package io.parquetflow.cli.inspect;

import io.parquetflow.file.SegmentName;
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
 * @param raw one row is one record
 * @param seq the sequence numbers; null when they could not be read, or there are none
 * @param lost the sum of that column; negative when it could not be read
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
        boolean raw,
        SeqWatch seq,
        long lost,
        Findings findings) {
    boolean ours() {
        return flow != null && flow.ours();
    }

    String verdict() {
        if (flow == null) {
            return "unreadable";
        }
        if (findings.errors() > 0) {
            return findings.errors() + (findings.errors() == 1 ? " error" : " errors");
        }
        return ours() ? "ok" : "ok, not a parquet-flow segment";
    }

    static SegmentReport unreadable(String file, long bytes, Findings findings) {
        return new SegmentReport(file, bytes, 0, 0, 0, 0, Optional.empty(), null, false, null, -1, findings);
    }
}
