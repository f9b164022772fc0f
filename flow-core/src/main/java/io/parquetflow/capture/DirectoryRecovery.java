package io.parquetflow.capture;

import io.parquetflow.column.QuietSlf4j;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.WriterLock;
import io.parquetflow.file.WriterLock.Life;
import io.parquetflow.journal.DeadJournal;
import io.parquetflow.journal.JournalHeader;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * Recovery without a sink: looks at the writers that left a journal or a slab in a directory, of whatever sink, and
 * recovers the dead ones. What a decoder would have to make rows of is left to the sink that has it, unless the payloads
 * are wanted as they are.
 *
 * <p>Not thread-safe: one thread at a time. Several processes may do it at once: each writer is recovered by one of them.
 */
public final class DirectoryRecovery {
    /** What is never deleted, because nobody understood it, or nobody could. */
    private static final Pattern ASIDE = Pattern.compile(
            ".+\\.(parquet|inprogress|journal|rejects)\\.(corrupt|unknown|unsealed|damaged|short)(\\.\\d+)?");

    private static final int MODE_RADIX = 8;

    private final FlowDirectory directory;

    /**
     * Names a directory.
     *
     * @param directory a sink's; several sinks may share it
     */
    public DirectoryRecovery(Path directory) {
        this.directory = new FlowDirectory(directory);
    }

    /**
     * A writer that has a journal or a slab.
     *
     * @param writer its name
     * @param sink the sink's name; {@code ?} when nobody can tell
     * @param life whether it lives
     * @param decoder the name of the decoder its payloads are for; empty where they need none
     * @param journalFiles files of the journal, readable or not
     * @param journalBytes bytes of those that can be read
     * @param sealedRows rows that are in sealed segments
     * @param journaled records that are in the journal and in no sealed segment
     * @param inSlab records that are in the slab only; 0 for a living writer, whose slab is not looked at
     * @param notUnderstood journal files that nobody can make anything of, or only of parts
     * @param remarks what else there is to say, in words
     */
    public record WriterReport(
            String writer,
            String sink,
            Life life,
            String decoder,
            int journalFiles,
            long journalBytes,
            long sealedRows,
            long journaled,
            long inSlab,
            int notUnderstood,
            List<String> remarks) {
        /**
         * Takes a copy.
         *
         * @param writer its name
         * @param sink the sink's name
         * @param life whether it lives
         * @param decoder the name of the decoder
         * @param journalFiles files of the journal
         * @param journalBytes bytes of those that can be read
         * @param sealedRows rows that are in sealed segments
         * @param journaled records in the journal only
         * @param inSlab records in the slab only
         * @param notUnderstood journal files
         * @param remarks in words
         */
        public WriterReport {
            remarks = List.copyOf(remarks);
        }

        /**
         * What recovery would make rows of.
         *
         * @return records
         */
        public long records() {
            return journaled + inSlab;
        }
    }

    /** What became of a writer. */
    public enum Result {
        /** Everything that could be read is in sealed segments, and nothing is left of the writer. */
        RECOVERED,
        /** It lives: there is nothing to recover. */
        ALIVE,
        /** Another process is at it, or it is another user's. */
        NOT_OURS,
        /** Its payloads are for a decoder, and are not wanted as they are. */
        NEEDS_DECODER,
        /** It was told to stop. What is left is for another time. */
        STOPPED
    }

    /**
     * What became of a writer.
     *
     * @param result in a word
     * @param records recovered
     * @param raw whether they were kept as payloads, in {@code _recovered}, though they were for a decoder
     * @param segments file names
     * @param setAside files that could not be understood
     * @param remarks what else there is to say, in words
     */
    public record Outcome(
            Result result, long records, boolean raw, List<String> segments, int setAside, List<String> remarks) {
        /**
         * Takes copies.
         *
         * @param result in a word
         * @param records recovered
         * @param raw whether they were kept as payloads
         * @param segments file names
         * @param setAside files that could not be understood
         * @param remarks in words
         */
        public Outcome {
            segments = List.copyOf(segments);
            remarks = List.copyOf(remarks);
        }

        private static Outcome nothing(Result result) {
            return new Outcome(result, 0, false, List.of(), 0, List.of());
        }
    }

    /**
     * Looks, and changes nothing: the right to read is enough.
     *
     * @return writers that have something, in the order of their names
     * @throws IOException when a file cannot be read
     */
    public List<WriterReport> inspect() throws IOException {
        List<WriterReport> reports = new ArrayList<>();
        if (Files.isDirectory(directory.internal())) {
            for (String writer : DeadWriters.candidates(directory)) {
                reports.add(inspectIfPossible(writer));
            }
        }
        return reports;
    }

    /** One that cannot be read does not keep the others out. */
    private WriterReport inspectIfPossible(String writer) {
        try {
            return inspect(writer);
        } catch (IOException | UncheckedIOException e) {
            return new WriterReport(
                    writer, DeadWriter.NOBODY, Life.UNKNOWN, "", 0, 0, 0, 0, 0, 1, List.of("cannot be read now: " + e));
        }
    }

