package io.parquetflow.capture;

import io.parquetflow.file.CrashPoint;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.WriterLock;
import io.parquetflow.journal.Journal;
import io.parquetflow.journal.JournalFiles;
import io.parquetflow.ring.SlabFile;
import io.parquetflow.spi.Diagnostics;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What of a writer outlives its process: the slab's file and the journal. Where one of them cannot be had, the writer goes
 * on without, and says so once.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class CrashSafety {
    static final String OFF = "durability=off: what is in the ring and in the open segment is lost with the process";

    private static final long LAST_FORCE_NS = 500_000_000L;

    /** Null without one. */
    private final SlabFile slab;
    /** Null without one. */
    private final JournalLog log;

    private final FreeSpace free;
    private final Progress progress;
    private final Complaints complaints;
    private boolean slabGone;
    private boolean journalMade;

    CrashSafety(SlabFile slab, JournalLog log, FreeSpace free, Progress progress, Complaints complaints) {
        this.slab = slab;
        this.log = log;
        this.free = free;
        this.progress = progress;
        this.complaints = complaints;
    }

    SealLog sealLog() {
        return log == null ? SealLog.NONE : log;
    }

    boolean hasJournal() {
        return log != null;
    }

    /** Whether what is in the ring can be recovered. */
    boolean keepsTheRing() {
        return slab != null && !slabGone && journalMade;
    }

    /** The first journal file says what payloads are; without it nobody could make anything of the slab. */
    void open() {
        if (log == null) {
            return;
        }
        try {
            free.look();
            log.journal().open();
            journalMade = true;
        } catch (IOException e) {
            unsafe("the journal cannot be made yet: " + e + ": make room, or give write permission");
        }
    }

    private void unsafe(String reason) {
        progress.unsafe(reason);
        complaints.say(Diagnostics.Level.WARN, "crash-safe=false: " + reason, null);
    }

    void publish(long nowNs) {
        if (log == null) {
            return;
        }
        Journal journal = log.journal();
        progress.journaled(journal.endPosition(), journal.durablePosition());
        progress.backlog(journal.backlogBytes(), nowNs);
        if (!journalMade && !journal.paths().isEmpty()) {
            journalMade = true;
            if (slab != null && !slabGone) {
                progress.unsafe("");
            }
        }
    }

    void tick(long nowNs) throws IOException {
        if (log != null) {
            log.tick(nowNs);
        }
    }

    void everySecond() throws IOException {
        if (slab != null && !slabGone && !slab.isThere()) {
            slabGone = true;
            unsafe("the slab was deleted: " + slab.path() + ": systemd does so at the end of a session (RemoveIPC=yes);"
                    + " run as a system user, or set RemoveIPC=no or slab-directory, and restart");
        }
        if (log != null) {
            int restored = log.journal().restoreIfGone();
            if (restored > 0) {
                complaints.complain(
                        Diagnostics.Level.WARN,
                        "the journal was deleted or moved away: files=" + restored + " were written again",
                        null);
            }
            log.deleteSealed();
            free.look();
        }
    }

    /**
     * At the writer's end. Where something is left, it stays as the death of the process would leave it.
     *
     * @param allSealed whether there is nothing to recover
     */
    void end(boolean allSealed, WriterLock lock) throws IOException {
        if (log != null) {
            log.close(LAST_FORCE_NS);
        }
        if (log == null || allSealed) {
            // The slab first: without a journal its records, which are sealed, would be recovered once more.
            if (slab != null) {
                slab.delete();
                forgetSlab(lock);
            }
            CrashPoint.reached("end.between-deletes");
            if (log == null || log.deleteAll()) {
                lock.close();
            } else {
                lock.leave();
            }
        } else {
            lock.leave();
        }
    }

    /** Otherwise a recovery would miss it; but it misses nothing that was in it. */
    static void forgetSlab(WriterLock lock) {
        try {
            lock.note("");
        } catch (IOException e) {
            return; // a recovery finds out by itself
        }
    }

    /** How the journal's files are made. */
    static JournalFiles maker(int fileMode) {
        return new JournalDirectory(fileMode);
    }

    private record JournalDirectory(int mode) implements JournalFiles {
        @Override
        public FileChannel make(Path path) throws IOException {
            Files.createDirectories(path.toAbsolutePath().getParent()); // somebody may have taken it away
            FileChannel made = FlowDirectory.make(path, mode);
            CrashPoint.reached("journal.after-roll");
            return made;
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            FlowDirectory.force(directory);
            FlowDirectory.force(directory.toAbsolutePath().getParent()); // where the directory itself has its name
        }
    }
}
