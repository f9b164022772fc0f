package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The byte arrays of the open page, one behind the other in direct memory: without anything in between, or, in place,
 * with room for a length in front of each, as PLAIN has it, in the memory of the chunk itself.
 *
 * <pre>
 *  own memory:  value value value            offsets and lengths of values; one that is the value before it once more
 *                                            has that one's place
 *  fixed:       value value value            no offsets
 *  in place:    [room for header and levels] length value length value    offsets of lengths and of the end
 *               [room for header, levels, lengths] value value            offsets of values and of the end
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class BytesPage {
    private static final int FIRST_VALUES = 256;
    private static final int FIRST_BYTES = 4 << 10;
    private static final int NOT_FIXED = -1;

    private final DirectBytes bytes;
    private final boolean inPlace;
    /** In place: bytes in front of the first value that are left for page header and levels. */
    private final int room;
    /** In place: bytes of encoded lengths that the last page had in front of its values. */
    private int lengthRoom;

    private final int fixedLength;
    /** Bytes of length in front of each value. */
    private final int lengthBytes;

    private int[] offsets;
    /** In own memory, of values that are of any length. */
    private int[] lengths;
    /** The same: of all values, those that share a place included. */
    private long ownBytes;

    private boolean sharesPlaces;
    private int start;
    private int count;

    private BytesPage(DirectBytes bytes, boolean inPlace, int room, int lengthBytes, int fixedLength) {
        this.bytes = bytes;
        this.inPlace = inPlace;
        this.room = room;
        this.fixedLength = fixedLength;
        this.lengthBytes = lengthBytes;
        this.offsets = new int[fixedLength == NOT_FIXED ? FIRST_VALUES : 0];
        this.lengths = new int[isOwn() ? FIRST_VALUES : 0];
    }

    static BytesPage ofAnyLength(int expectedBytes) {
        return new BytesPage(new DirectBytes(Math.min(FIRST_BYTES, expectedBytes)), false, 0, 0, NOT_FIXED);
    }

    static BytesPage ofLength(int length, int expectedBytes) {
        return new BytesPage(new DirectBytes(Math.min(FIRST_BYTES, expectedBytes)), false, 0, 0, length);
    }

    /** With a length in front of each value, or all lengths in front of all values, to be encoded later. */
    static BytesPage inPlace(DirectBytes chunk, int room, boolean hasLengths) {
        return new BytesPage(chunk, true, room, hasLengths ? Integer.BYTES : 0, NOT_FIXED);
    }

    private boolean isOwn() {
        return fixedLength == NOT_FIXED && !inPlace;
    }

    /** The memory that {@link #at} points into; valid until the next value is added. */
    ByteBuffer memory() {
        return bytes.memory();
    }

    int count() {
        return count;
    }

    /** Where the first value, or its length, begins. */
    int start() {
        return start;
    }

    /** Of all values, with the lengths in front of them if there are any. */
    int size() {
        if (isOwn()) {
            return (int) ownBytes;
        }
        return count == 0 ? 0 : bytes.size() - start;
    }

    /** In front of the open page's values. */
    int room() {
        return room + lengthRoom;
    }

    /** The next page's lengths will take about as much as this one's. */
    void nextLengths(int encodedBytes) {
        lengthRoom = encodedBytes + encodedBytes / 8;
    }

    int lengthBytes() {
        return lengthBytes;
    }

    boolean isInPlace() {
        return inPlace;
    }

    /** Whether a value, not the first, has the place of the one before it: names and levels come in runs. */
    boolean repeats(int i) {
        return sharesPlaces && offsets[i] == offsets[i - 1] && lengths[i] == lengths[i - 1];
    }

    /** Whether the values lie one behind the other, each of them once. */
    boolean isInOnePiece() {
        return !sharesPlaces;
    }

    /** Where a value begins. */
    int at(int i) {
        return fixedLength == NOT_FIXED ? offsets[i] + lengthBytes : start + i * fixedLength;
    }

    int length(int i) {
        if (fixedLength != NOT_FIXED) {
            return fixedLength;
        }
        return inPlace ? offsets[i + 1] - offsets[i] - lengthBytes : lengths[i];
    }

    void add(ByteBuffer from, int at, int length) {
        if (isOwn() && isLast(from, at, length)) {
            repeat(length);
            return;
        }
        int to = append(length);
        bytes.memory().put(to, from, at, length);
    }

    void add(byte[] from, int at, int length) {
        int to = append(length);
        bytes.memory().put(to, from, at, length);
    }

    /** Eight bytes are compared at a time, so both have to lie in one order. */
    private boolean isLast(ByteBuffer from, int at, int length) {
        return count > 0
                && lengths[count - 1] == length
                && from.order() == bytes.memory().order()
                && ByteRanges.mismatch(bytes.memory(), offsets[count - 1], from, at, length) == length;
    }

    private void repeat(int length) {
        makeRoom(1);
        offsets[count] = offsets[count - 1];
        lengths[count] = length;
        ownBytes += length;
        sharesPlaces = true;
        count++;
    }

    /** Value {@code i} is {@code from[ends[first + i], ends[first + i + 1])}. */
    void addAll(ByteBuffer from, int[] ends, int first, int n) {
        if (lengthBytes > 0) {
            for (int i = first; i < first + n; i++) {
                add(from, ends[i], ends[i + 1] - ends[i]);
            }
            return;
        }
        if (n == 0) {
            return;
        }
        open();
        makeRoom(n);
        int shift = bytes.size() - ends[first];
        bytes.put(from, ends[first], ends[first + n] - ends[first]);
        if (isOwn()) {
            for (int i = 0; i < n; i++) {
                offsets[count + i] = ends[first + i] + shift;
                lengths[count + i] = ends[first + i + 1] - ends[first + i];
            }
            ownBytes += ends[first + n] - ends[first];
        } else {
            for (int i = 1; i <= n; i++) {
                offsets[count + i] = ends[first + i] + shift;
            }
        }
        count += n;
    }

    /** {@code n} values of the fixed length, one behind the other. */
    void addAll(ByteBuffer from, int at, int n) {
        if (n > 0) {
            open();
            bytes.put(from, at, Math.multiplyExact(n, fixedLength));
            count += n;
        }
    }

    /** Makes room for a value, and answers where its bytes go. */
    private int append(int length) {
        open();
        bytes.ensure(lengthBytes + length);
        int at = bytes.size() + lengthBytes;
        if (lengthBytes > 0) {
            bytes.memory().putInt(bytes.size(), length);
        }
        bytes.cutTo(at + length);
        if (fixedLength == NOT_FIXED) {
            makeRoom(1);
            if (isOwn()) {
                offsets[count] = at;
                lengths[count] = length;
                ownBytes += length;
            } else {
                offsets[count + 1] = at + length;
            }
        }
        count++;
        return at;
    }

    /** A page without values has a place, too. */
    void open() {
        if (count > 0) {
            return;
        }
        if (inPlace) {
            bytes.skip(room());
        }
        start = bytes.size();
        if (fixedLength == NOT_FIXED) {
            offsets[0] = start;
        }
    }

    private void makeRoom(int n) {
        int needed = count + n + 1;
        if (needed > offsets.length) {
            offsets = Arrays.copyOf(offsets, TypedValues.grown(offsets.length, needed));
            lengths = isOwn() ? Arrays.copyOf(lengths, offsets.length) : lengths;
        }
    }

    void clear() {
        count = 0;
        ownBytes = 0;
        sharesPlaces = false;
        if (!inPlace) {
            bytes.clear();
        }
        start = bytes.size();
    }

    long memoryBytes() {
        return (long) (offsets.length + lengths.length) * Integer.BYTES + (inPlace ? 0 : bytes.capacity());
    }
}
