package io.parquetflow.capture;

import io.parquetflow.file.FlowDirectory;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Recovers what dead writers left, behind the sink's back, while it takes new records already.
 *
 * <p>{@link #close} on any thread.
 */
final class RecoveryThread {
    private static final long POLL_NS = 1_000_000L;
    private static final int ATTEMPTS = 2;

    private final SinkConfig config;
    private final RowForm form;
    private final Listeners listeners;
    private final Complaints complaints;
    private final Progress progress;
    private final StreamTable streams;
    private final GuestDesk desk;
    private int guests;
    private final Map<String, Integer> otherStreams = new HashMap<>();
    private final Set<String> candidates;
    private final Thread thread;
    private volatile boolean stopped;

    RecoveryThread(
            SinkConfig config,
            RowForm form,
            Complaints complaints,
            Progress progress,
            StreamTable streams,
            GuestDesk desk,
            Set<String> candidates) {
        this.config = config;
        this.form = form;
        this.listeners = new Listeners(List.of(), progress); // those of users are called on the writer thread
        this.complaints = complaints;
        this.progress = progress;
        this.streams = streams;
        this.desk = desk;
        this.candidates = candidates;
        this.thread = new Thread(this::run, "parquet-flow-" + config.name() + "-recovery");
        thread.setDaemon(true);
    }

    /** Where no thread is to be had, the sink runs all the same. */
    void start() {
        if (candidates.isEmpty()) {
            return;
        }
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            complaints.say(
                    Diagnostics.Level.WARN, "cannot recover now, no thread: " + e + ": the next start tries again", e);
        }
    }

    private void run() {
        Set<String> left = new TreeSet<>(candidates);
        for (int attempt = 1; attempt <= ATTEMPTS && !left.isEmpty(); attempt++) {
            boolean last = attempt == ATTEMPTS;
            left.removeIf(writer -> stopped || isRecovered(writer, last));
        }
    }

    /** One may have to wait for another that is behind it, or that another process is at just now. */
    private boolean isRecovered(String writer, boolean last) {
        try {
            recover(writer);
            return true;
        } catch (IOException | RuntimeException | Error e) {
            if (last) {
                progress.error(String.valueOf(e));
                complaints.say(
                        Diagnostics.Level.WARN,
                        "cannot recover writer " + writer + " now: " + e
                                + ": nothing of it was deleted; the next start tries again, and so does flow recover",
                        e);
            }
            return false;
        }
    }

    private void recover(String writer) throws IOException {
        FlowDirectory directory = new FlowDirectory(config.directory());
        Optional<DeadWriter> adopted = DeadWriter.adopt(directory, writer, (int) config.number(ConfigKey.FILE_MODE));
        if (adopted.isEmpty()) {
            return;
        }
        DeadWriter dead = adopted.get();
        if (isAnothers(dead)) {
            dead.close();
            return;
        }
        Recovery recovery = new Recovery(config, form, listeners, complaints, () -> stopped);
        Recovery.Outcome outcome;
        try {
            dead.salvage(recovery.isForced(dead));
            if (joins(dead, recovery)) {
                return;
            }
            if (stopped) {
                dead.close();
                return;
            }
            outcome = recovery.recover(dead);
        } catch (IOException | RuntimeException | Error e) {
            dead.close();
            throw e;
        }
        progress.recovered(outcome.records(), dead.takeSetAside());
        if (!outcome.complete()) {
            dead.close();
        }
        tell(dead, outcome);
    }

    /** Little enough for the sink's next segment: then it is the writer thread's from here on. */
    private boolean joins(DeadWriter dead, Recovery recovery) throws IOException {
        boolean force = config.durability() == Durability.POWER;
        if (config.durability() == Durability.OFF
                || !dead.isKnown()
                || recovery.isForced(dead) != force // the segment would not be forced
                || !recovery.isOfThisSink(dead.header())) {
            return false;
        }
        dead.deleteRejectsOfUnsealed();
        Guest guest = Guest.of(dead, ++guests, streams, otherStreams, force);
        if (guest == null) {
            return false;
        }
        tellRemarks(dead); // from then on it is the writer thread's
        progress.recovered(0, dead.takeSetAside());
        while (!desk.offer(guest)) {
            if (desk.isClosed() || stopped) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }

    /** A decoder is only known to the sink that has it. */
    private boolean isAnothers(DeadWriter dead) {
        return dead.isKnown()
                && dead.header().get(JournalNotes.FORM).equals(JournalNotes.DECODER)
                && !dead.header().get(JournalNotes.SINK).equals(config.name());
    }

    private void tellRemarks(DeadWriter dead) {
        tellRemarks(dead.writer(), dead.takeRemarks(), complaints);
    }

    static void tellRemarks(String writer, List<String> remarks, Complaints complaints) {
        for (String remark : remarks) {
            complaints.say(Diagnostics.Level.WARN, "recovering writer " + writer + ": " + remark, null);
        }
    }

    private void tell(DeadWriter dead, Recovery.Outcome outcome) {
        tellRemarks(dead);
        if (outcome.records() > 0 || !outcome.segments().isEmpty()) {
            complaints.say(
                    Diagnostics.Level.INFO,
                    "recovered what writer " + dead.writer() + " left: records=" + outcome.records() + ", segments="
                            + outcome.segments() + (outcome.complete() ? "" : "; the rest at the next start"),
                    null);
        }
    }

    /** Lets it finish, up to the deadline; what is left then is for the next start. */
    void close(long timeoutNs) {
        if (!thread.isAlive() || Thread.currentThread() == thread) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, timeoutNs));
            stopped = true;
            TimeUnit.NANOSECONDS.timedJoin(thread, TimeUnit.SECONDS.toNanos(1));
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }
}
