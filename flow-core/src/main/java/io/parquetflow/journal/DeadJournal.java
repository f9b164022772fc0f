package io.parquetflow.journal;

import io.parquetflow.journal.JournalHeader.NotAJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A journal that this process does not write: a dead writer's, or a living one's as it is at this moment. Only read.
 *
 * <p>The end of a file may be torn anywhere: it counts up to the last good frame. A bad frame with good ones behind it is
 * damage: the rest is read, and the file is named, to be kept.
 *
 * <p>Not thread-safe.
 */
public final class DeadJournal implements AutoCloseable {
    private final List<JournalFile> files = new ArrayList<>();
    private final List<NotUnderstood> notUnderstood = new ArrayList<>();
    private final List<Path> empty = new ArrayList<>();
    private final Set<Path> damaged = new TreeSet<>();
    /** Files without a good end. */
    private final Set<Path> torn = new TreeSet<>();

    private JournalHeader header;
    private int lastNumber;
    private boolean hole;
    private long damagedBytes;
    private long missingBlocks;

    /**
     * A file of the journal that stays as it is.
     *
     * @param path the file
     * @param why in words
     */
    public record NotUnderstood(Path path, String why) {}

    private DeadJournal() {}

    /**
     * Who has journals in a directory.
     *
     * @param directory of the files
     * @return names of writers, in order
     * @throws IOException when the directory cannot be read
     */
    public static Set<String> writers(Path directory) throws IOException {
        Set<String> writers = new TreeSet<>();
        for (Path path : list(directory, "*.journal")) {
            String writer = JournalFile.writerOf(path);
            if (writer != null) {
                writers.add(writer);
            }
        }
        return writers;
    }

