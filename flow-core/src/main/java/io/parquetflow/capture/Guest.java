package io.parquetflow.capture;

import io.parquetflow.journal.DeadJournal;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.journal.SealedState;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A dead writer with so little left that it is not worth a segment: its rows go into the next one of a living writer of
 * the same sink, under their own name. What is sealed of it is announced in its own journal, which goes when all is.
 *
 * <p>Not thread-safe: made by the recovery thread, then the writer thread's.
 */
final class Guest {
    /** A crash loop leaves thousands of writers with a few records each: no file for any of them. */
    static final int MOST_BYTES = 1 << 20;

    /** Of the first record beyond that. */
    private static final int FIRST_TOO_MUCH = 4 << 10;

    private final DeadWriter dead;
    private final Origin origin;
    private final SealLog log;
    /** Null when all of it is rows. */
    private RecordBatch batch;

    private Guest(DeadWriter dead, Origin origin, SealLog log, RecordBatch batch) {
        this.dead = dead;
        this.origin = origin;
        this.log = log;
        this.batch = batch;
    }

    /**
     * Loads what a dead writer left, after its slab was salvaged.
     *
     * @param number of the guest, from 1
     * @param among the living writer's streams
     * @param others numbers of other streams, by name
     * @return null when it is too much, or nothing at all
     */
    static Guest of(DeadWriter dead, int number, StreamTable among, Map<String, Integer> others, boolean force)
            throws IOException {
        SealedState state = dead.sealed();
        RecordBatch all = new RecordBatch((int) Math.min(dead.records().bytes(), MOST_BYTES) + FIRST_TOO_MUCH);
        all.clear(state.end());
        Loader loader = new Loader(dead.streams(), all, state.end());
        dead.records().walk(loader);
        if (all.count() == 0 || loader.tooMuch) {
            return null;
        }
        all.end(dead.extent().end());
        dead.records().close(); // a descriptor for each of many is too many
        dead.streams().numberAmong(among, others);
        Origin origin = Origin.resumed(number, dead.writer(), dead.streams(), state);
        return new Guest(dead, origin, dead.sealLog(force), all);
    }

    private static final class Loader implements DeadJournal.Visitor {
        private final DeadStreams streams;
        private final RecordBatch all;
        private long next;
        private boolean tooMuch;

        Loader(DeadStreams streams, RecordBatch all, long from) {
            this.streams = streams;
            this.all = all;
            this.next = from;
        }

        @Override
        public void records(RecordBatch frame) {
            while (!tooMuch && frame.next()) {
                if (frame.isName()) {
                    streams.name(frame);
                } else if (frame.position() >= next) {
                    streams.bytes(frame.stream()); // a name for each, if only a made-up one
                    all.copy(frame);
                    next = frame.position() + 1;
                    tooMuch = all.frameBytes() > MOST_BYTES;
                }
            }
        }
    }

    RecordBatch batch() {
        return batch;
    }

    Origin origin() {
        return origin;
    }

    void sealing(String segment, String open) throws IOException {
        log.sealing(origin.state(segment, open, dead.sealed().number()));
    }

    void reopened(String open) throws IOException {
        log.reopened(open);
    }

    /** The segment has its name; where all of it is sealed, the dead writer is gone. Answers the files set aside. */
    int sealed(String segment, String open) throws IOException {
        log.sealed(origin.state(segment, open, dead.sealed().number()));
        origin.segmentSealed();
        if (isDone()) {
            dead.delete();
        }
        return dead.takeSetAside();
    }

    /** What its left-overs gave cause for, in words. */
    List<String> takeRemarks() {
        return dead.takeRemarks();
    }

    /** All its records are rows. */
    void done() {
        batch = null;
    }

    boolean isDone() {
        return batch == null;
    }

    boolean hasRows() {
        return origin.seq() > origin.firstSeq();
    }

    /** Its part of a footer. */
    String range() {
        return dead.writer() + ':' + origin.firstSeq() + '-' + (origin.seq() - 1);
    }

    Losses.Snapshot drops() {
        return origin.losses().snapshot();
    }

    String writer() {
        return dead.writer();
    }

    /** Not sealed: it is there for the next start. */
    void leave() {
        dead.close();
    }
}
