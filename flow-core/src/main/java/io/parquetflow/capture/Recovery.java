package io.parquetflow.capture;

import io.parquetflow.column.PageCompressor;
import io.parquetflow.file.CrashPoint;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.SchemaText;
import io.parquetflow.journal.DeadJournal;
import io.parquetflow.journal.JournalHeader;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.journal.SealedState;
import io.parquetflow.ring.CaptureClock;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.Partition;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Writes what a dead writer accepted and did not seal into segments of its own, {@code …-recovered.parquet}, in bounded
 * memory, with the writer's own {@code seq}, as if it had gone on. Killed at any moment, it is done again, and the result
 * is the same.
 *
 * <p>Not thread-safe: one thread, which need not be the writer thread.
 */
final class Recovery {
    /** The recovery runs beside a sink that needs its memory itself. */
    private static final long MOST_MEMORY = 32L << 20;

    private static final long RETRY_NS = 10_000_000L;

    private final SinkConfig config;
    private final RowForm form;
    private final Listeners listeners;
    private final Complaints complaints;
    private final BooleanSupplier stop;
    private LongConsumer watch = bytes -> {};

    /**
     * What came of it.
     *
     * @param complete false when it was stopped: the rest is for another time
     * @param records recovered
     * @param raw whether they were kept as payloads, since nobody here can make rows of them
     * @param segments names of the segments written
     */
    record Outcome(boolean complete, long records, boolean raw, List<String> segments) {}

    Recovery(SinkConfig config, RowForm form, Listeners listeners, Complaints complaints, BooleanSupplier stop) {
        this.config = config;
        this.form = form;
        this.listeners = listeners;
        this.complaints = complaints;
        this.stop = stop;
    }

    /** What was on the device stays there, and what this sink is asked to bring there comes there. */
    boolean isForced(DeadWriter dead) {
        return config.durability() == Durability.POWER || dead.isToBeForced();
    }

    /** Told how many bytes of the journal were read since it was last told. */
    void watch(LongConsumer consumer) {
        watch = consumer;
    }

    /** All that is left of a dead writer. Afterwards it is gone, or, where it was stopped, as far as it came. */
    Outcome recover(DeadWriter dead) throws IOException {
        boolean force = isForced(dead);
        dead.salvage(force);
        if (!dead.isKnown()) {
            dead.delete();
            return new Outcome(true, 0, false, List.of());
        }
        dead.deleteRejectsOfUnsealed();
        JournalHeader header = dead.header();
        RowForm rows = formOf(header);
        boolean raw = rows.schema() == null && !isRaw(header);
        SinkConfig own = configFor(header, raw, force);
        MemoryPlan plan = MemoryPlan.of(own, Math.min(MOST_MEMORY, own.number(ConfigKey.MEMORY_LIMIT)));
        FileThread files = new FileThread(own.name() + "-recovery");
        try (PageCompressor compressor = Compressors.of(own, complaints)) {
            return replay(dead, new RowForms(own, rows, plan, compressor), own, files, raw);
        }
    }

    private Outcome replay(DeadWriter dead, RowForms forms, SinkConfig own, FileThread files, boolean raw)
            throws IOException {
        SealedState before = dead.sealed();
        Origin origin = Origin.resumed(0, dead.writer(), dead.streams(), before);
        Progress progress = new Progress();
        SegmentWriter segments = new SegmentWriter(
                new SegmentSetting(
                        own,
                        dead.lock(),
                        forms.rows(),
                        forms.rejects(),
                        new CaptureClock(),
                        progress,
                        listeners,
                        complaints,
                        raw ? SegmentSetting.Kind.RAW_RECOVERY : SegmentSetting.Kind.RECOVERY),
                origin,
                dead.sealLog(own.durability() == Durability.POWER),
                files,
                () -> {});
        segments.resume(before);
        Replay replay = new Replay(dead.streams(), before.end(), segments);
        boolean complete;
        try {
            complete = walk(dead, replay) && !replay.isStopped() && finish(segments, replay);
        } finally {
            segments.close();
        }
        if (complete) {
            CrashPoint.reached("recovery.after-seal");
            dead.delete();
        }
        return new Outcome(complete, replay.records(), raw, segments.sealedNames());
    }

    private static boolean walk(DeadWriter dead, Replay replay) throws IOException {
        try {
            dead.records().walk(replay);
            return true;
        } catch (Stopped e) {
            return false;
        }
    }

    /** Ends a walk early. */
    private static final class Stopped extends IOException {
        private static final long serialVersionUID = 1;
    }

    private boolean finish(SegmentWriter segments, Replay replay) {
        CrashPoint.reached("recovery.before-seal");
        segments.sealSoon(true);
        return replay.settle(true);
    }

