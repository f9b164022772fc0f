package io.parquetflow.capture;

import io.parquetflow.file.CrashPoint;
import io.parquetflow.file.StorageFaults;
import io.parquetflow.journal.Journal;
import io.parquetflow.journal.JournalNames;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.RingReader;
import java.io.IOException;
import java.util.BitSet;

/**
 * From the ring to the journal, and from there to the columns. A batch goes to the journal as a whole; only then do its
 * blocks go back to the producers, and whatever the columns and the disk take their time for no longer matters to them:
 * while the ring is more than a quarter full, batches are journaled and nothing else, and read back when there is time.
 *
 * <p>Without a journal a batch is copied out of the ring and made rows of before the next one.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Intake {
    /** Small enough that released blocks come back before a burst has filled the ring. */
    private static final int BATCH_RECORDS = 1_024;

    /**
     * So much is journaled ahead of the columns on any disk; and otherwise, as much as half of what is free. But producers
     * that outrun the journal alone get a batch at a time beyond it, and columns one in between: they are refused or wait as
     * it is, and a journal that only grows takes memory that was never touched, which costs more than all the rest.
     */
    private static final long LEAST_BACKLOG_BYTES = 64L << 20;

    /** A file that keeps refusing on a disk that is not full is left as it is. */
    private static final int FAILURES_BEFORE_ANOTHER_FILE = 3;

    /** Each keeps a descriptor of the application's. */
    private static final int MOST_FILES = 256;

    private final CaptureRing ring;
    private final RingReader reader;
    private final StreamTable streams;
    /** Null without one. */
    private final Journal journal;

    private final FreeSpace free;
    private final Progress progress;
    private final Backoff appending = new Backoff();
    private final Backoff reading = new Backoff();
    private final BitSet named = new BitSet();

    /** Being made rows of. */
    private RecordBatch batch;
    /** On its way to the journal; where that fails, it stays until it is there. */
    private RecordBatch incoming;

    /** Half a ring was journaled at once, and the ring is no emptier for it. */
    private boolean outrun;

    private boolean waiting;
    private boolean held; // the reader stands on a record that did not fit
    private boolean sealed;
    private long taken;
    private long bytesIn;
    private IOException failure;
    private Thread owner;

    Intake(CaptureRing ring, StreamTable streams, Journal journal, FreeSpace free, Progress progress, int batchBytes) {
        this.ring = ring;
        this.reader = new RingReader(ring);
        this.streams = streams;
        this.journal = journal;
        this.free = free;
        this.progress = progress;
        this.batch = new RecordBatch(batchBytes);
        this.incoming = new RecordBatch(batchBytes);
    }

    /** What is to be made rows of; {@link #refill} when there is no more in it. */
    RecordBatch batch() {
        return batch;
    }

    /** Who calls {@link #relieve} for real. */
    void owner(Thread thread) {
        owner = thread;
    }

    /**
     * Brings the next batch: from the journal, where something waits there, or from the ring.
     *
     * @param end takes nothing from the ring behind this position
     * @return false when there is nothing, or the journal refuses
     */
    boolean refill(long end) {
        if (journal != null && readBack()) {
            return true;
        }
        if (journal != null && journal.backlogBytes() > 0) {
            return false; // what is older comes first
        }
        if (!take(end)) {
            return false;
        }
        if (journal != null) {
            journal.skipLast();
        }
        RecordBatch empty = batch;
        batch = incoming;
        incoming = empty;
        return true;
    }

    private boolean readBack() {
        if (journal.backlogBytes() == 0 || !reading.mayTry(System.nanoTime())) {
            return false;
        }
        try {
            boolean read = journal.cursor().next(batch);
            if (!read) {
                journal.skipLast();
                failure = new IOException("the journal cannot be read back, records are lost: bytes="
                        + journal.cursor().damagedBytes());
            }
            reading.succeeded();
            return read;
        } catch (IOException e) {
            batch.clear(batch.endPosition());
            reading.failed(System.nanoTime());
            failure = e;
            return false;
        }
    }

    /** Between two pages, while waiting for a disk: gives producers room where there is little. Never throws. */
    void relieve() {
        if (journal == null || Thread.currentThread() != owner) {
            return;
        }
        try {
            long begin = takenEnd();
            long used = ring.usedBlocks();
            outrun &= isFilling();
            while (isCrowded() && take(Long.MAX_VALUE)) {
                progress.ringFill(ring.usedBlocks());
                outrun |= takenEnd() - begin > ring.blocks() >> 1 && ring.usedBlocks() > used - (used >> 3);
                if (outrun && journal.backlogBytes() > LEAST_BACKLOG_BYTES) {
                    break;
                }
            }
        } catch (RuntimeException | Error e) { // whoever is waiting for a disk must not lose track of what it does
            appending.failed(System.nanoTime());
            failure = new IOException("unexpected: " + e, e);
        }
    }

    private boolean isFilling() {
        return ring.usedBlocks() > ring.blocks() >> 2;
    }

    private boolean isCrowded() {
        return !sealed
                && journal.fileCount() < MOST_FILES
                && isFilling()
                && journal.backlogBytes() < Math.max(LEAST_BACKLOG_BYTES, free.usable() / 2);
    }

    /** Takes a batch out of the ring and into the journal; false when there is none, or the journal refuses. */
    private boolean take(long end) {
        if (!waiting && !fill(end)) {
            return false;
        }
        if (journal != null && !append()) {
            return false;
        }
        waiting = false;
        taken += incoming.count();
        release(incoming.endPosition());
        return true;
    }

    private boolean append() {
        if (!appending.mayTry(System.nanoTime())) {
            return false;
        }
        try {
            free.checkLast();
            CrashPoint.reached("journal.before-write");
            journal.append(incoming);
            CrashPoint.reached("journal.after-write");
            appending.succeeded();
            return true;
        } catch (IOException e) {
            Thread.interrupted(); // not ours, and would close the next channel as well
            appending.failed(System.nanoTime());
            if (appending.failures() >= FAILURES_BEFORE_ANOTHER_FILE && !StorageFaults.isFull(e)) {
                journal.distrust();
            }
            failure = e;
            return false;
        }
    }

    /** False when there is nothing; blocks of aborted claims go back with a batch, be it empty: nobody else frees them. */
    private boolean fill(long end) {
        long from = takenEnd();
        // Frames leave no gap, not even for aborted claims: so a reader can tell when a frame is missing.
        incoming.clear(journal == null ? from : journal.endPosition());
        while (incoming.count() < BATCH_RECORDS && next(end)) {
            int length = reader.length();
            if (incoming.count() > 0 && !incoming.hasRoom(length)) {
                held = true;
                break;
            }
            held = false;
            add(length);
        }
        incoming.end(takenEnd());
        if (incoming.count() == 0 && incoming.endPosition() == from) {
            return false;
        }
        waiting = true; // a frame without records, too: a recovery would take the gap for a frame that is missing
        return true;
    }

    private boolean next(long end) {
        return held || (reader.nextPosition() < end && reader.next());
    }

    private void add(int length) {
        int stream = reader.stream();
        long position = reader.position();
        if (journal != null && !named.get(stream)) {
            incoming.addName(position, stream, streams.stream(stream).nameBytes());
            named.set(stream);
        }
        incoming.add(
                position,
                reader.hasSource() ? RecordBatch.FLAG_SOURCE : 0,
                stream,
                reader.tsNs(),
                reader.dropsBefore(),
                reader.hasSource() ? reader.sourceNs() : 0,
                reader.slab(),
                reader.payloadAt(),
                length);
        bytesIn += length;
    }

    /** The position behind the last record that is in a batch. */
    private long takenEnd() {
        return held ? reader.position() : reader.nextPosition();
    }

    private void release(long end) {
        progress.taken(taken, end, bytesIn, reader.aborted());
        if (!sealed) {
            reader.releaseTo(end);
            CrashPoint.reached("released.after");
        }
    }

    /** From here on nothing goes back to the producers. */
    void sealed() {
        sealed = true;
    }

    /** Streams that have records, with their names. */
    void tellNames(JournalNames.Target to) {
        named.stream().forEach(i -> to.name(i, streams.stream(i).nameBytes()));
    }

    /** Whether everything in front of {@code end} is in rows, or no record. */
    boolean isDone(long end) {
        return !batch.hasNext() && !waiting && takenEnd() >= end && (journal == null || journal.backlogBytes() == 0);
    }

    /** Records taken out of the ring. */
    long taken() {
        return taken;
    }

    /** Everything in front of it is in rows, or was passed. */
    long writtenEnd() {
        return batch.hasNext() ? batch.nextPosition() : backlogBegin();
    }

    /** Behind the batch that was made rows of; blocks without records in front of the ring's next one count as well. */
    private long backlogBegin() {
        return waiting || (journal != null && journal.backlogBytes() > 0) ? batch.endPosition() : takenEnd();
    }

    /** Records taken out of the ring that are not rows: without a journal they are nowhere else. */
    long unencoded() {
        return batch.left();
    }

    /** What the journal refused with since the last call, null when it did not. */
    IOException takeFailure() {
        IOException e = failure;
        failure = null;
        return e;
    }

    boolean isFailing() {
        return appending.failures() > 0 || reading.failures() > 0;
    }
}
