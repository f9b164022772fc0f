package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Failures;
import io.parquetflow.file.SegmentName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.parquet.io.api.Binary;

/**
 * Reads every page of one file and compares everything the file says about itself with what is there. Whatever is in the
 * file, the outcome is a report: what cannot be read is a finding, never an exception.
 *
 * <p>Not thread-safe.
 */
final class SegmentScan {
    /** Begins the finding that stands for an error nobody has thought of; a test watches that there are none. */
    static final String UNEXPECTED = "unexpected: ";

    private final String file;
    private final Findings findings;
    private final LongConsumer progress;
    private RowOrigins origins;
    private FlowColumns columns;
    private SegmentFooter footer;
    private long lost;
    private boolean lostNegative;
    private boolean seqWhole = true;
    private boolean lostWhole = true;
    private final GroupShapes shapes = new GroupShapes();
    private long pages;
    private long pagesWithoutCrc;

    private SegmentScan(Path path, LongConsumer progress) {
        this.file = path.toString();
        this.findings = new Findings(file);
        this.progress = progress;
    }

    /**
     * Reads the file.
     *
     * @param progress is told how many bytes of column chunks have been read since it was last told
     */
    static SegmentReport scan(Path path, LongConsumer progress) {
        SegmentScan scan = new SegmentScan(path, progress);
        long size = 0;
        try (SegmentBytes bytes = SegmentBytes.open(path)) {
            size = bytes.size();
            return scan.read(bytes, SegmentFiles.nameOf(path));
        } catch (SegmentException e) {
            scan.findings.error(e);
        } catch (IOException e) {
            scan.findings.error(0, Failures.line(e).replace("[" + scan.file + "] ", ""));
        } catch (RuntimeException | OutOfMemoryError e) {
            scan.findings.error(0, UNEXPECTED + e.getClass().getSimpleName() + ": " + SegmentException.words(e));
        }
        return SegmentReport.unreadable(scan.file, size, scan.findings);
    }

    private SegmentReport read(SegmentBytes bytes, Optional<SegmentName> name) throws IOException {
        footer = SegmentFooter.read(bytes);
        columns = FlowColumns.of(footer.schema());
        boolean ours = footer.flow().ours();
        origins = new RowOrigins(
                footer.flow().text(FlowKeys.WRITER), ours ? footer.flow().text(FlowKeys.RECOVERED) : null);
        for (Chunk chunk : footer.chunks()) {
            scanChunk(bytes, chunk, ours);
            progress.accept(chunk.meta().getTotal_compressed_size());
        }
        boolean seqRead = columns.seq() != null && seqWhole && origins.whole();
        boolean lostRead = columns.lost() != null && lostWhole && origins.whole();
        SegmentReport report = new SegmentReport(
                file,
                bytes.size(),
                footer.meta().getNum_rows(),
                footer.meta().getRow_groups().size(),
                pages,
                pagesWithoutCrc,
                name,
                footer.flow(),
                columns.kind(),
                seqRead ? origins.own() : null,
                seqRead ? origins.others() : List.of(),
                lostRead ? lost : -1,
                findings);
        if (seqRead) {
            origins.problems().forEach(problem -> findings.error(footer.offset(), problem));
        }
        new SegmentClaims(report, footer.offset(), lostNegative).check();
        return report;
    }

    private void scanChunk(SegmentBytes bytes, Chunk chunk, boolean ours) {
        String column = chunk.name();
        LongConsumer watch = null;
        if (ours && column.equals(columns.seq())) {
            watch = origins::seq;
        } else if (ours && column.equals(columns.lost())) {
            watch = this::addLost;
        }
        ChunkScan scan = new ChunkScan(bytes, chunk, findings, ours, watch);
        if (origins.several() && column.equals(columns.writer())) {
            origins.beginGroup();
            scan.watchBinaries(origins::writer);
        }
        scan.scan();
        pages += scan.pages();
        pagesWithoutCrc += scan.pagesWithoutCrc();
        if (scan.whole()) {
            shapes.add(chunk, scan.shape(), findings);
        }
        seqWhole &= scan.whole() || !column.equals(columns.seq());
        lostWhole &= scan.whole() || !column.equals(columns.lost());
        if (ours && scan.whole() && !origins.several() && column.equals(columns.writer())) {
            checkWriter(chunk, scan.total().range);
        }
    }

    private void addLost(long drops) {
        lost += origins.isOwnLoss() ? drops : 0;
        lostNegative |= drops < 0;
    }

    private void checkWriter(Chunk chunk, ValueRange range) {
        String expected = footer.flow().text(FlowKeys.WRITER);
        if (!(range instanceof ValueRange.OfBinary names) || !names.any) {
            return;
        }
        Binary wanted = Binary.fromString(expected);
        if (!names.min().equals(wanted) || !names.max().equals(wanted)) {
            findings.error(
                    chunk.start(),
                    chunk.where() + ": rows of another writer, footer=" + expected + ", data="
                            + names.min().toStringUsingUTF8() + " to "
                            + names.max().toStringUsingUTF8());
        }
    }
}
