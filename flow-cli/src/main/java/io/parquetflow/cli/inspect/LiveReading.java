package io.parquetflow.cli.inspect;

import io.parquetflow.capture.JournalSnapshot;
import io.parquetflow.cli.inspect.SegmentSet.Undecoded;
import io.parquetflow.cli.shell.CommandFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts sealed segments and journals together, each record once, while writers go on.
 *
 * <p>Segments are listed between two looks at the journals. When both looks see the same sealed state, the list and the
 * second look belong together. A single writer that seals faster than one can look is told apart by the numbers of its
 * segments.
 */
final class LiveReading {
    /** Then the numbers have to do. */
    private static final int LOOKS_AT_ONE = 4;

    private static final int LOOKS_AT_MANY = 200;
    private static final long BETWEEN_LOOKS_NS = 1_000_000L;

    private LiveReading() {}

    static SegmentSet of(Path target) throws IOException {
        SegmentSet found = whatThereIs(target);
        if (found.files().isEmpty() && found.undecoded().isEmpty()) {
            found.close();
            throw new CommandFailed("[" + target + "] no sealed segments (*.parquet) here, and nothing in a journal;"
                    + " is it the sink's directory?");
        }
        return found;
    }

    /** The same, but nothing is fine: for those who wait for more. */
    static SegmentSet whatThereIs(Path target) throws IOException {
        TemporaryDirectory temporary = new TemporaryDirectory();
        try {
            List<Path> files = new ArrayList<>();
            List<Undecoded> undecoded = new ArrayList<>();
            List<String> remarks = new ArrayList<>();
            try (Look look = look(target)) {
                files.addAll(look.segments());
                for (JournalSnapshot.Part part : look.journals().writeTo(temporary.path())) {
                    if (part.decoder().isEmpty()) {
                        files.add(part.file());
                    } else {
                        undecoded.add(new Undecoded(part.file(), part.sink(), part.decoder()));
                    }
                }
                remarks.addAll(look.journals().remarks());
            }
            files.sort(SegmentFiles.IN_TIME);
            return new SegmentSet(files, undecoded, remarks, temporary);
        } catch (IOException | RuntimeException e) {
            temporary.close();
            throw e;
        }
    }

    /** Journals, and the segments that go with them. */
    private record Look(JournalSnapshot journals, List<Path> segments) implements AutoCloseable {
        @Override
        public void close() {
            journals.close();
        }
    }

    private static Look look(Path target) throws IOException {
        JournalSnapshot before = JournalSnapshot.take(target);
        for (int looks = 1; ; looks++) {
            List<Path> segments = listBehind(before, target);
            JournalSnapshot after = takeBehind(before, target);
            boolean same = after.sees(before);
            before.close();
            if (same) {
                return new Look(after, segments);
            }
            if (looks >= LOOKS_AT_ONE && after.isEnough()) {
                List<Path> earlier = listBehind(after, target);
                earlier.removeIf(
                        file -> SegmentFiles.nameOf(file).filter(after::isLater).isPresent());
                return new Look(after, earlier);
            }
            if (looks == LOOKS_AT_MANY) {
                after.close();
                throw new CommandFailed(
                        "[" + target + "] several writers seal segments faster than their journals can be"
                                + " read: try again, or leave --live away");
            }
            before = after;
            LockSupport.parkNanos(BETWEEN_LOOKS_NS);
        }
    }

    private static List<Path> listBehind(JournalSnapshot open, Path target) throws IOException {
        try {
            return SegmentFiles.list(target);
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private static JournalSnapshot takeBehind(JournalSnapshot open, Path target) throws IOException {
        try {
            return JournalSnapshot.take(target);
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }
}
