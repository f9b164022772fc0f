package io.parquetflow.capture;

import io.parquetflow.ring.CaptureClock;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.RingReader;
import io.parquetflow.spi.Diagnostics;

/**
 * The writer thread's loop: take a bounded batch, make rows of it, give the blocks back, then do what is due. It ends
 * when it is told to close, or when it cannot go on.
 *
 * <p>{@link #run} on the writer thread; {@link #requestClose} and {@link #requestRotation} on any.
 */
final class WriterLoop {
    /** Small enough that released blocks come back before a burst has filled the ring. */
    private static final int BATCH_RECORDS = 256;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;
    /** Errors in a row that are no I/O errors: a bug, or no memory at all. */
    private static final int MOST_UNEXPECTED = 16;

    private final CaptureRing ring;
    private final RingReader reader;
    private final SegmentWriter segments;
    private final StreamTable streams;
    private final Losses losses;
    private final CaptureClock clock;
    private final Progress progress;
    private final Listeners listeners;
    private final Complaints complaints;
    private final Idle idle;

    private long taken;
    private long bytesIn;
    private boolean held; // the reader stands on a record that is not taken yet
    private long releasedEnd;
    private boolean adding; // a Throwable now costs the record at hand as well
    private int unexpected;
    private long nextSecondNs;
    private long nextMinuteNs;

    private volatile long rotationRequests;
    private volatile boolean closing;
    private volatile long closeDeadlineNs;

    WriterLoop(
            CaptureRing ring,
            SegmentWriter segments,
            StreamTable streams,
            Losses losses,
            CaptureClock clock,
            Progress progress,
            Listeners listeners,
            Complaints complaints,
            Idle idle) {
        this.ring = ring;
        this.reader = new RingReader(ring);
        this.segments = segments;
        this.streams = streams;
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
            progress.ringFill(ring.usedBlocks());
            count = drain(Long.MAX_VALUE);
            giveBack();
            worked = due(System.nanoTime());
            unexpected = 0;
        } catch (Throwable t) {
            survive(t);
        }
        if (count > 0 || worked) {
            idle.busy();
        }
        // Less than a batch means that the ring is empty: let a few records come together.
        if (count < BATCH_RECORDS && !worked) {
            idle.pause();
        }
    }

    /** Takes up to a batch of what lies in front of {@code end}; answers how many records. */
    private int drain(long end) {
        int count = 0;
        while (count < BATCH_RECORDS && !(closing && remaining() <= 0)) { // a record may take a decoder long
            if (!held && (reader.nextPosition() >= end || !reader.next())) {
                break;
            }
            held = true;
            if (!segments.takes(reader)) {
                break;
            }
            held = false;
            taken++;
            bytesIn += reader.length();
            count++;
            adding = true;
            segments.add(reader, streams.stream(reader.stream()).nameBytes());
            adding = false;
        }
        return count;
    }

    /** Blocks of aborted claims too: nobody else would ever free them. */
    private void giveBack() {
        long end = takenEnd();
        if (end != releasedEnd) {
            publish();
            reader.releaseTo(end);
            releasedEnd = end;
        }
    }

    private void publish() {
        progress.rowsMade(segments.rowsMade());
        progress.taken(taken, takenEnd(), bytesIn, reader.aborted());
    }

    /** The position behind the last record taken; a held one counts as not taken. */
    private long takenEnd() {
        return held ? reader.position() : reader.nextPosition();
    }

    private boolean due(long now) {
        segments.tick(now);
        boolean wasDue = !segments.isSettled();
        boolean worked = segments.settle(now, taken) && wasDue;
        if (progress.rotated() != rotationRequests) {
            rotate(now);
        }
        if (now - nextSecondNs >= 0) {
            nextSecondNs = now + SECOND_NS;
            everySecond(now);
        }
        return worked;
    }

    private void rotate(long now) {
        long request = rotationRequests;
        segments.sealSoon(false);
        if (segments.settle(now, taken) && segments.isEmpty()) {
            progress.rotated(request);
        }
    }

    private void everySecond(long now) {
        clock.recalibrate();
        segments.everySecond();
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
        progress.degraded(true, String.valueOf(t));
        complaints.complain(
                Diagnostics.Level.ERROR, "unexpected: " + t + ": records=" + records + " given up, going on", t);
        listeners.failed(t);
        if (++unexpected >= MOST_UNEXPECTED) {
            throw new IllegalStateException("the writer thread gives up after errors=" + unexpected, t);
        }
    }

    /** From here on nothing is released: what is behind {@code end} never gets in. */
    private void drainAndClose() {
        long end = ring.seal();
        while (remaining() > 0) {
            boolean worked = false;
            try {
                worked = drain(end) > 0;
                publish();
                worked |= due(System.nanoTime());
                if (takenEnd() >= end && !held) {
                    break;
                }
                ring.abortClaimsOfTheDead();
            } catch (Throwable t) {
                survive(t);
            }
            if (!worked) {
                idle.pause();
            }
        }
        long givenUp = sealLast() ? 0 : segments.sealWhatFits(taken);
        progress.abandoned(givenUp);
        publish();
    }

    /** After the loop has failed for good: nothing gets in any more, and what is in the file is kept. */
    void giveUp() {
        ring.shut(CaptureRing.FAILED);
        ring.seal();
        publish();
        long before = segments.unsealedRecords();
        long records;
        try {
            records = segments.sealWhatFits(taken);
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
                if (segments.settle(System.nanoTime(), taken) && segments.isEmpty()) {
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
