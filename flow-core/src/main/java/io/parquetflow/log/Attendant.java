package io.parquetflow.log;

import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.PublicName;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread beside the writer thread that does what no caller may be kept waiting for: opening a sink that could not be
 * opened, and telling of drops: to the framework's status, to standard error, and as a row among the others.
 *
 * <p>Thread-safe: callers say that there is something to tell, the thread tells it.
 */
final class Attendant {
    private static final long LOOK_NS = 1_000_000_000L;
    private static final long OPEN_NS = 5_000_000_000L;
    private static final long SUMMARY_NS = 60_000_000_000L;
    private static final long QUIET_NS = 5_000_000_000L;

    private final EventSink<?> sink;
    private final Diagnostics status;
    private final DropReports reports;
    private final Thread thread;
    private final AtomicBoolean dropping = new AtomicBoolean();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final OwnEvent event = new OwnEvent();
    private volatile boolean closing;

    Attendant(EventSink<?> sink, DropTally drops, Diagnostics status) {
        this.sink = sink;
        this.status = status;
        this.reports = new DropReports(drops, SUMMARY_NS, QUIET_NS);
        this.thread = new Thread(this::run, "parquet-flow-log");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** From a caller: costs one read while the thread knows already. */
    void dropped() {
        if (!dropping.get() && dropping.compareAndSet(false, true)) {
            LockSupport.unpark(thread);
        }
    }

    /** An event could not be made a row of: told once. */
    void failed(Throwable cause) {
        if (failing.compareAndSet(false, true)) {
            status.say(
                    Diagnostics.Level.WARN,
                    "an event could not be made a row of, and is counted as dropped: " + cause + "; told once",
                    cause);
        }
    }

    void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        try {
            thread.join(LOOK_NS / 1_000_000);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean opened = sink.isOpen();
        long triedNs = System.nanoTime();
        while (!closing) {
            long nowNs = System.nanoTime();
            if (!opened && nowNs - triedNs >= OPEN_NS) {
                opened = sink.tryOpen();
                triedNs = nowNs;
            }
            DropReports.Report report = reports.next(nowNs);
            if (report != null) {
                tell(report);
                if (report.over()) {
                    dropping.set(false);
                }
            }
            if (dropping.get() || !opened || reports.isBehind()) {
                LockSupport.parkNanos(LOOK_NS);
            } else {
                LockSupport.park();
            }
        }
    }

    private void tell(DropReports.Report report) {
        String line = sink.name() + ": " + report.line();
        status.say(report.level(), line, null);
        StandardError.say(line);
        event.fill(line, report.over() ? Severity.INFO : Severity.WARN);
        sink.appendOwn(event);
    }

    /** What was dropped at the end, and has not been told. */
    void lastWords() {
        DropReports.Report report = reports.rest(System.nanoTime());
        if (report != null) {
            String line = sink.name() + ": " + report.line();
            status.say(report.level(), line, null);
            StandardError.say(line);
        }
    }

    /** A line of ours among the application's. */
    private static final class OwnEvent extends EventDraft<String> {
        void fill(String line, int severity) {
            clear();
            fill(line);
            severityNumber = severity;
            severityText = Severity.name(severity);
        }

        @Override
        protected void fill(String line) {
            instantNs = epochNs(Instant.now());
            logger = PublicName.DOTTED;
            template = line;
            substituted = true;
            threadName = Thread.currentThread().getName();
            threadId = Thread.currentThread().getId();
        }

        @Override
        protected CharSequence formatted() {
            return template;
        }

        @Override
        protected void appendArg(Object arg, StringBuilder to) {
            to.append(arg);
        }
    }
}
