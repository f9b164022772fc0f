package io.parquetflow.capture;

import io.parquetflow.column.PageCompressor;
import io.parquetflow.column.QuietSlf4j;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.WriterId;
import io.parquetflow.file.WriterLock;
import io.parquetflow.journal.Journal;
import io.parquetflow.journal.JournalHeader;
import io.parquetflow.journal.SealedState;
import io.parquetflow.ring.CaptureClock;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.SlabFile;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.SinkConfig;
import io.parquetflow.spi.SinkListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One opening of one sink: its lock, its ring, its thread. The thread makes the ring, so that it is the first to touch
 * the memory.
 *
 * <p>Thread-safe.
 */
public final class Writer {
    /** Starting takes milliseconds; a thread that has not come up by then never will. */
    private static final long START_TIMEOUT_S = 60;

    /** For the last file operation: the deadline stops draining, not the kernel. */
    private static final long GRACE_NS = 1_000_000_000L;

    /** Below this there is no ring and no row group worth the name. */
    private static final long LEAST_MEMORY = 512 << 10;

    private final SinkConfig config;
    private final RowForm form;
    private final String id = WriterId.random();
    private final CaptureClock clock = new CaptureClock();
    private final StreamTable streams = new StreamTable();
    private final GuestDesk desk = new GuestDesk();
    private final Losses losses = new Losses(streams);
    private final Progress progress = new Progress();
    private final Listeners listeners;
    private final Diagnostics diagnostics;
    private final Complaints complaints;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;

    private WriterLock lock;
    private SlabFile slab;
    private MemoryPlan plan;
    private CaptureRing ring;
    private WriterLoop loop;
    private SegmentWriter segments;
    private RecoveryThread recovery;
    private Intake intake;
    private CrashSafety safety;
    private volatile Throwable startFailure;
    /** Nobody waits for this writer any more. */
    private volatile boolean unwanted;

    private Writer(
            SinkConfig config,
            RowForm form,
            List<SinkListener> listeners,
            Diagnostics diagnostics,
            ThreadFactory threads) {
        this.config = config;
        this.form = form;
        this.listeners = new Listeners(listeners, progress);
        this.diagnostics = diagnostics;
        this.complaints = new Complaints(diagnostics, config.name());
        this.thread = threads.newThread(this::live);
        if (thread == null) {
            throw new IllegalArgumentException(
                    "invalid configuration: key=thread-factory: " + threads + " gave no thread");
        }
    }

    /**
     * Makes the directories, sets aside what dead writers left, and starts the thread.
     *
     * @param config checked
     * @param form what payloads are
     * @param listeners called on the writer thread
     * @param diagnostics where faults are told
     * @param threads makes the one thread
     * @return a running writer
     * @throws IOException when the directory cannot be used
     */
    public static Writer start(
            SinkConfig config,
            RowForm form,
            List<SinkListener> listeners,
            Diagnostics diagnostics,
            ThreadFactory threads)
            throws IOException {
        QuietSlf4j.prepare();
        Writer writer = new Writer(config, form, listeners, diagnostics, threads);
        RowForms.checkColumns(config, form);
        writer.plan = MemoryPlan.of(config);
        FlowDirectory directory = new FlowDirectory(config.directory());
        directory.create();
        writer.lock = WriterLock.take(directory.internal(), writer.id, (int) config.number(ConfigKey.FILE_MODE));
        try {
            writer.lookForTheDead(directory);
            writer.thread.start();
        } catch (IOException | RuntimeException | Error e) {
            writer.lock.close();
            throw e;
        }
        writer.awaitStart();
        writer.recovery.start();
        return writer;
    }

