package io.parquetflow.capture;

import io.parquetflow.file.FlowDirectory;
import io.parquetflow.journal.DeadJournal;
import io.parquetflow.journal.SealedState;
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
     * Before a host's open file goes, since that it is gone would mean that its guests are sealed with it: none of them
     * takes it for sealed afterwards.
     *
     * @param host whose open file it is
     * @param open the open file's name
     * @return false when one of them cannot be told now: then the file has to stay
     */
    static boolean reopenGuests(FlowDirectory directory, String host, String open, int fileMode) throws IOException {
        for (String writer : candidates(directory)) {
            if (writer.equals(host) || !waitsFor(directory, writer, open)) {
                continue;
            }
            Optional<DeadWriter> guest = DeadWriter.adopt(directory, writer, fileMode);
            if (guest.isEmpty()) {
                return false;
            }
            try (DeadWriter ours = guest.get()) {
                ours.reopen();
            }
        }
        return true;
    }

    private static boolean waitsFor(FlowDirectory directory, String writer, String open) throws IOException {
        try (DeadWriter seen = DeadWriter.look(directory, writer, "")) {
            SealedState unsealed = seen.extent().unsealed();
            return unsealed != null && unsealed.open().equals(open);
        }
    }
}
