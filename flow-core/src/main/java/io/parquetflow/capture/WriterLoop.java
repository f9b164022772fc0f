package io.parquetflow.capture;

import io.parquetflow.journal.RecordBatch;
import io.parquetflow.ring.CaptureClock;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.spi.Diagnostics;
import java.io.IOException;

/**
 * The writer thread's loop: take a bounded batch, journal it, give the blocks back, make rows of it, then do what is due.
 * It ends when it is told to close, or when it cannot go on.
 *
 * <p>{@link #run} on the writer thread; {@link #requestClose} and {@link #requestRotation} on any.
 */
final class WriterLoop {
    /** Fewer than these at once, and the ring was empty. */
    private static final int FEW_RECORDS = 256;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;
    /** Errors in a row that are no I/O errors: a bug, or no memory at all. */
    private static final int MOST_UNEXPECTED = 16;

    private final CaptureRing ring;
    private final Intake intake;
    private final SegmentWriter segments;
    private final CrashSafety safety;
    private final GuestDesk desk;
    private final Losses losses;
    private final CaptureClock clock;
    private final Progress progress;
    private final Listeners listeners;
    private final Complaints complaints;
    private final Idle idle;

    private boolean adding; // a Throwable now costs the record at hand as well
    private boolean journalFailing;
    /** Whether the fault at hand has been told: then its end is told as well. */
    private boolean journalComplained;

    private boolean allSealed;
    /** Being made rows of. */
    private Guest guest;

    private int unexpected;
    private long nextSecondNs;
    private long nextMinuteNs;

    private volatile long rotationRequests;
    private volatile boolean closing;
    private volatile long closeDeadlineNs;

    WriterLoop(
            CaptureRing ring,
            Intake intake,
            SegmentWriter segments,
            CrashSafety safety,
            GuestDesk desk,
            Losses losses,
            CaptureClock clock,
            Progress progress,
            Listeners listeners,
            Complaints complaints,
            Idle idle) {
        this.ring = ring;
        this.intake = intake;
        this.segments = segments;
        this.safety = safety;
        this.desk = desk;
        this.losses = losses;
        this.clock = clock;
        this.progress = progress;
        this.listeners = listeners;
        this.complaints = complaints;
        this.idle = idle;
    }

    synchronized long requestRotation() {
        long request = rotationRequests + 1;
        rotationRequests = request;
        return request;
    }

    void requestClose(long deadlineNanoTime) {
        if (!closing) {
            closeDeadlineNs = deadlineNanoTime;
            closing = true;
        }
    }

    void run() {
        nextSecondNs = System.nanoTime() + SECOND_NS;
        nextMinuteNs = System.nanoTime() + MINUTE_NS;
        while (!closing) {
            round();
        }
        drainAndClose();
    }

    private void round() {
        int count = 0;
        boolean worked = false;
        try {
            long used = ring.usedBlocks();
            progress.ringFill(used);
            idle.found(used, ring.blocks());
            intake.relieve();
            count = encodeGuest() + encode(Long.MAX_VALUE);
            publish();
            worked = due(System.nanoTime());
            survived();
        } catch (Throwable t) {
            survive(t);
        }
        // A few records mean that the ring is empty: let more of them come together.
        if (count < FEW_RECORDS && !worked) {
            idle.pause();
        }
    }

    /** Dead writers' rows first: theirs are older. */
    private int encodeGuest() {
        if (guest == null) {
            guest = desk.take();
        }
        if (guest == null) {
            return 0;
        }
        RecordBatch batch = guest.batch();
        int count = 0;
        while (count < FEW_RECORDS && batch.next()) {
            if (!segments.takes(batch)) {
                batch.putBack();
                return count;
            }
            adding = true;
            segments.add(batch, guest);
            adding = false;
            count++;
        }
        if (!batch.hasNext()) {
            progress.recovered(batch.count(), 0);
            segments.complete(guest);
            guest = null;
        }
        return count;
    }

    /** Makes rows of a batch; takes nothing from behind {@code end}. Answers how many records. */
    private int encode(long end) {
        RecordBatch batch = intake.batch();
        if (!batch.hasNext()) {
            if (!intake.refill(end)) {
                return 0;
            }
            batch = intake.batch();
        }
        int count = 0;
        while (!(closing && remaining() <= 0) && batch.next()) { // a record may take a decoder long
            if (batch.isName()) {
                continue;
            }
            if (!segments.takes(batch)) {
                batch.putBack();
                break;
            }
            count++;
            adding = true;
            segments.add(batch);
            adding = false;
        }
        return count;
    }

    private void publish() {
        progress.rowsMade(segments.rowsMade());
        progress.written(intake.writtenEnd());
        safety.publish(System.nanoTime());
    }

    private boolean due(long now) {
        segments.tick(now);
        tickJournal(now);
        boolean wasDue = !segments.isSettled();
        boolean worked = segments.settle(now, intake.taken()) && wasDue;
        if (progress.rotated() != rotationRequests) {
            rotate(now);
        }
        if (now - nextSecondNs >= 0) {
            nextSecondNs = now + SECOND_NS;
            everySecond(now);
        }
        return worked;
    }

