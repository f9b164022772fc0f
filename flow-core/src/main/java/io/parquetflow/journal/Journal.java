package io.parquetflow.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The append-only files of raw records that are not yet in a sealed segment. One batch is one frame and one write; after
 * it, the records survive the process. A file is deleted when all its records are in sealed segments.
 *
 * <p>Each file begins with a header, what is sealed by then, and the names of all streams so far: those behind it can do
 * without those in front of it. The newest file is never deleted while the writer lives, because it says so.
 *
 * <p>Not thread-safe: the writer thread's, but for {@link JournalForce#run}.
 */
public final class Journal implements AutoCloseable {
    /** Files are this long, and one frame longer, at the most, unless very many of them wait. */
    public static final long FILE_BYTES = 64L << 20;

    /** However short the segments are. */
    private static final long LEAST_FILE_BYTES = 256L << 10;

    /** Each keeps a descriptor: where seals take long and many wait, the next ones are twice as long. */
    private static final int FILES_OF_A_LENGTH = 32;

    private static final int MOST_DOUBLINGS = 8;

    private final CRC32C crc = new CRC32C();
    private final Path directory;
    private final JournalHeader header;
    private final byte[] writer;
    private final JournalFiles maker;
    private final JournalNames names;
    private final Deque<JournalFile> files = new ArrayDeque<>();
    private final JournalCursor cursor;

    private long fileBytes = FILE_BYTES;
    private int number;
    private long end;
    private long durable;
    private SealedState state;
    private boolean directoryForced = true;
    /** The file that says {@link #state}, and where it has said so. */
    private JournalFile stateIn;

    private long stateBehind;
    /** The same of what is about to be sealed. */
    private JournalFile nextIn;

    private long nextBehind;

    /**
     * Begins a writer's journal, or goes on with a dead one's. Makes no file yet.
     *
     * @param directory where its files go
     * @param header whose it is
     * @param maker makes files
     * @param names of streams
     * @param state what is sealed
     * @param number of the last file there is, 0 for none
     */
    public Journal(
            Path directory,
            JournalHeader header,
            JournalFiles maker,
            JournalNames names,
            SealedState state,
            int number) {
        this.directory = directory;
        this.header = header;
        this.writer = header.writerBytes();
        this.maker = maker;
        this.names = names;
        this.state = state;
        this.number = number;
        this.end = state.end();
        this.cursor = new JournalCursor(null, 0, end);
    }

    /**
     * Makes files shorter than the segments they feed: one whose records are all sealed is deleted as a whole.
     *
     * @param segmentBytes length of a segment
     */
    public void feeds(long segmentBytes) {
        fileBytes = Math.max(LEAST_FILE_BYTES, Math.min(FILE_BYTES, segmentBytes / 4));
    }

    /**
     * Makes sure that there is a file to append to.
     *
     * @throws IOException when there is none and none can be made
     */
    public void open() throws IOException {
        JournalFile current = files.peekLast();
        if (current == null || current.isFinished() || current.length() >= mostFileBytes()) {
            roll();
        }
    }

    private long mostFileBytes() {
        return fileBytes << Math.min(files.size() / FILES_OF_A_LENGTH, MOST_DOUBLINGS);
    }

    /** The newest file keeps refusing: the next frame goes into another one. */
    public void distrust() {
        if (!files.isEmpty()) {
            files.getLast().finish();
        }
    }

    /**
     * Goes on in a new file.
     *
     * @throws IOException when it cannot be made: then all is as before
     */
    public void roll() throws IOException {
        Path path = directory.resolve(JournalFile.name(header.writer(), number + 1));
        FileChannel channel = maker.make(path);
        JournalFile file;
        long behind;
        try {
            byte[] head = header.toBytes();
            file = new JournalFile(path, number + 1, writer, channel, 0, 0);
            file.append(ByteBuffer.wrap(head), end);
            file.begin(head.length);
            file.append(frame(FrameKind.STATE, state.toBytes()), end);
            behind = file.length();
            file.append(namesFrame().frame(writer), end);
        } catch (IOException | RuntimeException | Error e) { // no memory, above all: the name is wanted again
            channel.close();
            Files.deleteIfExists(path);
            throw e;
        }
        number++;
        stateIn = file;
        stateBehind = behind;
        directoryForced = false;
        if (files.isEmpty()) {
            cursor.moveTo(file, end);
        } else {
            files.peekLast().next(file);
            files.peekLast().finish();
        }
        files.addLast(file);
    }