    private static List<Path> list(Path directory, String glob) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(paths::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            return paths;
        }
        return paths;
    }

    /**
     * Opens a writer's journal.
     *
     * @param directory of the files
     * @param writer the writer's name
     * @return a journal, perhaps without files
     * @throws IOException when the directory or a file cannot be read
     */
    public static DeadJournal open(Path directory, String writer) throws IOException {
        DeadJournal journal = new DeadJournal();
        try {
            List<Path> paths = list(directory, writer + "-*.journal");
            paths.removeIf(path -> JournalFile.number(path, writer) < 0);
            paths.sort(Comparator.comparingInt(path -> JournalFile.number(path, writer)));
            for (Path path : paths) {
                journal.add(path, writer);
            }
            return journal;
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private void add(Path path, String writer) throws IOException {
        int number = JournalFile.number(path, writer);
        hole |= lastNumber > 0 && number > lastNumber + 1;
        lastNumber = Math.max(lastNumber, number);
        FileChannel channel;
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) { // a pipe would be waited for, for ever
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                notUnderstood.add(new NotUnderstood(path, "[" + path + "] is no journal: no regular file"));
            }
            return;
        }
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            hole = true; // sealed and deleted meanwhile
            return;
        }
        try {
            JournalHeader read = JournalHeader.read(channel, path.toString());
            if (read == null) {
                empty.add(path);
                channel.close();
                return;
            }
            if (!read.writer().equals(writer)) {
                throw new NotAJournal("[" + path + "] is the journal of another writer: " + read.writer());
            }
            header = read;
            JournalFile file = new JournalFile(path, number, read.writerBytes(), channel, read.bytes(), channel.size());
            if (!files.isEmpty()) {
                files.get(files.size() - 1).next(file);
            }
            files.add(file);
        } catch (NotAJournal e) {
            channel.close();
            notUnderstood.add(new NotUnderstood(path, e.getMessage()));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Told of every good frame, in the order of the files. */
    public interface Visitor {
        /**
         * A batch of records; it is used again for the next. Frames may come twice.
         *
         * @param batch at its first entry
         * @throws IOException ends the walk
         */
        void records(RecordBatch batch) throws IOException;
    }

    /**
     * Walks all records.
     *
     * @param visitor told of each batch
     * @throws IOException when a file cannot be read, or the visitor's
     */
    public void walk(Visitor visitor) throws IOException {
        RecordBatch batch = new RecordBatch(128 << 10);
        damagedBytes = 0;
        long end = -1;
        for (JournalFile file : files) {
            end = walk(file, end, batch, (kind, frame) -> {
                if (kind == FrameKind.RECORDS) {
                    visitor.records(frame);
                }
            });
        }
    }

    @FunctionalInterface
    private interface Frames {
        void frame(FrameKind kind, RecordBatch frame) throws IOException;
    }

    /** @return where the records of this file end, {@code from} where it has none */
    private long walk(JournalFile file, long from, RecordBatch batch, Frames to) throws IOException {
        long offset = file.begin();
        long end = from;
        while (offset < file.length()) {
            FrameKind kind = file.frameAt(offset, batch);
            if (kind == null) {
                if (isWrittenAgain(file, end, batch)) {
                    return end;
                }
                long behind = file.searchFrom(offset + 1, batch);
                if (behind < file.length() || file.hasUnsearched()) {
                    damaged.add(file.path());
                    damagedBytes += behind - offset;
                } else {
                    torn.add(file.path());
                }
                offset = behind;
                continue;
            }
            offset += batch.frameBytes();
            if (kind == FrameKind.RECORDS) {
                end = batch.endPosition();
            } else if (end < 0) {
                end = batch.firstPosition(); // the oldest file begins where the ones before it ended
            }
            to.frame(kind, batch);
        }
        return end;
    }

    /**
     * What the device refused to keep was written to a later file again, all of it from there on. The good frames behind
     * the bad one must wait for those, or the bad one's records would come behind theirs.
     */
    private boolean isWrittenAgain(JournalFile damagedFile, long position, RecordBatch batch) throws IOException {
        for (JournalFile later = damagedFile.next(); later != null; later = later.next()) {
            long first = firstRecord(later, batch);
            if (first >= 0 && first <= position) {
                return true;
            }
        }
        return false;
    }

    /** Where a file's first good records begin, -1 when there are none. */
    private static long firstRecord(JournalFile file, RecordBatch batch) throws IOException {
        for (long offset = file.begin(); offset < file.length(); offset += batch.frameBytes()) {
            FrameKind kind = file.frameAt(offset, batch);
            if (kind == null) {
                return -1;
            }
            if (kind == FrameKind.RECORDS && batch.count() > 0) {
                return batch.firstPosition();
            }
        }
        return -1;
    }

    /** What a first walk finds out. */
    private static final class Summary {
        private long[][] drops = new long[0][];
        private SealedState sealed = SealedState.NONE;
        private SealedState sealing;
        private long end;
        /** Where records should be and are not: begin and end, one after the other. */
        private final List<Long> gaps = new ArrayList<>();

        void records(long from, long to) {
            if (from > end) {
                gaps.add(end);
                gaps.add(from);
            }
            end = Math.max(end, to);
        }

        /** Of what was never sealed: the files in front of it are gone by right. */
        long missing() {
            long blocks = 0;
            for (int i = 0; i < gaps.size(); i += 2) {
                blocks += Math.max(0, gaps.get(i + 1) - Math.max(gaps.get(i), sealed.end()));
            }
            return blocks;
        }
    }

    /**
     * What is sealed, and where the records end.
     *
     * @param sealed sealed
     * @param unsealed the segment that was about to be sealed and is not, null when there is none
     * @param end position behind the last record of the journal
     * @param drops what the slab said, one list a stream, by cause; empty where nobody has read it yet
     */
    public record Extent(SealedState sealed, SealedState unsealed, long end, List<List<Long>> drops) {}

    /**
     * Finds out what is sealed, and where the records end.
     *
     * @param isSealed whether a segment that was about to get its name has it
     * @return the extent
     * @throws IOException when a file cannot be read
     */
    public Extent extent(Predicate<SealedState> isSealed) throws IOException {
        RecordBatch batch = new RecordBatch(128 << 10);
        Summary summary = new Summary();
        damagedBytes = 0;
        long end = -1;
        for (JournalFile file : files) {
            end = walk(file, end, batch, (kind, frame) -> take(summary, kind, frame, isSealed));
        }
        settle(summary, isSealed);
        missingBlocks = summary.missing();
        if (missingBlocks > 0) {
            damaged.addAll(torn); // records went on behind that end: it was whole once
        }
        List<List<Long>> drops = new ArrayList<>();
        for (long[] row : summary.drops) {
            drops.add(Arrays.stream(row).boxed().toList());
        }
        return new Extent(summary.sealed, summary.sealing, Math.max(summary.end, summary.sealed.end()), drops);
    }

    private static void take(Summary summary, FrameKind kind, RecordBatch frame, Predicate<SealedState> isSealed)
            throws IOException {
        switch (kind) {
            case RECORDS -> summary.records(frame.firstPosition(), frame.endPosition());
            case STATE -> {
                SealedState state = JournalFile.state(frame);
                if (state.end() >= summary.sealed.end()) {
                    summary.sealed = state;
                }
            }
            case SEALING -> {
                SealedState next = JournalFile.state(frame);
                if (summary.sealing != null && !summary.sealing.open().equals(next.open())) {
                    settle(summary, isSealed);
                }
                summary.sealing = next;
            }
            case REOPENED -> {
                String open = new String(JournalFile.body(frame), StandardCharsets.UTF_8);
                if (summary.sealing != null && summary.sealing.open().equals(open)) {
                    summary.sealing = null;
                }
            }
            case DROPS -> summary.drops = drops(JournalFile.body(frame));
        }
    }

    private static long[][] drops(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        int streams = in.getInt();
        int causes = in.getInt();
        if (streams < 0 || causes < 0 || (long) streams * causes * Long.BYTES != in.remaining()) {
            return new long[0][];
        }
        long[][] counts = new long[streams][causes];
        for (long[] row : counts) {
            for (int i = 0; i < causes; i++) {
                row[i] = in.getLong();
            }
        }
        return counts;
    }

    /** The segment before must be sealed once another one is; only the last one is in doubt. */
    private static void settle(Summary summary, Predicate<SealedState> isSealed) {
        if (summary.sealing == null) {
            return;
        }
        if (summary.sealing.end() < summary.sealed.end()) {
            summary.sealing = null; // in front of what is sealed
        } else if (isSealed.test(summary.sealing)) {
            summary.sealed = summary.sealing;
            summary.sealing = null;
        }
    }

    /**
     * What the newest file says of itself.
     *
     * @return null when there is no file that can be read
     */
    public JournalHeader header() {
        return header;
    }

    /**
     * Whether every file was there from the oldest to the newest. A living writer makes and deletes files while they are
     * looked for: then it is to be opened again.
     *
     * @return false when a number is missing
     */
    public boolean isWhole() {
        return !hole;
    }

    /**
     * Number of the newest file, whatever is in it.
     *
     * @return 0 when there is none
     */
    public int lastNumber() {
        return lastNumber;
    }

    /**
     * Files that can be read, the oldest first.
     *
     * @return paths
     */
    public List<Path> paths() {
        return files.stream().map(JournalFile::path).toList();
    }

    /**
     * Files that end within their header: the process died while it made them.
     *
     * @return paths
     */
    public List<Path> empty() {
        return List.copyOf(empty);
    }

    /**
     * Files that are none of ours, damaged at the beginning, or of a newer release.
     *
     * @return each with the reason
     */
    public List<NotUnderstood> notUnderstood() {
        return List.copyOf(notUnderstood);
    }

    /**
     * Files with bad frames in front of good ones, after a walk.
     *
     * @return paths
     */
    public Set<Path> damaged() {
        return new TreeSet<>(damaged);
    }

    /**
     * Bytes of bad frames, after a walk; torn ends do not count.
     *
     * @return bytes
     */
    public long damagedBytes() {
        return damagedBytes;
    }

    /**
     * Blocks of the ring whose records are in no sealed segment and not in the journal either, after
     * {@link #extent}: somebody took a file away, or damaged it.
     *
     * @return blocks, at least one a record; what is behind the end does not count
     */
    public long missingBlocks() {
        return missingBlocks;
    }

    /**
     * Bytes of all files.
     *
     * @return bytes
     */
    public long bytes() {
        return files.stream().mapToLong(JournalFile::length).sum();
    }

    @Override
    public void close() {
        files.forEach(JournalFile::close);
    }
}
