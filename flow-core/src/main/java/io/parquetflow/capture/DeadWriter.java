package io.parquetflow.capture;

import io.parquetflow.file.CrashPoint;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.SegmentName;
import io.parquetflow.file.WriterLock;
import io.parquetflow.journal.DeadJournal;
import io.parquetflow.journal.Journal;
import io.parquetflow.journal.JournalHeader;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.journal.SealedState;
import io.parquetflow.ring.DeadSlab;
import io.parquetflow.ring.SlabScan;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.DropCause;
import io.parquetflow.spi.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a writer left behind that died: its lock, which is ours now, its journal, and its slab. First of all the slab's
 * records are appended to the journal, so that there is one source of records, on the disk, and the memory can go; from
 * then on everything is a matter of the journal. Each step can be killed, and done again.
 *
 * <p>Not thread-safe.
 */
final class DeadWriter implements AutoCloseable {
    static final String CORRUPT = ".corrupt";
    static final String UNKNOWN = ".unknown";

    private static final int BATCH_BYTES = 128 << 10;
    private static final int BATCH_RECORDS = 1_024;
    static final String NOBODY = "?";

    private final FlowDirectory directory;
    private final String writer;
    /** Null for those who only look. */
    private final WriterLock lock;

    private final String note;
    private final int fileMode;
    private final DeadStreams streams = new DeadStreams();
    private final List<String> remarks = new ArrayList<>();
    private DeadJournal dead;
    private DeadJournal.Extent extent;
    /** Where frames are appended; null until there is one to append. */
    private Journal journal;

    private LeftSlab left;

    private int setAside;
    private boolean salvaged;
    /** Number of its last segment that it sealed itself. */
    private int lastSealed;

    private DeadWriter(FlowDirectory directory, String writer, WriterLock lock, String note, int fileMode) {
        this.directory = directory;
        this.writer = writer;
        this.lock = lock;
        this.note = note;
        this.fileMode = fileMode;
    }

    /**
     * What there is, and nothing of it is changed: for those who only look, at a living writer's as well.
     *
     * @param note where the slab is; empty leaves it alone
     */
    static DeadWriter look(FlowDirectory directory, String writer, String note) throws IOException {
        return opened(new DeadWriter(directory, writer, null, note, 0));
    }

    /** Empty when it lives, or somebody else was quicker. */
    static Optional<DeadWriter> adopt(FlowDirectory directory, String writer, int fileMode) throws IOException {
        Optional<WriterLock> lock = WriterLock.adopt(directory.internal(), writer);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        CrashPoint.reached("recovery.begin");
        WriterLock ours = lock.get();
        return Optional.of(opened(new DeadWriter(directory, writer, ours, ours.note(), fileMode)));
    }

