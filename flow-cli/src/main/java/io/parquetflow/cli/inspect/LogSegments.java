package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The segments of log events among a directory's files. Files of other sinks are left out; one that cannot be read is
 * told, and does not keep the others out.
 *
 * <p>Not thread-safe.
 */
final class LogSegments {
    /**
     * How far an event's own time may be ahead of the time at which its segment was written last. Behind it a file need not
     * be opened: an event is written after it has happened, so that only a clock that was set back could say otherwise. A
     * day leaves room for clocks that are in the wrong time zone, and still spares all but the last days of a directory.
     */
    private static final long AHEAD_NS = TimeUnit.DAYS.toNanos(1);

    private final List<LogSegment> segments = new ArrayList<>();
    private final List<IOException> broken = new ArrayList<>();
    private final TreeSet<String> promoted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private boolean any;

    private LogSegments() {}

    /**
     * Reads footers.
     *
     * @param files the oldest first
     * @param fromNs no earlier event is wanted
     */
    static LogSegments among(List<Path> files, long fromNs) throws IOException {
        LogSegments found = new LogSegments();
        List<Path> old = new ArrayList<>();
        for (Path file : files) {
            if (isOld(file, fromNs)) {
                old.add(file);
            } else {
                found.read(file, true);
            }
        }
        // Whether there are log events at all, and which columns they have, also an old segment tells.
        for (int i = old.size() - 1; i >= 0 && !found.any; i--) {
            found.read(old.get(i), false);
        }
        return found;
    }

    /** By the time of the last write, which costs no opening; a copy only looks younger than it is. */
    private static boolean isOld(Path file, long fromNs) throws IOException {
        if (fromNs == Long.MIN_VALUE) {
            return false;
        }
        try {
            long written = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
            return written < fromNs - AHEAD_NS;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private void read(Path file, boolean wanted) throws IOException {
        try {
            LogSegment.read(file).ifPresent(segment -> {
                any = true;
                promoted.addAll(segment.promoted());
                if (wanted) {
                    segments.add(segment);
                }
            });
        } catch (NoSuchFileException gone) {
            return; // retention deletes while we look
        } catch (IOException e) {
            broken.add(e);
        }
    }

    /** Those that may hold wanted events. */
    List<LogSegment> segments() {
        return segments;
    }

    List<Path> files() {
        return segments.stream().map(LogSegment::file).toList();
    }

    /** Files that are not what they should be. */
    List<IOException> broken() {
        return broken;
    }

    /** The names of all columns that are attributes. */
    List<String> promoted() {
        return List.copyOf(promoted);
    }

    /** Whether there are log events in any file, wanted or not. */
    boolean any() {
        return any;
    }
}