    /** The journal's own troubles: it is tried again with every batch. */
    private void tickJournal(long now) {
        IOException failure = intake.takeFailure();
        try {
            safety.tick(now);
        } catch (IOException e) {
            failure = e;
        }
        if (failure != null) {
            journalFailed(failure);
        } else if (journalFailing && !intake.isFailing()) {
            journalFailing = false;
            progress.journalFailing(false);
            if (journalComplained) {
                complaints.say(Diagnostics.Level.INFO, "journaling again", null);
                journalComplained = false;
            }
            listeners.recovered();
        }
    }

    private void journalFailed(IOException e) {
        if (!journalFailing) {
            listeners.failed(e);
        }
        journalFailing = true;
        progress.journalFailing(true);
        progress.error(String.valueOf(e));
        journalComplained |= complaints.complain(
                Diagnostics.Level.WARN,
                "the journal cannot be written: " + e + ": records stay in the ring, then tryRecord answers false;"
                        + " trying again",
                e);
    }

    private void rotate(long now) {
        long request = rotationRequests;
        segments.sealSoon(false);
        if (segments.settle(now, intake.taken()) && segments.isEmpty()) {
            progress.rotated(request);
        }
    }

    private void everySecond(long now) {
        clock.recalibrate();
        segments.everySecond();
        try {
            safety.everySecond();
        } catch (IOException e) {
            journalFailed(e);
        }
        ring.abortClaimsOfTheDead();
        publish();
        if (!listeners.isEmpty()) {
            listeners.dropped(losses.snapshot().totals());
        }
        if (now - nextMinuteNs >= 0) {
            nextMinuteNs = now + MINUTE_NS;
            segments.everyMinute();
        }
    }

    /** A bug of ours, or no memory: the rows in memory are counted as given up, and we go on. */
    private void survive(Throwable t) {
        long records = segments.dropIfBroken(adding) + (adding ? 1 : 0);
        adding = false;
        progress.abandoned(records);
        publish();
        progress.surviving(true);
        progress.error(String.valueOf(t));
        complaints.complain(
                Diagnostics.Level.ERROR, "unexpected: " + t + ": records=" + records + " given up, going on", t);
        listeners.failed(t);
        if (++unexpected >= MOST_UNEXPECTED) {
            throw new IllegalStateException("the writer thread gives up after errors=" + unexpected, t);
        }
    }

    /** A round went well. */
    private void survived() {
        if (unexpected > 0) {
            unexpected = 0;
            progress.surviving(false);
            listeners.recovered();
        }
    }

    /** From here on nothing is released: what is behind {@code end} never gets in. */
    private void drainAndClose() {
        intake.sealed();
        long end = ring.seal();
        while (remaining() > 0) {
            boolean worked = false;
            try {
                worked = encodeGuest() + encode(end) > 0;
                publish();
                worked |= due(System.nanoTime());
                if (intake.isDone(end) && guest == null) {
                    guest = desk.close(); // who came meanwhile is the last
                    if (guest == null) {
                        break;
                    }
                    worked = true;
                }
                ring.abortClaimsOfTheDead();
            } catch (Throwable t) {
                survive(t);
            }
            if (!worked) {
                idle.pause();
            }
        }
        closeDesk();
        allSealed = sealLast() && intake.isDone(end);
        if (!allSealed) {
            progress.abandoned(giveUpUnsealed());
        }
        publish();
    }

    private void closeDesk() {
        Guest waiting = desk.close();
        if (waiting != null) {
            waiting.leave();
        }
        if (guest != null && !segments.hosts(guest)) {
            guest.leave();
            guest = null;
        }
    }

    /** What is in the journal is for recovery; without one, what fits is sealed. Answers the records that are lost. */
    private long giveUpUnsealed() {
        return safety.hasJournal()
                ? 0 // what could not be journaled is still in the ring
                : segments.sealWhatFits(intake.taken()) + intake.unencoded();
    }

    /** Whether everything that was accepted is in sealed segments: then nothing has to be recovered. */
    boolean allSealed() {
        return allSealed;
    }

    /** After the loop has failed for good: nothing gets in any more, and what is in the file is kept. */
    void giveUp() {
        ring.shut(CaptureRing.FAILED);
        closeDesk();
        intake.sealed();
        ring.seal();
        publish();
        long before = segments.unsealedRecords();
        long records;
        try {
            records = giveUpUnsealed();
        } catch (Throwable t) {
            records = before;
        }
        progress.abandoned(records);
    }

    /** False when the deadline came first. */
    private boolean sealLast() {
        while (true) {
            try {
                segments.sealSoon(true);
                if (segments.settle(System.nanoTime(), intake.taken()) && segments.isEmpty()) {
                    progress.rotated(rotationRequests);
                    return true;
                }
            } catch (Throwable t) {
                survive(t);
            }
            if (remaining() <= 0) {
                return false;
            }
            idle.pause();
        }
    }

    private long remaining() {
        return closeDeadlineNs - System.nanoTime();
    }
}