    private RecordBatch namesFrame() {
        RecordBatch batch = new RecordBatch(4 << 10);
        batch.clear(end);
        names.tell((stream, name) -> batch.addName(end, stream, name));
        return batch;
    }

    private ByteBuffer frame(FrameKind kind, byte[] body) {
        int bytes = RecordBatch.FRAME_HEADER_BYTES + body.length;
        ByteBuffer frame = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        frame.put(RecordBatch.FRAME_HEADER_BYTES, body);
        RecordBatch.putHeader(frame, kind, bytes, end, 0, 0);
        RecordBatch.sign(frame, 0, bytes, writer, crc);
        return frame;
    }

    /**
     * Appends a batch. After it the records survive the process.
     *
     * @param batch with one record or more
     * @throws IOException when the file system refuses; the journal is as before, try again
     */
    public void append(RecordBatch batch) throws IOException {
        open();
        files.getLast().append(batch.frame(writer), batch.endPosition());
        end = batch.endPosition();
    }

    /**
     * Says that a segment gets its final name next. From here on it is sealed if its open file is gone.
     *
     * @param next what will be sealed then
     * @throws IOException when the file system refuses
     */
    public void sealing(SealedState next) throws IOException {
        open();
        nextIn = files.getLast();
        nextIn.append(frame(FrameKind.SEALING, next.toBytes()), end);
        nextBehind = nextIn.length();
    }

    /**
     * Takes {@link #sealing} back: the open file will be gone for another reason.
     *
     * @param open its file name
     * @throws IOException when the file system refuses: then the open file must stay
     */
    public void reopened(String open) throws IOException {
        open();
        files.getLast().append(frame(FrameKind.REOPENED, open.getBytes(StandardCharsets.UTF_8)), end);
    }

    /**
     * Keeps what a dead writer's slab says of drops, since the slab is about to go.
     *
     * @param counts one row a stream, by number: drops by cause
     * @throws IOException when the file system refuses
     */
    public void drops(long[][] counts) throws IOException {
        open();
        int causes = counts.length == 0 ? 0 : counts[0].length;
        ByteBuffer body = ByteBuffer.allocate(2 * Integer.BYTES + counts.length * causes * Long.BYTES);
        body.putInt(counts.length).putInt(causes);
        for (long[] row : counts) {
            for (long count : row) {
                body.putLong(count);
            }
        }
        byte[] bytes = new byte[body.flip().remaining()];
        body.get(bytes);
        files.getLast().append(frame(FrameKind.DROPS, bytes), end);
    }

    /**
     * Everything so far, to the device. For writers that have nothing else to do.
     *
     * @throws IOException when the device refuses
     */
    public void forceAll() throws IOException {
        JournalForce force = force();
        if (force == null) {
            return;
        }
        try {
            force.run();
        } catch (IOException e) {
            forceFailed(force);
            throw e;
        }
        forced(force);
    }

    /**
     * The segment has its name.
     *
     * @param now what was said with {@link #sealing}
     */
    public void sealed(SealedState now) {
        state = now;
        stateIn = nextIn;
        stateBehind = nextBehind;
    }

    /**
     * Files all of whose records are in sealed segments, oldest first, but for the newest. They are the caller's now, to
     * be deleted in this order: what a later one says of an earlier one has to outlive it.
     *
     * @param forced whether what says so has to be on the device before they may go
     * @return their paths; their channels are closed
     */
    public List<Path> takeSealed(boolean forced) {
        if (files.size() == 1
                && end > 0
                && end <= state.end()
                && files.getLast().length() > fileBytes / 4) {
            rollIfPossible();
        }
        List<Path> sealed = new ArrayList<>();
        while (files.size() > 1 && files.getFirst().endPosition() <= state.end() && isSaidElsewhere(forced)) {
            JournalFile file = files.removeFirst();
            cursor.leave(file);
            file.close();
            sealed.add(file.path());
        }
        return sealed;
    }

    /** Files that were begun while a segment was being sealed do not know of it. */
    private boolean isSaidElsewhere(boolean onDevice) {
        try {
            if (stateIn == null || stateIn == files.getFirst()) {
                open();
                JournalFile last = files.getLast();
                last.append(frame(FrameKind.STATE, state.toBytes()), end);
                stateIn = last;
                stateBehind = last.length();
            }
        } catch (IOException e) {
            return false; // they stay a while
        }
        return !onDevice || stateIn.forced() >= stateBehind;
    }