    /** Hands records over, one after the other, from where the segments end. */
    private final class Replay implements DeadJournal.Visitor {
        private final DeadStreams streams;
        private final SegmentWriter segments;
        private long next;
        private long records;
        private boolean stopped;

        Replay(DeadStreams streams, long from, SegmentWriter segments) {
            this.streams = streams;
            this.next = from;
            this.segments = segments;
        }

        @Override
        public void records(RecordBatch batch) throws IOException {
            stopped |= stop.getAsBoolean();
            if (stopped) {
                throw new Stopped();
            }
            while (!stopped && batch.next()) {
                if (batch.isName()) {
                    streams.name(batch);
                } else if (batch.position() >= next) {
                    add(batch);
                }
            }
            watch.accept(batch.frameBytes());
        }

        private void add(RecordBatch batch) {
            while (!segments.takes(batch)) {
                if (!settle(false)) {
                    return;
                }
            }
            segments.add(batch);
            segments.settle(System.nanoTime(), segments.records());
            next = batch.position() + 1;
            records++;
        }

        /** What is due, however long it takes; false when it was stopped. */
        boolean settle(boolean last) {
            while (!segments.settle(System.nanoTime(), segments.records()) || (last && !segments.isEmpty())) {
                if (stop.getAsBoolean()) {
                    stopped = true;
                    return false;
                }
                LockSupport.parkNanos(RETRY_NS);
            }
            return true;
        }

        boolean isStopped() {
            return stopped;
        }

        long records() {
            return records;
        }
    }

    /** Whether its rows may stand among the sink's own. */
    boolean isOfThisSink(JournalHeader header) throws IOException {
        if (!header.get(JournalNotes.SINK).equals(config.name())) {
            return false;
        }
        return switch (header.get(JournalNotes.FORM)) {
            case JournalNotes.RAW, JournalNotes.ROWS, JournalNotes.PACKED -> form.equals(JournalNotes.formOf(header));
            case JournalNotes.DECODER -> canDecode(header);
            default -> false;
        };
    }

    /** Where only the slab is left, the sink of this name should know. */
    private boolean isRaw(JournalHeader header) {
        String wasForm = header.get(JournalNotes.FORM);
        return wasForm.equals(JournalNotes.RAW)
                || (wasForm.isEmpty()
                        && form.schema() == null
                        && header.get(JournalNotes.SINK).equals(config.name()));
    }

    /** What its payloads are; raw where nobody here can make rows of them. */
    private RowForm formOf(JournalHeader header) throws IOException {
        switch (header.get(JournalNotes.FORM)) {
            case JournalNotes.ROWS, JournalNotes.PACKED -> {
                return JournalNotes.formOf(header);
            }
            case JournalNotes.DECODER -> {
                if (!canDecode(header)) {
                    complaints.say(
                            Diagnostics.Level.WARN,
                            "payloads of sink " + header.get(JournalNotes.SINK) + " were for decoder "
                                    + header.get(JournalNotes.DECODER_NAME)
                                    + ", which is not the one here: they are kept as they are, in "
                                    + FlowDirectory.RECOVERED,
                            null);
                    return RowForm.RAW;
                }
                return form;
            }
            default -> {
                if (!isRaw(header)) {
                    complaints.say(
                            Diagnostics.Level.WARN,
                            "what the payloads of sink " + header.get(JournalNotes.SINK)
                                    + " were is not known, its journal is gone: they are kept as they are, in "
                                    + FlowDirectory.RECOVERED,
                            null);
                }
                return RowForm.RAW;
            }
        }
    }

    private boolean canDecode(JournalHeader header) throws IOException {
        if (form.decoder() == null
                || !JournalNotes.nameOf(form.decoder()).equals(header.get(JournalNotes.DECODER_NAME))) {
            return false;
        }
        MessageType schema = SchemaText.parse(header.get(JournalNotes.SCHEMA));
        return form.schema().equals(schema);
    }

    /** The sink's own, under the dead one's name and partition; nothing is deleted to make room for what was lost. */
    private SinkConfig configFor(JournalHeader header, boolean raw, boolean force) {
        String partition = header.get(JournalNotes.PARTITION); // empty when its journal never had a header
        return config.with(Map.of(
                ConfigKey.NAME,
                header.get(JournalNotes.SINK),
                ConfigKey.DURABILITY,
                force ? Durability.POWER.name() : config.durability().name(),
                ConfigKey.PARTITION,
                raw || partition.isEmpty() ? Partition.NONE.name() : partition,
                ConfigKey.RETAIN_BYTES,
                "0",
                ConfigKey.RETAIN_AGE,
                "0",
                ConfigKey.RETAIN_FILES,
                "0"));
    }
}