    private WriterReport inspect(String writer) throws IOException {
        WriterLock.Sight sight = WriterLock.look(directory.internal(), writer);
        try (DeadWriter seen = DeadWriter.look(directory, writer, sight.note())) {
            JournalHeader header = seen.header();
            DeadJournal journal = seen.records();
            List<String> remarks = new ArrayList<>(seen.takeRemarks());
            journal.notUnderstood().forEach(file -> remarks.add("not understood: " + file.why()));
            Unsealed unsealed = new Unsealed(seen.sealed().end());
            journal.walk(unsealed);
            journal.damaged().forEach(path -> remarks.add("damaged: " + path));
            return new WriterReport(
                    writer,
                    header.get(JournalNotes.SINK),
                    sight.life(),
                    header.get(JournalNotes.DECODER_NAME),
                    journal.paths().size()
                            + journal.empty().size()
                            + journal.notUnderstood().size(),
                    journal.bytes(),
                    seen.sealed().nextSeq(),
                    unsealed.count,
                    seen.recordsInSlab(),
                    journal.notUnderstood().size() + journal.damaged().size(),
                    remarks);
        }
    }

    /** Counts each record behind a position once. */
    private static final class Unsealed implements DeadJournal.Visitor {
        private long next;
        private long count;

        Unsealed(long from) {
            this.next = from;
        }

        @Override
        public void records(RecordBatch batch) {
            while (batch.next()) {
                if (!batch.isName() && batch.position() >= next) {
                    next = batch.position() + 1;
                    count++;
                }
            }
        }
    }

    /**
     * What recoveries and starts have set aside by now: it is never deleted by us.
     *
     * @return files in {@code _flow}, and segments beside it that a power cut left short
     * @throws IOException when the directory cannot be read
     */
    public List<Path> setAside() throws IOException {
        List<Path> aside = new ArrayList<>();
        if (Files.isDirectory(directory.internal())) {
            addAsides(directory.root(), aside);
            addAsides(directory.internal(), aside);
        }
        return aside;
    }

    private static void addAsides(Path in, List<Path> aside) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(in, "*.*")) {
            for (Path file : files) {
                if (ASIDE.matcher(String.valueOf(file.getFileName())).matches()) {
                    found.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(null);
        aside.addAll(found);
    }

    /**
     * Recovers a writer, if it is dead. Everything is forced to the device before anything is deleted.
     *
     * @param writer its name
     * @param raw whether payloads for a decoder are to be kept as they are
     * @param diagnostics told of faults
     * @param watch told how many bytes of the journal were read since it was last told
     * @param stop asked while the disk refuses; true gives up for now
     * @return what became of it
     * @throws IOException when something cannot be read or written: then nothing is deleted that is not recovered
     */
    public Outcome recover(
            String writer, boolean raw, Diagnostics diagnostics, LongConsumer watch, BooleanSupplier stop)
            throws IOException {
        WriterLock.Sight sight = WriterLock.look(directory.internal(), writer);
        if (sight.life() != Life.DEAD) {
            return Outcome.nothing(sight.life() == Life.ALIVE ? Result.ALIVE : Result.NOT_OURS);
        }
        int fileMode;
        try (DeadWriter seen = DeadWriter.look(directory, writer, sight.note())) {
            if (!raw && seen.header().get(JournalNotes.FORM).equals(JournalNotes.DECODER)) {
                return Outcome.nothing(Result.NEEDS_DECODER);
            }
            fileMode = fileMode(seen.header());
        }
        Optional<DeadWriter> adopted = DeadWriter.adopt(directory, writer, fileMode);
        if (adopted.isEmpty()) {
            return Outcome.nothing(Result.NOT_OURS);
        }
        DeadWriter dead = adopted.get();
        Recovery recovery = recovery(dead, fileMode, diagnostics, stop);
        recovery.watch(watch);
        Recovery.Outcome outcome;
        try {
            outcome = recovery.recover(dead);
        } catch (IOException | RuntimeException | Error e) {
            dead.close();
            throw e;
        }
        if (!outcome.complete()) {
            dead.close();
        }
        return new Outcome(
                outcome.complete() ? Result.RECOVERED : Result.STOPPED,
                outcome.records(),
                outcome.raw(),
                outcome.segments(),
                dead.takeSetAside(),
                dead.takeRemarks());
    }

    private Recovery recovery(DeadWriter dead, int fileMode, Diagnostics diagnostics, BooleanSupplier stop) {
        QuietSlf4j.prepare();
        SinkConfig config = config().with(Map.of(
                ConfigKey.FILE_MODE,
                Integer.toString(fileMode, MODE_RADIX),
                ConfigKey.DURABILITY,
                Durability.POWER.name()));
        Complaints complaints = new Complaints(diagnostics, dead.header().get(JournalNotes.SINK));
        return new Recovery(config, RowForm.RAW, new Listeners(List.of(), new Progress()), complaints, stop);
    }

    private SinkConfig config() {
        return SinkConfig.builder()
                .set(ConfigKey.DIRECTORY, directory.root().toString())
                .build();
    }

    /** That of the writer's other files, where it can be known. */
    private int fileMode(JournalHeader header) {
        String mode = header.get(ConfigKey.FILE_MODE.key());
        return mode.isEmpty() ? (int) config().number(ConfigKey.FILE_MODE) : Integer.parseInt(mode, MODE_RADIX);
    }
}