    /** To get rid of a long file whose records are all sealed; where that fails, it stays a while. */
    private void rollIfPossible() {
        try {
            roll();
        } catch (IOException e) {
            return;
        }
        cursor.moveTo(files.getLast(), end);
    }

    /**
     * Walks behind the end.
     *
     * @return the one cursor
     */
    public JournalCursor cursor() {
        return cursor;
    }

    /** The batch that was appended last needs no reading back. */
    public void skipLast() {
        cursor.moveTo(files.getLast(), end);
    }

    /**
     * Bytes behind the cursor's place.
     *
     * @return bytes that were appended and not read back
     */
    public long backlogBytes() {
        return cursor.position() >= end ? 0 : cursor.bytesAhead(); // frames of seals are no records
    }

    /**
     * Files that are kept open.
     *
     * @return a count
     */
    public int fileCount() {
        return files.size();
    }

    /**
     * Where the next batch's records begin.
     *
     * @return a position of the ring
     */
    public long endPosition() {
        return end;
    }

    /**
     * Everything in front of it is on the device.
     *
     * @return a position of the ring
     */
    public long durablePosition() {
        return durable;
    }

    /**
     * Begins to force.
     *
     * @return null when there is nothing to force
     */
    public JournalForce force() {
        JournalForce force = new JournalForce(files, end, directoryForced ? null : directory, maker);
        return force.isEmpty() ? null : force;
    }

    /** Another file has come into the directory, whose name is to be on the device with the next force. */
    public void namesChanged() {
        directoryForced = false;
    }

    /**
     * It went well.
     *
     * @param force that was run
     */
    public void forced(JournalForce force) {
        force.done();
        if (force.hasNames()) {
            directoryForced = files.isEmpty() || files.getLast().forced() > 0;
        }
        durable = Math.max(durable, force.end());
    }

    /**
     * It did not: what was not forced is written again, to a new file, which can be forced. The kernel forgets which pages
     * it could not write, and would say yes to a second attempt for nothing.
     *
     * @param force that failed
     * @throws IOException when that cannot be done now; call again
     */
    public void forceFailed(JournalForce force) throws IOException {
        List<JournalFile> old = new ArrayList<>(files);
        roll();
        JournalFile fresh = files.getLast();
        long head = fresh.length();
        boolean behind = false;
        try {
            for (JournalFile file : old) { // later files, too: recovery takes records in the order of the files
                behind |= force.parts().contains(file);
                if (behind) {
                    file.copyTo(fresh, Math.max(file.begin(), file.forced()));
                }
            }
        } catch (IOException e) {
            fresh.cutTo(head);
            throw e;
        }
        for (JournalFile file : force.parts()) {
            file.forced(file.length());
        }
    }

    /**
     * Writes files again that somebody deleted or moved away, from what the descriptors still have.
     *
     * @return how many
     * @throws IOException when that cannot be done now; call again
     */
    public int restoreIfGone() throws IOException {
        int restored = 0;
        for (JournalFile file : files) {
            if (Files.exists(file.path())) {
                continue;
            }
            Path fresh = file.path().resolveSibling(file.path().getFileName() + ".new");
            Files.deleteIfExists(fresh);
            FileChannel channel = maker.make(fresh);
            try {
                long at = 0;
                while (at < file.length()) {
                    long copied = file.channel().transferTo(at, file.length() - at, channel.position(at));
                    if (copied <= 0) {
                        throw new IOException("[" + file.path() + "] the deleted journal cannot be read any more");
                    }
                    at += copied;
                }
                Files.move(fresh, file.path(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            file.movedTo(file.path(), channel);
            directoryForced = false;
            restored++;
        }
        return restored;
    }

    /**
     * All its files, the oldest first.
     *
     * @return paths
     */
    public List<Path> paths() {
        return files.stream().map(JournalFile::path).toList();
    }

    /**
     * What is sealed.
     *
     * @return the newest state
     */
    public SealedState state() {
        return state;
    }

    /** Closes the descriptors; the files stay. */
    @Override
    public void close() {
        files.forEach(JournalFile::close);
    }
}
