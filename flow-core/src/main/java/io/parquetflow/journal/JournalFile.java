package io.parquetflow.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * One file of a journal: header, then frames. What lies behind {@link #length} is not trusted, whatever it is.
 *
 * <p>Not thread-safe, but for {@link #force}.
 */
final class JournalFile {
    private static final Pattern NAME = Pattern.compile("([a-z2-7]{13})-(\\d{6,9})\\.journal");
    private static final int SEARCH_BYTES = 1 << 20;
    /** A hostile file may hold nothing but beginnings of frames, and each one costs a checksum over what it claims. */
    private static final long MOST_SEARCHED_BYTES = 1L << 30;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer frameHeader =
            ByteBuffer.allocateDirect(RecordBatch.FRAME_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final int number;
    private final byte[] writer;
    private Path path;
    private FileChannel channel;

    /** Where the first frame lies. */
    private int begin;
    /** Behind the last good frame. */
    private long length;
    /** Behind the last record of any of its frames. */
    private long endPosition;
    /** The device has everything in front of it. */
    private long forced;
    /** A write failed and could not be taken back: nothing is appended any more. */
    private boolean finished;
    /** What searches may still cost. */
    private long searchLeft = MOST_SEARCHED_BYTES;
    /** The one that was begun behind it. */
    private JournalFile next;

    JournalFile(Path path, int number, byte[] writer, FileChannel channel, int begin, long length) {
        this.path = path;
        this.number = number;
        this.writer = writer;
        this.channel = channel;
        this.begin = begin;
        this.length = length;
    }

    static String name(String writer, int number) {
        return String.format("%s-%06d.journal", writer, number);
    }

    /** The file's number; -1 where the name is not one of this writer's. */
    static int number(Path file, String writer) {
        Matcher m = NAME.matcher(String.valueOf(file.getFileName()));
        return m.matches() && (writer == null || m.group(1).equals(writer)) ? Integer.parseInt(m.group(2)) : -1;
    }

    /** The writer in a file's name, null where it is none of a journal. */
    static String writerOf(Path file) {
        Matcher m = NAME.matcher(String.valueOf(file.getFileName()));
        return m.matches() ? m.group(1) : null;
    }

    /** Appends a frame. After an exception the file is as before, or {@link #finished}. */
    void append(ByteBuffer frame, long frameEndPosition) throws IOException {
        reopen();
        long at = length;
        try {
            while (frame.hasRemaining()) {
                at += channel.write(frame, at);
            }
        } catch (IOException e) {
            cutBack();
            throw e;
        }
        length = at;
        endPosition = Math.max(endPosition, frameEndPosition);
    }

    /** Takes back what was appended behind an offset, and lets nothing be appended any more. */
    void cutTo(long offset) {
        length = offset;
        finished = true;
        cutBack();
    }

    /** So that nothing but good frames is in it; where that fails, another file goes on. */
    private void cutBack() {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            finished = true;
        }
    }

    /** An interrupt closes the channel of whoever is in it. */
    private void reopen() throws IOException {
        if (!channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    /**
     * Reads the frame at an offset, whatever it holds.
     *
     * @return its kind, null when there is no good frame
     */
    FrameKind frameAt(long offset, RecordBatch to) throws IOException {
        int bytes = frameBytesAt(offset);
        if (bytes < 0) {
            return null;
        }
        ByteBuffer frame = to.toRead(bytes);
        if (!readFully(frame, offset)) {
            return null;
        }
        ByteBuffer memory = to.memory();
        if (memory.getInt(RecordBatch.CRC) != RecordBatch.checksum(memory, 0, bytes, writer, crc)) {
            return null;
        }
        to.wasRead(bytes);
        return FrameKind.of(memory.getInt(RecordBatch.KIND));
    }

    /** Length of what may be a frame; -1 when it cannot be one. */
    int frameBytesAt(long offset) throws IOException {
        frameHeader.clear();
        if (offset + RecordBatch.FRAME_HEADER_BYTES > length || !readFully(frameHeader, offset)) {
            return -1;
        }
        int body = frameHeader.getInt(RecordBatch.LENGTH);
        boolean possible = frameHeader.getInt(0) == RecordBatch.MAGIC
                && body >= 0
                && offset + RecordBatch.FRAME_HEADER_BYTES + body <= length
                && body <= Integer.MAX_VALUE - RecordBatch.FRAME_HEADER_BYTES
                && FrameKind.of(frameHeader.getInt(RecordBatch.KIND)) != null
                && frameHeader.getLong(RecordBatch.POSITION) >= 0
                && frameHeader.getInt(RecordBatch.COUNT) >= 0
                && frameHeader.getInt(RecordBatch.BLOCKS) >= 0;
        return possible ? RecordBatch.FRAME_HEADER_BYTES + body : -1;
    }

    /**
     * The offset of the next good frame behind a bad one, or {@link #length} when there is none, or none was found at a
     * reasonable price.
     */
    long searchFrom(long offset, RecordBatch scratch) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(SEARCH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long at = offset;
        while (at + RecordBatch.FRAME_HEADER_BYTES <= length) {
            window.clear().limit((int) Math.min(SEARCH_BYTES, length - at));
            if (!readFully(window, at)) {
                return length;
            }
            for (int i = 0; i + Integer.BYTES <= window.limit(); i++) {
                if (window.getInt(i) == RecordBatch.MAGIC) {
                    searchLeft -= Math.max(0, frameBytesAt(at + i));
                    if (searchLeft < 0) {
                        return length;
                    }
                    if (frameAt(at + i, scratch) != null) {
                        return at + i;
                    }
                }
            }
            at += window.limit() - (Integer.BYTES - 1);
        }
        return length;
    }

    /** Whether a search ended before the file did: there may be good frames that nobody has seen. */
    boolean hasUnsearched() {
        return searchLeft < 0;
    }

    static SealedState state(RecordBatch frame) throws IOException {
        return SealedState.of(new ByteArrayInputStream(body(frame)));
    }

    static byte[] body(RecordBatch frame) {
        byte[] body = new byte[frame.frameBytes() - RecordBatch.FRAME_HEADER_BYTES];
        frame.memory().get(RecordBatch.FRAME_HEADER_BYTES, body);
        return body;
    }

    private boolean readFully(ByteBuffer to, long offset) throws IOException {
        int start = to.position();
        while (to.hasRemaining()) {
            int read = read(to, offset + to.position() - start);
            if (read < 0) {
                return false;
            }
        }
        to.position(start);
        return true;
    }

    private int read(ByteBuffer to, long at) throws IOException {
        try {
            return channel.read(to, at);
        } catch (ClosedChannelException e) {
            reopen(); // an interrupt, which is not ours
            return channel.read(to, at);
        }
    }

    /** To the device; any thread. Never again after it failed once. */
    void force() throws IOException {
        channel.force(false);
    }

    /** Copies the frames from an offset on, as they are. */
    void copyTo(JournalFile target, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SEARCH_BYTES);
        for (long at = from; at < length; ) {
            buffer.clear().limit((int) Math.min(SEARCH_BYTES, length - at));
            if (!readFully(buffer, at)) {
                throw new IOException("[" + path + "] shorter than what was written: expected=" + length);
            }
            at += buffer.remaining();
            target.append(buffer, endPosition);
        }
    }

    /** Goes on in a copy, where somebody deleted the file or moved it away. */
    void movedTo(Path newPath, FileChannel copy) {
        close();
        path = newPath;
        channel = copy;
        forced = 0;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // every byte was written or reported before
        }
    }

    Path path() {
        return path;
    }

    int number() {
        return number;
    }

    FileChannel channel() {
        return channel;
    }

    int begin() {
        return begin;
    }

    void begin(int offset) {
        begin = offset;
    }

    long length() {
        return length;
    }

    long endPosition() {
        return endPosition;
    }

    long forced() {
        return forced;
    }

    void forced(long offset) {
        forced = Math.max(forced, offset);
    }

    boolean isFinished() {
        return finished;
    }

    void finish() {
        finished = true;
    }

    JournalFile next() {
        return next;
    }

    void next(JournalFile file) {
        next = file;
    }
}