    /** From here on the lock is the thread's to give back. */
    private void awaitStart() throws IOException {
        try {
            if (ready.await(START_TIMEOUT_S, TimeUnit.SECONDS)) {
                if (startFailure != null) {
                    throw new IOException("the writer thread could not start: " + startFailure, startFailure);
                }
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        unwanted = true;
        throw new IOException(
                "[" + config.directory() + "] the writer thread did not come up in time, or the caller was"
                        + " interrupted: thread=" + thread.getName());
    }

    private void lookForTheDead(FlowDirectory directory) throws IOException {
        Set<String> candidates = DeadWriters.candidates(directory);
        candidates.remove(id);
        recovery = new RecoveryThread(
                config, form, new Complaints(diagnostics, config.name()), progress, streams, desk, candidates);
        List<Path> aside = directory.setAsideLeftOvers(candidates);
        if (!aside.isEmpty()) {
            complaints.say(
                    Diagnostics.Level.WARN,
                    "a writer without a journal died with segments open: files=" + aside.size() + ", set aside as "
                            + aside.get(0)
                            + (aside.size() > 1 ? " and others" : "")
                            + "; they have no footer and are not read, nor ever deleted by us",
                    null);
        }
    }

    private void live() {
        try {
            start();
        } catch (Throwable t) {
            startFailure = t;
            if (slab != null) {
                deleteSlab();
            }
            closeLock();
            ready.countDown();
            done.countDown();
            return;
        }
        ready.countDown();
        try {
            if (!unwanted) {
                loop.run();
            }
        } catch (Throwable t) {
            progress.degraded(true, String.valueOf(t));
            loop.giveUp();
            complaints.say(Diagnostics.Level.ERROR, "the writer thread ends, nothing is taken any more: " + t, t);
        } finally {
            end();
        }
    }

    /** Less memory than asked for is better than no sink: half, and half again. */
    private void start() {
        PageCompressor compressor = Compressors.late(config, complaints);
        Compressors.checkColumns(config, complaints);
        long limit = Math.min(config.number(ConfigKey.MEMORY_LIMIT), plan.totalBytes());
        boolean shrunk = false;
        while (true) {
            try {
                makeMemory(compressor);
                break;
            } catch (OutOfMemoryError e) {
                dropMemory();
                limit /= 2;
                if (limit < LEAST_MEMORY) {
                    throw e;
                }
                plan = MemoryPlan.of(config, limit);
                shrunk = true;
            }
        }
        if (shrunk) {
            complaints.say(
                    Diagnostics.Level.WARN,
                    "not enough direct memory, going on with less: " + plan
                            + "; raise -XX:MaxDirectMemorySize or lower memory-limit",
                    null);
        }
        intake.owner(Thread.currentThread());
        safety.open();
        loop = new WriterLoop(
                ring,
                intake,
                segments,
                safety,
                desk,
                losses,
                clock,
                progress,
                listeners,
                complaints,
                new Idle(config.waitMode()));
    }

    private void dropMemory() {
        ring = null;
        segments = null;
        intake = null;
        if (slab != null) {
            deleteSlab();
        }
    }

    private void makeMemory(PageCompressor compressor) {
        ring = makeRing();
        Journal journal = config.durability() == Durability.OFF ? null : journal();
        FreeSpace free = new FreeSpace(config);
        intake = new Intake(ring, streams, journal, free, progress, plan.batchBytes());
        compressor.afterEach(intake::relieve);
        FileThread files = new FileThread(config.name());
        long syncNs = config.durability() == Durability.POWER
                ? config.duration(ConfigKey.SYNC_INTERVAL).toNanos()
                : 0;
        JournalLog log = journal == null
                ? null
                : new JournalLog(journal, files, new FileThread(config.name() + "-sync"), syncNs, intake::relieve);
        safety = new CrashSafety(slab, log, free, progress, complaints);
        RowForms forms = new RowForms(config, form, plan, compressor);
        segments = new SegmentWriter(
                new SegmentSetting(
                        config,
                        lock,
                        forms.rows(),
                        forms.rejects(),
                        clock,
                        progress,
                        listeners,
                        complaints,
                        SegmentSetting.Kind.LIVE),
                new Origin(0, id, losses, new OwnStreams(streams), 0),
                safety.sealLog(),
                files,
                intake::relieve);
        WarmUp.once(plan, config, compressor, progress);
    }

    private Journal journal() {
        Journal journal = new Journal(
                new FlowDirectory(config.directory()).internal(),
                JournalHeader.of(id, JournalNotes.of(config, form)),
                CrashSafety.maker((int) config.number(ConfigKey.FILE_MODE)),
                to -> intake.tellNames(to),
                SealedState.NONE,
                0);
        journal.feeds(config.number(ConfigKey.ROTATE_BYTES));
        return journal;
    }

    /** In shared memory, where that can be had. */
    private CaptureRing makeRing() {
        if (config.durability() == Durability.OFF) {
            progress.unsafe(CrashSafety.OFF);
        } else {
            slab = makeSlab();
        }
        return slab == null
                ? new CaptureRing(plan.ringBytes(), plan.blockBytes(), plan.maxPayload())
                : new CaptureRing(slab);
    }

    /** Null where it cannot be had. */
    private SlabFile makeSlab() {
        try {
            Path where = config.slabDirectory()
                    .map(SlabFile::directoryOf)
                    .or(SlabFile::defaultDirectory)
                    .orElseThrow(() -> new IOException("there is no shared memory here: set slab-directory"));
            // First where it will be: a process that dies in between leaves memory behind that nobody else looks for.
            lock.note(where.resolve(id + SlabFile.SUFFIX).toAbsolutePath().toString());
            slab = SlabFile.create(
                    where,
                    id,
                    plan.ringBytes(),
                    plan.blockBytes(),
                    plan.maxPayload(),
                    config.directory().toAbsolutePath(),
                    config.name());
            lock.note(slab.path().toAbsolutePath().toString());
            return slab;
        } catch (IOException e) {
            if (slab != null) {
                deleteSlab();
            }
            CrashSafety.forgetSlab(lock);
            String reason = "no slab in shared memory: " + e.getMessage()
                    + ": what is in the ring is lost with the process; set slab-directory to a memory file system";
            progress.unsafe(reason);
            complaints.say(Diagnostics.Level.WARN, "crash-safe=false: " + reason, e);
            return null;
        }
    }

    private void deleteSlab() {
        try {
            slab.delete();
        } catch (IOException e) {
            complaints.say(Diagnostics.Level.WARN, "the slab cannot be deleted: " + e, e);
        }
        slab = null;
    }

    private void end() {
        try {
            segments.close();
            safety.end(loop.allSealed(), lock);
        } catch (IOException e) {
            complaints.say(Diagnostics.Level.WARN, "left-overs of the writer cannot be deleted: " + e, e);
            lock.leave();
        } finally {
            done.countDown();
        }
    }

    private void closeLock() {
        try {
            lock.close();
        } catch (IOException e) {
            complaints.say(Diagnostics.Level.WARN, "the writer's lock cannot be deleted: " + e, e);
        }
    }

    /**
     * Closes and waits.
     *
     * @param timeoutNs how long to drain
     * @return true when the thread has ended and nothing was given up
     */
    public boolean close(long timeoutNs) {
        ring.shut(ring.gate() == CaptureRing.FAILED ? CaptureRing.FAILED : CaptureRing.CLOSED);
        long deadline = System.nanoTime() + timeoutNs;
        loop.requestClose(deadline);
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return false; // a listener closes the sink: the loop does it when the listener returns
        }
        boolean ended = awaitEnd(timeoutNs + GRACE_NS);
        // Without a journal, what is not sealed is abandoned; a claim that is still open is neither.
        boolean all = ended && abandoned() == 0 && (loop.allSealed() || !safety.hasJournal());
        recovery.close(deadline - System.nanoTime());
        return all;
    }

    /**
     * Accepted records that are in no file and never will be: given up by the writer thread, or committed to the ring
     * when it had ended.
     *
     * @return a count
     */
    public long abandoned() {
        long inRing = isDone() && !safety.keepsTheRing()
                ? ring.committedFrom(progress.taken().nextPosition())
                : 0;
        return progress.abandoned() + inRing;
    }

    private boolean awaitEnd(long timeoutNs) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + timeoutNs;
        try {
            while (true) {
                try {
                    return done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true; // closing is not given up for it
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Asks for a rotation.
     *
     * @return the request's number, see {@link Progress#rotated}
     */
    public long requestRotation() {
        long request = loop.requestRotation();
        LockSupport.unpark(thread);
        return request;
    }

    /** Ends a sleep of the writer thread; for callers that wait for it anyway. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /**
     * Whether the thread has ended.
     *
     * @return true after {@link #close} or a failure
     */
    public boolean isDone() {
        return done.getCount() == 0;
    }

    /**
     * The writer's name.
     *
     * @return 13 characters
     */
    public String id() {
        return id;
    }

    /**
     * The ring.
     *
     * @return for producers
     */
    public CaptureRing ring() {
        return ring;
    }

    /**
     * Our clock.
     *
     * @return for producers
     */
    public CaptureClock clock() {
        return clock;
    }

    /**
     * The streams.
     *
     * @return by number
     */
    public StreamTable streams() {
        return streams;
    }

    /**
     * What has been done so far.
     *
     * @return live numbers
     */
    public Progress progress() {
        return progress;
    }

    /**
     * The thread.
     *
     * @return whose records are refused
     */
    public Thread thread() {
        return thread;
    }

    /**
     * The sizes in force.
     *
     * @return what {@code memory-limit} became
     */
    public MemoryPlan plan() {
        return plan;
    }
}