    private static DeadWriter opened(DeadWriter writer) throws IOException {
        try {
            writer.read();
            return writer;
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /**
     * A segment that was about to be sealed and is not will not be taken for sealed any more, whatever becomes of its file;
     * where the file is this writer's, by none of its guests either.
     */
    void reopen() throws IOException {
        SealedState unsealed = extent.unsealed();
        if (unsealed == null) {
            return;
        }
        boolean isHost = SegmentName.parse(unsealed.open())
                .filter(name -> name.writer().equals(writer))
                .isPresent();
        if (isHost && !DeadWriters.reopenGuests(directory, writer, unsealed.open(), fileMode)) {
            throw new IOException(
                    "[" + directory.internal().resolve(unsealed.open()) + "] writer " + writer
                            + " waits for another one whose records are in its open segment, and which is in use: try again then");
        }
        deleteRejectsOfUnsealed();
        journal().reopened(unsealed.open());
        if (isToBeForced()) {
            journal().forceAll();
        }
        extent = new DeadJournal.Extent(extent.sealed(), null, extent.end(), extent.drops());
    }

    /** Whether its records were on the device, and have to stay there, whoever recovers them. */
    boolean isToBeForced() {
        return !header().get(ConfigKey.DURABILITY.key()).equals(Durability.PROCESS.name());
    }

    /** Opens what there is; nothing is changed by it. */
    private void read() throws IOException {
        dead = DeadJournal.open(directory.internal(), writer);
        extent = dead.extent(state -> directory.isSealed(state.open(), state.segment()));
        streams.drops(extent.drops());
        left = LeftSlab.open(directory, writer, note, dead.header() != null, remarks);
        if (left.slab() != null) {
            readStreams(left.slab());
        }
    }

    private void readStreams(DeadSlab slab) {
        List<List<Long>> drops = new ArrayList<>();
        for (int i = 0; i < slab.streams(); i++) {
            String name = slab.streamName(i);
            if (name != null) {
                streams.name(i, name.getBytes(StandardCharsets.UTF_8));
            }
            List<Long> causes = new ArrayList<>();
            for (DropCause cause : DropCause.values()) {
                causes.add(slab.drops(i).dropped(cause.slot()));
            }
            drops.add(causes);
        }
        if (!drops.isEmpty()) {
            streams.drops(drops);
        }
    }

    /** The journal's, or where there is none, what the slab knows. */
    JournalHeader header() {
        if (dead.header() != null) {
            return dead.header();
        }
        String sink = hasSlab() ? left.slab().sink() : NOBODY;
        return JournalHeader.of(writer, Map.of(JournalNotes.SINK, sink)); // what payloads are, nobody knows
    }

    /** Whether anybody can make anything of it. */
    boolean isKnown() {
        return dead.header() != null || hasSlab();
    }

    private boolean hasSlab() {
        return left != null && left.slab() != null;
    }

    /** From the slab to the journal; afterwards the slab is gone. */
    void salvage(boolean force) throws IOException {
        if (salvaged) {
            return;
        }
        if (left.isAnothers()) { // where the journal went, nobody could tell where the slab begins to count
            throw new AccessDeniedException(note, null, "the slab is another user's: recover as that user");
        }
        salvaged = true;
        reopen();
        if (hasSlab()) {
            appendSlab(left.slab());
            if (force && journal != null) {
                journal.forceAll();
            }
        }
        CrashPoint.reached("recovery.after-salvage");
        if (left.delete()) {
            lock.note("");
        }
        CrashPoint.reached("recovery.after-slab-deleted");
        dead.close();
        dead = DeadJournal.open(directory.internal(), writer);
        extent = dead.extent(state -> directory.isSealed(state.open(), state.segment()));
        lastSealed = extent.sealed().number();
        if (!extent.drops().isEmpty()) {
            streams.drops(extent.drops());
        }
        if (left.isGone()) {
            setAsideShort();
        }
    }

    /** The machine may have lost power: what was not forced may have a name and nothing in it. */
    private void setAsideShort() throws IOException {
        for (Path path : directory.setAsideShort(header().get(JournalNotes.SINK), writer())) {
            setAside++;
            remarks.add("a sealed segment is not whole, as after a power cut, and was set aside: " + path);
        }
    }

    private void appendSlab(DeadSlab slab) throws IOException {
        journal().drops(dropRows());
        long from = Math.max(extent.end(), slab.released());
        SlabScan scan = slab.scan(from);
        RecordBatch batch = new RecordBatch(BATCH_BYTES);
        boolean more = scan.next();
        while (more) {
            batch.clear(from);
            while (more && batch.count() < BATCH_RECORDS && (batch.count() == 0 || batch.hasRoom(scan.length()))) {
                add(batch, scan);
                more = scan.next();
            }
            journal().append(batch);
            from = batch.endPosition();
        }
        if (scan.damaged() > 0) {
            remarks.add("blocks of the slab that hold no record though they are marked: " + scan.damaged());
        }
    }

    private static void add(RecordBatch batch, SlabScan scan) {
        batch.add(
                scan.position(),
                scan.hasSource() ? RecordBatch.FLAG_SOURCE : 0,
                scan.stream(),
                scan.tsNs(),
                scan.dropsBefore(),
                scan.hasSource() ? scan.sourceNs() : 0,
                scan.slab(),
                scan.payloadAt(),
                scan.length());
        batch.end(scan.end());
    }

    private long[][] dropRows() {
        long[][] rows = new long[streams.count()][DropCause.values().length];
        for (int i = 0; i < rows.length; i++) {
            for (DropCause cause : DropCause.values()) {
                rows[i][cause.slot()] = streams.dropped(i, cause);
            }
        }
        return rows;
    }

    /** For frames of ours: in a file behind those that are there. */
    private Journal journal() throws IOException {
        if (journal == null) {
            journal = new Journal(
                    directory.internal(),
                    header(),
                    CrashSafety.maker(fileMode),
                    to -> streams.names().forEach(to::name),
                    extent.sealed(),
                    dead.lastNumber());
            journal.open();
        }
        return journal;
    }

    /** Announces seals in the dead writer's journal, as the writer itself would. */
    SealLog sealLog(boolean force) {
        return new SealLog() {
            @Override
            public void sealing(SealedState next) throws IOException {
                if (force) { // as the writer itself: first the open segment's name
                    journal().namesChanged();
                    journal().forceAll();
                }
                journal().sealing(next);
                if (force) {
                    journal().forceAll();
                }
            }

            @Override
            public void reopened(String open) throws IOException {
                journal().reopened(open);
                if (force) {
                    journal().forceAll();
                }
            }

            @Override
            public void sealed(SealedState now) {
                extent = new DeadJournal.Extent(now, null, Math.max(extent.end(), now.end()), extent.drops());
            }
        };
    }

    SealedState sealed() {
        return extent.sealed();
    }

    DeadJournal.Extent extent() {
        return extent;
    }

    DeadJournal records() {
        return dead;
    }

    /** What is in the slab and not in the journal; for those who only look. */
    long recordsInSlab() {
        if (!hasSlab()) {
            return 0;
        }
        SlabScan scan = left.slab().scan(extent.end());
        long count = 0;
        while (scan.next()) {
            count++;
        }
        return count;
    }

    DeadStreams streams() {
        return streams;
    }

    WriterLock lock() {
        return lock;
    }

    String writer() {
        return writer;
    }

    /** What is to be said of it, in words. */
    List<String> takeRemarks() {
        List<String> taken = List.copyOf(remarks);
        remarks.clear();
        return taken;
    }

    /** Files set aside since the last call. */
    int takeSetAside() {
        int taken = setAside;
        setAside = 0;
        return taken;
    }

    /** Rejects of a segment that was never sealed are made again. */
    void deleteRejectsOfUnsealed() throws IOException {
        if (extent.unsealed() != null
                && SegmentName.parse(extent.unsealed().open()).isPresent()) {
            Files.deleteIfExists(directory.rejects(extent.unsealed().open()));
        }
    }

    /** Everything is sealed: nothing is left of the writer but what nobody understands. */
    void delete() throws IOException {
        boolean complete =
                isKnown() && dead.notUnderstood().isEmpty() && dead.damaged().isEmpty() && dead.missingBlocks() == 0;
        if (dead.missingBlocks() > 0) {
            remarks.add("records are missing in the journal, blocks of the ring=" + dead.missingBlocks());
        }
        if (left.strange() != null) {
            setAside(left.strange(), UNKNOWN);
        }
        for (Path open : directory.open(writer())) {
            if (complete) {
                Files.deleteIfExists(open);
            } else {
                setAside(open, ".unsealed");
            }
        }
        if (complete) { // what such a file holds was made again from the journal
            for (Path replaced : directory.replaced(writer(), lastSealed)) {
                Files.deleteIfExists(replaced);
            }
        }
        CrashPoint.reached("recovery.between-deletes");
        for (DeadJournal.NotUnderstood file : dead.notUnderstood()) {
            remarks.add("a journal file is not understood and stays: " + file.why());
            setAside(file.path(), UNKNOWN);
        }
        for (Path path : dead.empty()) {
            Files.deleteIfExists(path);
        }
        for (Path path : dead.paths()) {
            if (dead.damaged().contains(path)) {
                remarks.add("a journal file was damaged, bytes=" + dead.damagedBytes() + ", and stays: " + path);
                setAside(path, CORRUPT);
            } else {
                Files.deleteIfExists(path);
            }
        }
        if (journal != null) {
            journal.close();
            for (Path path : journal.paths()) {
                Files.deleteIfExists(path);
            }
        }
        CrashPoint.reached("recovery.end");
        dead.close();
        lock.close();
    }

    private void setAside(Path path, String ending) throws IOException {
        FlowDirectory.setAside(path, ending);
        setAside++;
    }

    /** Leaves the rest for another time. */
    @Override
    public void close() {
        if (dead != null) {
            dead.close();
        }
        if (left != null) {
            left.close();
        }
        if (journal != null) {
            journal.close();
        }
        if (lock != null) {
            lock.leave();
        }
    }
}
