package io.parquetflow.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Records on their way from the ring to the columns, in the form that the journal keeps them in: one batch is one frame.
 * The same bytes are written, checked, and walked, now or after a crash.
 *
 * <pre>
 *  frame                                                     entry
 *   0  magic "PFRM"                                           0  length of the payload
 *   4  length of the body                                     4  position, as blocks from the frame's first
 *   8  CRC32C of the writer's name and all that follows       8  kind, flags, stream
 *  12  kind                                                  12  ts ns
 *  16  position of the first block                           20  drops before
 *  24  records                                               28  [source ns, if flagged]
 *  28  blocks: where the next frame's records begin              payload
 *  32  body: entries, one behind the other
 * </pre>
 *
 * <p>Little endian. An entry of kind {@link #KIND_NAME} is no record: its payload names its stream.
 *
 * <p>Not thread-safe: filled and walked by one thread.
 */
public final class RecordBatch {
    /** Bytes in front of the body. */
    public static final int FRAME_HEADER_BYTES = 32;

    /** A payload. */
    public static final byte KIND_PAYLOAD = 1;
    /** The name of a stream, in front of its first record. */
    public static final byte KIND_NAME = 2;
    /** The entry has a source time. */
    public static final byte FLAG_SOURCE = 2;

    static final int MAGIC = 0x4d524650;
    static final int LENGTH = 4;
    static final int CRC = 8;
    static final int KIND = 12;
    static final int POSITION = 16;
    static final int COUNT = 24;
    static final int BLOCKS = 28;

    /** What a batch of one record takes beside its payload and its stream's name. */
    public static final int OVERHEAD_BYTES = 256;

    private static final int ENTRY_POSITION = 4;
    private static final int ENTRY_KIND = 8;
    private static final int ENTRY_TS = 12;
    private static final int ENTRY_DROPS = 20;
    private static final int ENTRY_SOURCE = 28;
    private static final int ENTRY_BYTES = 28;
    private static final int ENTRY_BYTES_WITH_SOURCE = 36;

    private final CRC32C crc = new CRC32C();
    private ByteBuffer memory;
    private long first;
    private long end;
    private int limit = FRAME_HEADER_BYTES;
    private int count;

    private int next = FRAME_HEADER_BYTES;
    private int at;
    private int length;
    private int flags;

    /**
     * Takes direct memory.
     *
     * @param bytes to begin with; it grows to hold one record that is larger
     */
    public RecordBatch(int bytes) {
        memory = direct(Math.max(bytes, FRAME_HEADER_BYTES + ENTRY_BYTES_WITH_SOURCE));
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Begins a new one.
     *
     * @param position of the ring's block that is read next
     */
    public void clear(long position) {
        memory.clear();
        first = position;
        end = position;
        limit = FRAME_HEADER_BYTES;
        count = 0;
        next = FRAME_HEADER_BYTES;
    }

    /**
     * Whether there is room, without growing, for an entry.
     *
     * @param payloadBytes its payload
     * @return false also when it would be too much for any batch of this size
     */
    public boolean hasRoom(int payloadBytes) {
        return (long) limit + ENTRY_BYTES_WITH_SOURCE + payloadBytes <= memory.capacity();
    }

    /**
     * Adds a record. Grows for it if need be.
     *
     * @param position its position, not before the ones that were added
     * @param flags as in the ring
     * @param stream its number
     * @param tsNs epoch nanoseconds
     * @param dropsBefore the stream's losses as its producer saw them
     * @param sourceNs counts if flagged
     * @param from holds the payload
     * @param payloadAt index of its first byte
     * @param payloadBytes its length
     */
    public void add(
            long position,
            int flags,
            int stream,
            long tsNs,
            long dropsBefore,
            long sourceNs,
            ByteBuffer from,
            int payloadAt,
            int payloadBytes) {
        int to = entry(position, KIND_PAYLOAD, flags, stream, payloadBytes);
        memory.putLong(to + ENTRY_TS, tsNs);
        memory.putLong(to + ENTRY_DROPS, dropsBefore);
        int payload = to + ENTRY_BYTES;
        if ((flags & FLAG_SOURCE) != 0) {
            memory.putLong(to + ENTRY_SOURCE, sourceNs);
            payload = to + ENTRY_BYTES_WITH_SOURCE;
        }
        memory.put(payload, from, payloadAt, payloadBytes);
        limit = payload + payloadBytes;
        count++;
    }

    /**
     * Adds the record that another batch is at.
     *
     * @param from stands on a record
     */
    public void copy(RecordBatch from) {
        add(
                from.position(),
                from.flags,
                from.stream(),
                from.tsNs(),
                from.dropsBefore(),
                from.hasSource() ? from.sourceNs() : 0,
                from.memory,
                from.payloadAt(),
                from.length);
    }

    /**
     * Adds a stream's name, in front of its first record.
     *
     * @param position of that record
     * @param stream its number
     * @param name in UTF-8
     */
    public void addName(long position, int stream, byte[] name) {
        int to = entry(position, KIND_NAME, 0, stream, name.length);
        memory.putLong(to + ENTRY_TS, 0);
        memory.putLong(to + ENTRY_DROPS, 0);
        memory.put(to + ENTRY_BYTES, name);
        limit = to + ENTRY_BYTES + name.length;
    }

    private int entry(long position, byte kind, int entryFlags, int stream, int payloadBytes) {
        int to = limit;
        long needed = (long) to + ENTRY_BYTES_WITH_SOURCE + payloadBytes;
        if (needed > memory.capacity()) {
            memory = direct(Math.toIntExact(needed)).put(0, memory, 0, to);
        }
        memory.putInt(to, payloadBytes);
        memory.putInt(to + ENTRY_POSITION, (int) (position - first));
        memory.putInt(to + ENTRY_KIND, kind | entryFlags << 8 | stream << 16);
        return to;
    }

    /**
     * Ends it.
     *
     * @param position where the next batch's records begin
     */
    public void end(long position) {
        end = position;
    }

    /** Writes the frame's header; answers the whole frame, ready to be written to a file. */
    ByteBuffer frame(byte[] writer) {
        putHeader(memory, FrameKind.RECORDS, limit, first, count, (int) (end - first));
        sign(memory, 0, limit, writer, crc);
        return memory.limit(limit).position(0);
    }

    static void putHeader(ByteBuffer to, FrameKind kind, int frameEnd, long position, int count, int blocks) {
        to.putInt(0, MAGIC);
        to.putInt(LENGTH, frameEnd - FRAME_HEADER_BYTES);
        to.putInt(KIND, kind.code());
        to.putLong(POSITION, position);
        to.putInt(COUNT, count);
        to.putInt(BLOCKS, blocks);
    }

    static void sign(ByteBuffer memory, int from, int to, byte[] writer, CRC32C crc) {
        memory.putInt(from + CRC, checksum(memory, from, to, writer, crc));
    }

    /** With the writer's name in it: a payload that holds a frame of another journal is no frame of this one. */
    static int checksum(ByteBuffer memory, int from, int to, byte[] writer, CRC32C crc) {
        crc.reset();
        crc.update(writer);
        crc.update(memory.limit(to).position(from + KIND));
        memory.clear();
        return (int) crc.getValue();
    }

    /** Room for a frame that is read from a file; grown to it, then to be filled from index 0. */
    ByteBuffer toRead(int frameBytes) {
        if (memory.capacity() < frameBytes) {
            memory = direct(frameBytes);
        }
        return memory.clear().limit(frameBytes);
    }

    /** After a good frame was read into {@link #toRead}. */
    void wasRead(int frameBytes) {
        memory.clear();
        limit = frameBytes;
        first = memory.getLong(POSITION);
        count = memory.getInt(COUNT);
        end = first + memory.getInt(BLOCKS);
        next = FRAME_HEADER_BYTES;
    }

    /**
     * Its memory.
     *
     * @return bytes
     */
    public int memoryBytes() {
        return memory.capacity();
    }

    /**
     * Records in it.
     *
     * @return a count
     */
    public int count() {
        return count;
    }

    /**
     * Where its records begin.
     *
     * @return a position of the ring
     */
    public long firstPosition() {
        return first;
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
     * Its length as a frame.
     *
     * @return bytes
     */
    public int frameBytes() {
        return limit;
    }

    /**
     * Moves to the next entry, a record or a name.
     *
     * @return false at the end, and where an entry does not fit into what is left
     */
    public boolean next() {
        if (next + ENTRY_BYTES > limit) {
            return false;
        }
        at = next;
        length = memory.getInt(at);
        flags = memory.get(at + ENTRY_KIND + 1);
        long behind = (long) payloadAt() + length;
        if (length < 0 || behind > limit) {
            next = limit;
            return false;
        }
        next = (int) behind;
        return true;
    }

    /**
     * Where the entry lies that {@link #next} moves to.
     *
     * @return a position of the ring; the end's when there is none
     */
    public long nextPosition() {
        return next + ENTRY_BYTES <= limit ? first + memory.getInt(next + ENTRY_POSITION) : end;
    }

    /**
     * Records that {@link #next} has not been at.
     *
     * @return a count
     */
    public int left() {
        int from = next;
        int left = 0;
        while (next()) {
            left += isName() ? 0 : 1;
        }
        next = from;
        return left;
    }

    /** The entry at hand comes again with {@link #next}. */
    public void putBack() {
        next = at;
    }

    /**
     * Whether there is more.
     *
     * @return false at the end
     */
    public boolean hasNext() {
        return next < limit;
    }

    /**
     * Whether the entry names a stream.
     *
     * @return false for a record
     */
    public boolean isName() {
        return memory.get(at + ENTRY_KIND) == KIND_NAME;
    }

    /**
     * Where the payload lies.
     *
     * @return not to be moved or written
     */
    public ByteBuffer memory() {
        return memory;
    }

    /**
     * Where the payload begins.
     *
     * @return index into {@link #memory}
     */
    public int payloadAt() {
        return at + (hasSource() ? ENTRY_BYTES_WITH_SOURCE : ENTRY_BYTES);
    }

    /**
     * The payload's length.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }

    /**
     * The record's position.
     *
     * @return a position of the ring
     */
    public long position() {
        return first + memory.getInt(at + ENTRY_POSITION);
    }

    /**
     * Where the next record begins.
     *
     * @return a position of the ring, that of the next entry or of the next batch
     */
    public long entryEnd() {
        return nextPosition();
    }

    /**
     * The record's stream.
     *
     * @return 0 to 65,535
     */
    public int stream() {
        return memory.getShort(at + ENTRY_KIND + 2) & 0xffff;
    }

    /**
     * The record's time.
     *
     * @return epoch nanoseconds
     */
    public long tsNs() {
        return memory.getLong(at + ENTRY_TS);
    }

    /**
     * Whether the caller gave a time of its own beside ours.
     *
     * @return true when {@link #sourceNs} means something
     */
    public boolean hasSource() {
        return (flags & FLAG_SOURCE) != 0;
    }

    /**
     * The caller's other clock.
     *
     * @return nanoseconds
     */
    public long sourceNs() {
        return memory.getLong(at + ENTRY_SOURCE);
    }

    /**
     * The stream's losses as the producer saw them.
     *
     * @return a count since the sink was opened
     */
    public long dropsBefore() {
        return memory.getLong(at + ENTRY_DROPS);
    }
}
