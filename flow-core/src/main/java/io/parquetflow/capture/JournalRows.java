package io.parquetflow.capture;

import io.parquetflow.column.PageCompressor;
import io.parquetflow.file.CreatedBy;
import io.parquetflow.file.SegmentFile;
import io.parquetflow.file.SegmentName;
import io.parquetflow.journal.DeadJournal;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.journal.SealedState;
import io.parquetflow.ring.CaptureClock;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * Writes the records of a journal that are in no sealed segment as one Parquet file, as the writer's next segment would
 * have them. For those who look: nothing of the journal changes.
 *
 * <p>Not thread-safe.
 */
final class JournalRows implements DeadJournal.Visitor {
    private static final int MODE = 0600;
    private static final long NS_PER_MS = 1_000_000L;

    private final SinkConfig config;
    private final Path directory;
    private final SealedState sealed;
    private final Rows rows;
    private final DeadStreams streams = new DeadStreams();
    private final Origin origin;
    private OpenSegment segment;
    private long next;
    private long records;

    private JournalRows(SinkConfig config, Path directory, String writer, SealedState sealed, Rows rows) {
        this.config = config;
        this.directory = directory;
        this.sealed = sealed;
        this.rows = rows;
        this.next = sealed.end();
        this.origin = Origin.resumed(0, writer, streams, sealed);
    }

    /**
     * Writes the file.
     *
     * @param config names the sink
     * @param form what the payloads are
     * @return the file, null where there is no record
     */
    static Path write(
            DeadJournal journal, SealedState sealed, SinkConfig config, RowForm form, MemoryPlan plan, Path directory)
            throws IOException {
        Complaints nobody = new Complaints((level, line, cause) -> {}, config.name());
        try (PageCompressor compressor = Compressors.of(config, nobody)) {
            Rows rows = new RowForms(config, form, plan, compressor).rows();
            JournalRows table =
                    new JournalRows(config, directory, journal.header().writer(), sealed, rows);
            try {
                journal.walk(table);
                return table.finish();
            } finally {
                table.close();
            }
        }
    }

    @Override
    public void records(RecordBatch batch) throws IOException {
        while (batch.next()) {
            if (batch.isName()) {
                streams.name(batch);
            } else if (batch.position() >= next) {
                add(batch);
            }
        }
    }

    private void add(RecordBatch batch) throws IOException {
        if (segment == null) {
            begin(batch.tsNs());
        }
        next = batch.position() + 1;
        records++;
        int count = rows.stage(batch, origin);
        rows.add(batch, origin, origin.losses().tell(batch.stream(), batch.dropsBefore()));
        segment.rows(origin.seq(), count, batch.position());
        origin.rowsAdded(count);
        if (rows.isFull()) {
            flush();
        }
    }

    private void begin(long tsNs) throws IOException {
        SegmentName name = new SegmentName(
                config.name(),
                "",
                Instant.ofEpochMilli(Math.floorDiv(tsNs, NS_PER_MS)),
                origin.writer(),
                sealed.number() + 1,
                false);
        Path path = directory.resolve(name.fileName());
        segment = new OpenSegment(name, path);
        segment.file(SegmentFile.create(path, rows.schema(), CreatedBy.TEXT, MODE));
    }

    private void flush() throws IOException {
        segment.file().append(rows.group());
        rows.group().reset();
    }

    private Path finish() throws IOException {
        if (segment == null) {
            return null;
        }
        if (rows.group().rows() > 0) {
            flush();
        }
        Map<String, String> keys = new Footer(config.name(), origin.writer(), null)
                .keys(
                        segment,
                        sealed.records() + records,
                        origin.losses().snapshot(),
                        new CaptureClock().summary(),
                        sealed.segment().substring(sealed.segment().lastIndexOf('/') + 1),
                        false);
        // The drop counters are in the writer's slab, which is its own.
        keys.keySet().removeIf(key -> key.startsWith("flow.dropped_total.") || key.equals("flow.lost_tail"));
        segment.file().finish(keys);
        return segment.file().path();
    }

    private void close() throws IOException {
        rows.group().close();
        if (segment != null) {
            segment.file().close();
        }
    }
}
