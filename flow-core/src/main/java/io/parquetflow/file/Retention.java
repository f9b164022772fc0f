package io.parquetflow.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Deletes the oldest sealed segments of one sink when there are too many bytes, too many files, or they are too old.
 * The newest one always stays. A segment's rejects count with it and go with it. Segments of other sinks, open ones,
 * left-overs and foreign files are never deleted, but our left-overs count as bytes.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public final class Retention {
    private final FlowDirectory directory;
    private final String sink;
    private final Ledger ledger;
    private final long maxBytes;
    private final Duration maxAge;
    private final long maxFiles;

    /**
     * Sets the limits; 0 is none.
     *
     * @param directory the sink's directory
     * @param sink the sink's name
     * @param ledger where each deletion is written down
     * @param maxBytes of everything of ours
     * @param maxAge since a segment was sealed
     * @param maxFiles sealed segments
     */
    public Retention(
            FlowDirectory directory, String sink, Ledger ledger, long maxBytes, Duration maxAge, long maxFiles) {
        this.directory = directory;
        this.sink = sink;
        this.ledger = ledger;
        this.maxBytes = maxBytes;
        this.maxAge = maxAge;
        this.maxFiles = maxFiles;
    }

    /**
     * Whether there is any limit.
     *
     * @return false when {@link #apply} never deletes
     */
    public boolean isOn() {
        return maxBytes > 0 || maxFiles > 0 || !maxAge.isZero();
    }

    /**
     * Deletes what is too much.
     *
     * @param now the time that age is measured against
     * @return segments deleted, their rejects not counted
     * @throws IOException when the directory cannot be read or a file not be deleted
     */
    public int apply(Instant now) throws IOException {
        if (!isOn()) {
            return 0;
        }
        Deque<SealedFile> files = new ArrayDeque<>(directory.sealed(sink));
        long bytes = directory.internalBytes(sink)
                + files.stream().mapToLong(f -> f.bytes() + rejectsBytes(f)).sum();
        int deleted = 0;
        while (files.size() > 1) {
            SealedFile oldest = files.peekFirst();
            String reason = reasonToDelete(oldest, files.size(), bytes, now);
            if (reason == null) {
                break;
            }
            bytes -= delete(oldest, reason);
            files.removeFirst();
            deleted++;
        }
        return deleted;
    }

    /** 0 where there are none, or their user took them away meanwhile. */
    private long rejectsBytes(SealedFile file) {
        return directory.rejects(file.name()).toFile().length();
    }

    /** Rejects first: without their segment nobody would ever look for them. Answers the bytes of both. */
    private long delete(SealedFile file, String reason) throws IOException {
        Path rejects = directory.rejects(file.name());
        long rejectsBytes = rejectsBytes(file);
        if (Files.isRegularFile(rejects)) {
            delete(rejects, rejectsBytes, reason);
        }
        delete(file.path(), file.bytes(), reason);
        return file.bytes() + rejectsBytes;
    }

    /** The ledger first; but a full disk that has no room for a line has all the more need of the deletion. */
    private void delete(Path file, long bytes, String reason) throws IOException {
        String details = "file=" + directory.root().relativize(file) + " bytes=" + bytes + " reason=" + reason;
        try {
            ledger.append("delete", details);
        } catch (IOException e) {
            if (!StorageFaults.isFull(e)) {
                throw e;
            }
            Files.deleteIfExists(file);
            ledger.append("delete", details);
            return;
        }
        Files.deleteIfExists(file);
    }

    private String reasonToDelete(SealedFile oldest, int files, long bytes, Instant now) {
        if (maxFiles > 0 && files > maxFiles) {
            return "retain-files";
        }
        if (maxBytes > 0 && bytes > maxBytes) {
            return "retain-bytes";
        }
        if (!maxAge.isZero() && oldest.modified().plus(maxAge).isBefore(now)) {
            return "retain-age";
        }
        return null;
    }
}
