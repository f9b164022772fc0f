package io.parquetflow.capture;

import io.parquetflow.file.FlowDirectory;
import io.parquetflow.journal.DeadJournal;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The writers that a start finds in a directory. */
final class DeadWriters {
    private DeadWriters() {}

    /** Writers that left something to recover, and living ones. */
    static Set<String> candidates(FlowDirectory directory) throws IOException {
        Set<String> writers = new TreeSet<>(DeadJournal.writers(directory.internal()));
        writers.addAll(directory.writersWithNotes());
        return writers;
    }

    /**
     * Before anything of any of them is deleted: segments that were about to be sealed and are not will not be taken for
     * sealed once their open file is gone, which may be another writer's, since guests are sealed with their host.
     */
    static void settle(FlowDirectory directory, Set<String> writers, int fileMode) throws IOException {
        for (String writer : writers) {
            Optional<DeadWriter> dead = DeadWriter.adopt(directory, writer, fileMode);
            if (dead.isPresent()) {
                try {
                    dead.get().reopen();
                } finally {
                    dead.get().close();
                }
            }
        }
    }
}
