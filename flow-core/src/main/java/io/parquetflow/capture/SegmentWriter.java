package io.parquetflow.capture;

import io.parquetflow.file.CrashPoint;
import io.parquetflow.file.Rotation;
import io.parquetflow.file.SegmentFile;
import io.parquetflow.file.SegmentName;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.journal.SealedState;
import io.parquetflow.ring.CaptureClock;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From rows to sealed segments. What is due (a row group to write, a segment to seal) stays due until it is done: an
 * error makes the sink {@code DEGRADED}, and {@link #settle} tries again with back-off, in the same file or, when that
 * one seems to be the trouble, in a fresh one. Nothing that was accepted is given up while the process lives.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class SegmentWriter implements AutoCloseable {
    /** A file that keeps refusing on a disk that is not full is replaced. */
    private static final int FAILURES_BEFORE_RENEWAL = 3;

    /** A footer is smaller than a row group: one given up is enough, if the disk is what hinders. */
    private static final int ATTEMPTS_TO_FIT = 3;

    /** What close waits for deletions; the next start goes on with them. */
    private static final long LAST_DELETIONS_NS = 500_000_000L;

    private final SinkConfig config;
    private final SegmentStore store;
    private final Rows rows;
    private final Rotation rotation;
    private final Housekeeper housekeeper;
    private final PartitionPath partition;
    private final CaptureClock clock;
    private final Footer footer;
    /** This writer. */
    private final Origin self;

    private final SealLog log;
    private final FileThread files;
    /** Gives the ring room while a disk takes its time. */
    private final Runnable relief;

    private final SegmentSetting.Kind kind;
    private final List<String> sealedNames = new ArrayList<>();
    private final Progress progress;
    private final Listeners listeners;
    private final Complaints complaints;
    private final Attempts attempts;

    private OpenSegment segment;
    private int segments;
    private String previous = "";
    /** Null without a decoder: then nothing is ever rejected. */
    private final Rejects rejects;

    private long tailTold;
    private final Guests guests;
    /** Drops that the rows of the row group at hand tell of; given up with them, a footer has to tell. */
    private long lostInGroup;
    /** Records that the rows of the row group at hand were made of. */
    private long recordsInGroup;

    private boolean flushDue;
    private boolean sealDue;
    private boolean clean;
    /** Whether a Throwable now leaves columns of different lengths behind. */
    private boolean encoding;

    SegmentWriter(SegmentSetting setting, Origin self, SealLog log, FileThread files, Runnable relief) {
        this.config = setting.config();
        this.rows = setting.rows();
        this.rejects = setting.rejects();
        this.store = new SegmentStore(config, setting.lock(), rows.schema(), relief);
        this.self = self;
        this.log = log;
        this.files = files;
        this.relief = relief;
        this.kind = setting.kind();
        this.rotation = setting.rotation();
        this.housekeeper = new Housekeeper(setting.retention(store), files);
        this.partition = new PartitionPath(config.partition());
        this.clock = setting.clock();
        this.footer =
                new Footer(config.name(), self.writer(), kind == SegmentSetting.Kind.LIVE ? setting.listeners() : null);
        this.progress = setting.progress();
        this.listeners = setting.listeners();
        this.complaints = setting.complaints();
        this.attempts = new Attempts(progress, listeners, complaints);
        this.guests = new Guests(complaints);
    }

    /** Goes on where a dead writer's segments ended. */
    void resume(SealedState state) {
        segments = state.number();
        previous = fileName(state.segment());
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether {@link #add} may be called with this record; if not, {@link #settle} has to succeed first. */
    boolean takes(RecordBatch record) {
        if (!flushDue && !sealDue && segment != null && partition.leaves(record.tsNs())) {
            sealDue = true;
        }
        return !flushDue && !sealDue;
    }

    void add(RecordBatch record) {
        add(record, self);
    }

    /** As {@link #add(RecordBatch)}, for a record of a dead writer. */
    void add(RecordBatch record, Guest guest) {
        guests.add(guest);
        add(record, guest.origin());
    }

    boolean hosts(Guest guest) {
        return guests.contains(guest);
    }

    /** All records of a dead writer are rows; each of them keeps files open until the segment is sealed. */
    void complete(Guest guest) {
        guest.done();
        sealDue |= guests.areMany();
    }

    private void add(RecordBatch record, Origin origin) {
        if (segment == null) {
            begin(record.tsNs());
        }
        origin.passed(record.entryEnd());
        int count = rows.stage(record, origin);
        if (count == Rows.REJECTED) {
            rejects.add(record, origin, rows.reason());
            progress.rejectedOne();
            sealDue |= rejects.isFull();
        } else if (count > 0) {
            long lost = origin.losses().tell(record.stream(), record.dropsBefore());
            lostInGroup += lost;
            rows.add(record, origin, lost);
            recordsInGroup++;
        }
        if (origin == self) {
            if (count > 0) {
                segment.rows(origin.seq(), count, record.position());
            } else {
                segment.passed(record.position());
            }
        }
        origin.rowsAdded(Math.max(0, count));
        if (rows.isFull()) {
            flushDue = true;
        }
        if (rotation.rowsLeft(rowsInSegment()) <= 0) {
            sealDue = true;
        }
    }

    private long rowsInSegment() {
        SegmentFile file = segment.file();
        return rows.group().rows() + (file == null ? 0 : file.rows());
    }

    private void begin(long tsNs) {
        long epochNs = clock.nowNs();
        Path below = partition.enter(tsNs);
        SegmentName name = new SegmentName(
                config.name(),
                "",
                Instant.ofEpochMilli(Math.floorDiv(epochNs, 1_000_000L)),
                self.writer(),
                ++segments,
                kind != SegmentSetting.Kind.LIVE);
        segment = new OpenSegment(name, finalPath(name, below));
        rotation.opened(System.nanoTime(), epochNs);
        // A directory that refuses should be known of now, not when the first row group is full.
        if (attempts.failures() == 0) {
            try {
                store.open(segment);
            } catch (IOException e) {
                attempts.failed(e);
            }
        }
    }

    private Path finalPath(SegmentName name, Path below) {
        return kind == SegmentSetting.Kind.RAW_RECOVERY
                ? store.directory().recovered(name)
                : config.directory().resolve(below).resolve(name.fileName());
    }

    /** What the clock makes due. */
    void tick(long nanoTime) {
        if (segment != null && rotation.dueByTime(nanoTime, clock.nowNs())) {
            sealDue = true;
        }
    }

    /** What is open; and if it is the last one, what else has to be told. */
    void sealSoon(boolean last) {
        clean = last && kind == SegmentSetting.Kind.LIVE;
        if (segment != null) {
            sealDue = true;
        } else if (last && self.losses().snapshot().tail() > tailTold) {
            // Drops that no row and no footer has told of: a segment without rows is the only place left.
            begin(clock.nowNs());
            sealDue = true;
        }
    }

    boolean isSettled() {
        return !flushDue && !sealDue;
    }

    boolean isEmpty() {
        return segment == null;
    }

    /** Does what is due, if it is time to try. */
    boolean settle(long nanoTime, long accepted) {
        if (isSettled() && attempts.failures() == 0) {
            return true;
        }
        if (!attempts.mayTry(nanoTime)) {
            return false;
        }
        try {
            renewIfNeeded();
            write(accepted);
        } catch (IOException e) {
            attempts.failed(e);
            return false;
        }
        attempts.succeeded();
        return true;
    }

    private void write(long accepted) throws IOException {
        if (segment == null) {
            flushDue = false;
            sealDue = false;
            return;
        }
        store.open(segment);
        if ((flushDue || sealDue) && rows.group().rows() > 0) {
            encoding = true;
            try {
                store.append(segment, rows.group());
            } catch (IOException e) {
                encoding = false; // the disk's fault: the rows are as they were
                throw e;
            }
            encoding = false;
            segment.rowGroupWritten(lostInGroup, recordsInGroup);
            resetGroup();
            if (rotation.dueByBytes(segment.file().goodBytes())) {
                sealDue = true;
            }
        }
        flushDue = false;
        if (sealDue) {
            seal(accepted);
        }
    }

    private void resetGroup() {
        rows.group().reset();
        lostInGroup = 0;
        recordsInGroup = 0;
    }

    private void seal(long accepted) throws IOException {
        Losses.Snapshot drops = self.losses().snapshot();
        var keys = footer.keys(segment, accepted, drops, clock.summary(), previous, clean);
        guests.tell(keys);
        String path = store.relative(segment);
        String open = segment.name().fileName();
        SealedState next = self.state(path, open, segments);
        CrashPoint.reached("seal.before-sealing-frame");
        log.sealing(next); // before those of guests: a recovery looks for guests where it finds it
        guests.sealing(path, open);
        CrashPoint.reached("seal.after-sealing-frame");
        files.await(
                () -> {
                    sealFiles(keys);
                    return null;
                },
                relief);
        // Sealed, whatever goes wrong from here on: it is not tried again.
        OpenSegment done = segment;
        segment = null;
        sealDue = false;
        log.sealed(next);
        progress.recovered(0, guests.sealed(path, open));
        if (rejects != null) {
            rejects.drop();
        }
        previous = done.name().fileName();
        if (kind != SegmentSetting.Kind.LIVE) {
            sealedNames.add(previous);
        }
        tailTold = drops.tail();
        partition.leave();
        progress.sealed(done.file().rows(), done.file().position());
        if (!listeners.isEmpty()) {
            listeners.sealed(SealedReport.of(done));
        }
        housekeeper.retain();
    }

    /** Rejects first: once the segment is sealed, nobody looks for them any more. */
    private void sealFiles(Map<String, String> keys) throws IOException {
        if (rejects != null && !rejects.isEmpty()) {
            store.sealRejects(segment, rejects.group(), keys);
            CrashPoint.reached("rejects.after-name");
        }
        store.seal(segment, keys);
    }

    /** Segments grow too old even when none is sealed. */
    void everyMinute() {
        housekeeper.retain();
    }

    void everySecond() {
        store.deleteLeftOvers();
        try {
            store.keepLock();
        } catch (IOException e) {
            complaints.complain(Diagnostics.Level.WARN, "the writer's lock cannot be taken again: " + e, e);
        }
        Throwable failure = housekeeper.takeFailure();
        if (failure != null) {
            complaints.complain(Diagnostics.Level.WARN, "retention failed: " + failure, failure);
        }
    }

    private void renewIfNeeded() throws IOException {
        if (segment == null || segment.file() == null) {
            return;
        }
        boolean gone = !Files.exists(segment.file().path());
        boolean stubborn = attempts.failures() >= FAILURES_BEFORE_RENEWAL && !attempts.isFull();
        if (gone || stubborn || segment.hasForceFailed()) {
            String open = segment.name().fileName();
            store.deleteRejects(segment); // they are made again, with the segment
            guests.reopened(open); // and the host's behind theirs
            log.reopened(open);
            long lost = store.renew(segment);
            if (gone) {
                progress.error("the open segment was deleted or moved: "
                        + segment.file().path());
                complaints.complain(
                        Diagnostics.Level.WARN,
                        "the open segment was deleted or moved, its rows are carried into a fresh file: "
                                + segment.file().path(),
                        null);
            }
            if (lost > 0) {
                progress.abandoned(segment.recordsWritten());
                self.losses().untold(segment.forgetWritten());
                complaints.say(
                        Diagnostics.Level.ERROR,
                        "rows=" + lost + " of " + segment.name().fileName()
                                + " cannot be read back; the file is set aside in "
                                + store.directory().internal(),
                        null);
            }
        }
    }

    /**
     * The last resort, when there is no time left: seals the row groups that are in the file, giving up the last ones
     * where the disk has no room for a footer. Better most of it in a file that can be read than all of it in none.
     *
     * @return records given up
     */
    long sealWhatFits(long accepted) {
        if (segment == null || segment.file() == null) {
            return unsealedRecords();
        }
        encoding = false;
        long givenUp = dropRowGroup() + sealRejectsOrDrop(accepted);
        flushDue = false;
        clean = false;
        for (int attempt = 0;
                attempt < ATTEMPTS_TO_FIT && segment != null && segment.file().rows() > 0;
                attempt++) {
            try {
                renewIfNeeded();
                seal(accepted);
                return givenUp;
            } catch (IOException e) {
                attempts.failed(e);
                if (attempts.isFull()) {
                    self.losses().untold(segment.lostInLastRowGroup());
                    givenUp += segment.dropLastRowGroup();
                }
            }
        }
        return givenUp + unsealedRecords();
    }

    /** First of all, and once: rejects must not cost the rows beside them. */
    private long sealRejectsOrDrop(long accepted) {
        if (rejected() == 0) {
            return 0;
        }
        try {
            store.sealRejects(
                    segment,
                    rejects.group(),
                    footer.keys(segment, accepted, self.losses().snapshot(), clock.summary(), previous, clean));
            rejects.drop();
            return 0;
        } catch (IOException e) {
            attempts.failed(e);
            return rejects.drop();
        }
    }

    private long rejected() {
        return rejects == null ? 0 : rejects.count();
    }

    /** After a Throwable: gives up what is in columns that may not fit together any more; answers how many records. */
    long dropIfBroken(boolean adding) {
        if (rejects != null && rejects.isBroken()) {
            return rejects.drop();
        }
        if (!adding && !encoding) {
            return 0;
        }
        encoding = false;
        return dropRowGroup();
    }

    private long dropRowGroup() {
        long count = recordsInGroup;
        self.losses().untold(lostInGroup);
        resetGroup();
        if (segment != null) {
            segment.backToWritten();
        }
        return count;
    }

    /** Records whose rows are in no sealed segment. */
    long unsealedRecords() {
        return segment == null ? 0 : recordsInGroup + segment.recordsWritten() + rejected();
    }

    /** Rows made so far. */
    long rowsMade() {
        return self.seq();
    }

    /** Records added so far, by this writer. */
    long records() {
        return self.records();
    }

    /** Of a recovery. */
    List<String> sealedNames() {
        return sealedNames;
    }

    long memoryBytes() {
        return rows.group().memoryBytes();
    }

    /** Gives up what is open: its file stays as it is, for whoever looks next. */
    @Override
    public void close() {
        files.close(LAST_DELETIONS_NS);
        store.deleteLeftOvers();
        if (segment != null && segment.file() != null) {
            segment.file().close();
        }
        rows.group().close();
        if (rejects != null) {
            rejects.close();
        }
        guests.leave();
    }
}
