package io.parquetflow.capture;

import io.parquetflow.file.CrashPoint;
import io.parquetflow.journal.Journal;
import io.parquetflow.journal.JournalForce;
import io.parquetflow.journal.SealedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Keeps a journal in step with the segments that it feeds, and with the device: seals are announced in it, files whose
 * records are all sealed are deleted, and with {@code power} it is forced.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class JournalLog implements SealLog {
    private final Journal journal;
    private final FileThread files;
    /** For the journal alone: it must not wait for a seal, nor for a deletion. */
    private final FileThread sync;

    /** 0 where nothing is forced. */
    private final long syncNs;

    private final Runnable relief;

    /** In this order, and none before the one in front of it is gone. */
    private final List<Path> toDelete = new ArrayList<>();

    private Future<Integer> deleting;

    private JournalForce force;
    private Future<Void> forcing;
    /** To be written again, since the device refused. */
    private JournalForce failed;

    private long nextForceNs;

    JournalLog(Journal journal, FileThread files, FileThread sync, long syncNs, Runnable relief) {
        this.journal = journal;
        this.files = files;
        this.sync = sync;
        this.syncNs = syncNs;
        this.relief = relief;
        this.nextForceNs = System.nanoTime() + syncNs;
    }

    /** Lets a force that is under way end. */
    void close(long timeoutNs) {
        sync.close(timeoutNs);
        journal.close();
    }

    Journal journal() {
        return journal;
    }

    /**
     * With {@code power} the open segment's name is on the device before the frame is written, since that it is gone will
     * mean that the segment is sealed; and the frame before the final name is given.
     */
    @Override
    public void sealing(SealedState next) throws IOException {
        forceNow(true);
        journal.sealing(next);
        forceNow(false);
    }

    @Override
    public void reopened(String open) throws IOException {
        journal.reopened(open);
        forceNow(false); // before the open segment's name is taken away
    }

    @Override
    public void sealed(SealedState now) {
        journal.sealed(now);
        deleteSealed();
    }

    void deleteSealed() {
        toDelete.addAll(journal.takeSealed(syncNs > 0));
        if (deleting != null && deleting.isDone()) {
            int gone = deleted();
            toDelete.subList(0, gone).clear();
            deleting = null;
        }
        if (deleting == null && !toDelete.isEmpty()) {
            List<Path> now = List.copyOf(toDelete);
            deleting = files.start(() -> delete(now));
        }
    }

    /** At the end, when all is sealed; false when something stays, for the next start. */
    boolean deleteAll() {
        if (deleting != null) {
            if (!deleting.isDone()) {
                return false;
            }
            toDelete.subList(0, deleted()).clear();
        }
        toDelete.addAll(journal.paths());
        return delete(toDelete) == toDelete.size();
    }

    private int deleted() {
        try {
            return FileThread.result(deleting);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The oldest first, and no further than it goes; the rest is tried again. Answers how many are gone. */
    static int delete(List<Path> paths) {
        int gone = 0;
        for (Path path : paths) {
            CrashPoint.reached(gone == 0 ? "journal.before-delete" : "journal.between-deletes");
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                return gone;
            }
            gone++;
        }
        return gone;
    }

    /** Everything that was journaled by now, on the device; throws when the device refuses. */
    private void forceNow(boolean names) throws IOException {
        if (syncNs == 0) {
            return;
        }
        awaitForce();
        writeAgain();
        if (names) {
            journal.namesChanged();
        }
        JournalForce now = journal.force();
        if (now == null) {
            return;
        }
        try {
            sync.await(
                    () -> {
                        now.run();
                        return null;
                    },
                    relief);
        } catch (IOException e) {
            failed = now;
            throw e;
        }
        journal.forced(now);
    }

    private void awaitForce() throws IOException {
        while (forcing != null) {
            sync.await(() -> null, relief); // behind it in the queue
            finishForce();
        }
    }

    /** What is due by the clock; throws when the journal cannot be written to. */
    void tick(long nowNs) throws IOException {
        if (syncNs == 0) {
            return;
        }
        finishForce();
        writeAgain();
        if (forcing == null && nowNs - nextForceNs >= 0) {
            nextForceNs = nowNs + syncNs;
            begin();
        }
    }

    private void begin() {
        force = journal.force();
        if (force != null) {
            JournalForce now = force;
            forcing = sync.start(() -> {
                now.run();
                return null;
            });
        }
    }

    private void finishForce() throws IOException {
        if (forcing == null || !forcing.isDone()) {
            return;
        }
        Future<Void> done = forcing;
        forcing = null;
        try {
            FileThread.result(done);
            journal.forced(force);
        } catch (IOException e) {
            failed = force;
            throw e;
        }
    }

    private void writeAgain() throws IOException {
        if (failed != null) {
            journal.forceFailed(failed);
            failed = null;
        }
    }
}
