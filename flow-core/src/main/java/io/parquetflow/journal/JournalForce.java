package io.parquetflow.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What of a journal there is to force to the device.
 *
 * <p>Begun by the writer thread, run by any thread, once, and told of to the writer thread again, through
 * {@link Journal#forced} or {@link Journal#forceFailed}.
 */
public final class JournalForce {
    private final List<JournalFile> parts = new ArrayList<>();
    private final List<Long> lengths = new ArrayList<>();
    private final long end;
    /** Null when its names are on the device. */
    private final Path directory;

    private final JournalFiles maker;

    JournalForce(Collection<JournalFile> files, long end, Path directory, JournalFiles maker) {
        this.end = end;
        this.directory = directory;
        this.maker = maker;
        for (JournalFile file : files) {
            if (file.forced() < file.length()) {
                parts.add(file);
                lengths.add(file.length());
            }
        }
    }

    boolean isEmpty() {
        return parts.isEmpty() && directory == null;
    }

    /**
     * Forces.
     *
     * @throws IOException when the device refuses: then {@link Journal#forceFailed}, and never the same again
     */
    public void run() throws IOException {
        for (JournalFile file : parts) {
            file.force();
        }
        if (directory != null) {
            maker.forceDirectory(directory);
        }
    }

    /** It went well. */
    void done() {
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).forced(lengths.get(i));
        }
    }

    List<JournalFile> parts() {
        return parts;
    }

    boolean hasNames() {
        return directory != null;
    }

    /** The position of the ring up to which everything is on the device then. */
    long end() {
        return end;
    }
}
