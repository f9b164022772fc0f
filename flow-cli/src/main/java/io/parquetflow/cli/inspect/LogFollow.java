package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.cli.shell.Text;
import io.parquetflow.file.FlowDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Prints log events as they come, each once: in rounds, of what is sealed and what is in the journals. A sealed segment is
 * read in one round only. What was printed out of a journal comes again in later rounds and in the end in a segment; it is
 * known by the writer's last number.
 *
 * <p>Not thread-safe: runs on the command's thread until nobody reads any more, or the process is stopped.
 */
final class LogFollow {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Writers that seal faster than one can look are busy, not broken. */
    private static final int MOST_FAILURES = 10;

    private final Path target;
    private final LogPrinter printer;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Consumer<IOException> broken;

    /** Names, which are unique for ever: a segment may be moved to another directory below. */
    private final Set<String> read = new HashSet<>();

    private final Map<String, Long> printed = new HashMap<>();
    private final Set<String> said = new HashSet<>();
    private boolean anyEvents;

    LogFollow(Path target, LogPrinter printer, PrintWriter out, PrintWriter err, Consumer<IOException> broken) {
        this.target = target;
        this.printer = printer;
        this.out = out;
        this.err = err;
        this.broken = broken;
    }

    /**
     * Goes on until nobody reads any more, or there are enough.
     *
     * @param tail so many of what there is at the beginning, negative for all
     * @param limit no more than this, negative for no end
     */
    void run(LogFilter filter, long tail, long limit) throws IOException, SQLException {
        long left = limit;
        long tailNow = tail;
        Set<String> before = Set.of();
        boolean again = true;
        while (left != 0) {
            long start = System.nanoTime();
            Set<String> state = state();
            boolean changed = !state.equals(before);
            // Once more after the last change: a file's time is no finer than the kernel's tick.
            if (changed || again) {
                long count = round(filter, tailNow, left);
                if (count < 0) {
                    return;
                }
                left -= limit < 0 ? 0 : count;
                tailNow = -1;
            }
            again = changed;
            before = state;
            if (out.checkError()) {
                return;
            }
            if (left != 0) {
                LockSupport.parkNanos(Math.max(PAUSE_NS, System.nanoTime() - start)); // never more than half a core
            }
        }
    }

    private long round(LogFilter filter, long tail, long limit) throws IOException, SQLException {
        try (SegmentSet all = look()) {
            List<Path> fresh = new ArrayList<>();
            Set<String> listed = new HashSet<>();
            for (Path file : all.files()) {
                String name = file.getFileName().toString();
                boolean unsealed = all.isUnsealed(file);
                if (unsealed || !read.contains(name)) {
                    fresh.add(file);
                }
                if (!unsealed) {
                    listed.add(name);
                }
            }
            LogSegments segments = LogSegments.among(fresh, filter.fromNs());
            segments.broken().forEach(broken);
            all.remarks().forEach(this::sayOnce);
            read.clear(); // what retention has deleted need not be remembered
            read.addAll(listed);
            sayIfNothing(segments);
            return segments.segments().isEmpty() ? 0 : print(all, segments, filter, tail, limit);
        }
    }

    private long print(SegmentSet all, LogSegments segments, LogFilter filter, long tail, long limit)
            throws IOException, SQLException {
        try (LogQuery query = new LogQuery(segments, filter, printed)) {
            long count = query.print(printer, out, tail, limit);
            List<Path> journals =
                    segments.files().stream().filter(all::isUnsealed).toList();
            query.lastNumbers(journals).forEach((writer, seq) -> printed.merge(writer, seq, Math::max));
            return count;
        }
    }

    private SegmentSet look() throws IOException {
        for (int failed = 1; ; failed++) {
            try {
                return LiveReading.whatThereIs(target);
            } catch (CommandFailed | NoSuchFileException busy) {
                if (failed == MOST_FAILURES || !Files.isDirectory(target)) {
                    throw busy;
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
    }

    private void sayIfNothing(LogSegments segments) {
        anyEvents |= segments.any();
        if (!anyEvents) {
            sayOnce("[" + target + "] no log events here yet, waiting for them");
        }
    }

    private void sayOnce(String remark) {
        if (said.add(remark)) {
            err.println("flow: " + Text.oneLine(remark));
            err.flush();
        }
    }

    /** What changes when events come: looking at it is cheap, reading journals is not. */
    private Set<String> state() throws IOException {
        Set<String> state = new TreeSet<>();
        for (Path file : SegmentFiles.list(target)) {
            state.add(file.toString());
        }
        Path internal = target.resolve(FlowDirectory.INTERNAL);
        if (!Files.isDirectory(internal)) {
            return state;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(internal)) {
            for (Path file : files) {
                addJournal(file, state);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return state;
    }

    private static void addJournal(Path file, Set<String> state) throws IOException {
        try {
            state.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
        } catch (NoSuchFileException gone) {
            state.add(file.toString());
        }
    }
}
