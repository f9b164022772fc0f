package io.parquetflow.column;

/**
 * Structures in Thrift's compact protocol, as Parquet's headers, indexes and footer are written. The protocol's own library
 * makes objects for every field and list; a chunk's metadata is written for each row group as long as a sink lives.
 *
 * <p>Fields have to come in the order of their numbers, as they do in what parquet-java writes.
 *
 * <p>Not thread-safe. Used again for structure after structure: its memory grows to the largest and stays.
 */
public final class CompactThrift {
    /** Element type of a list of booleans. */
    static final int BOOLEANS = 1;
    /** Element type of a list of 32-bit numbers and of enumerations. */
    static final int I32S = 5;
    /** Element type of a list of 64-bit numbers. */
    static final int I64S = 6;
    /** Element type of a list of byte arrays and of text. */
    static final int BINARIES = 8;
    /** Element type of a list of structures. */
    public static final int STRUCTS = 12;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;

    private static final int STOP = 0;
    private static final int MOST_IN_FIELD = 15;
    private static final int MOST_IN_LIST = 14;
    /** Footer, row group, column chunk, its metadata, statistics: five deep. */
    private static final int MOST_DEPTH = 8;

    private final HeapBytes out;
    private final int[] outerFields = new int[MOST_DEPTH];
    private int depth;
    /** Number of the last field of the open structure: fields are told as differences. */
    private int lastField;

    /**
     * Takes memory.
     *
     * @param capacity bytes to begin with
     */
    public CompactThrift(int capacity) {
        out = new HeapBytes(capacity);
    }

    /** Forgets what was written. */
    public void clear() {
        out.cutTo(0);
        depth = 0;
        lastField = 0;
    }

    /** Forgets the bytes, which went elsewhere; what is open stays open. */
    public void taken() {
        out.cutTo(0);
    }

    /**
     * Bytes written.
     *
     * @return a count since {@link #clear} or {@link #taken}
     */
    public int size() {
        return out.size();
    }

    /**
     * What was written, from index 0 on.
     *
     * @return valid until something more is written
     */
    public byte[] array() {
        return out.array();
    }

    /** Bytes on the heap. */
    int capacity() {
        return out.array().length;
    }

    /** Begins a structure that is an element of a list, or no part of another. */
    public void begin() {
        outerFields[depth++] = lastField;
        lastField = 0;
    }

    /**
     * Begins a structure that is a field.
     *
     * @param field its number
     */
    public void begin(int field) {
        field(field, STRUCT);
        begin();
    }

    /** Ends the structure that was begun last. */
    public void end() {
        out.add(STOP);
        lastField = outerFields[--depth];
    }

    /**
     * Fields of the open structure that were written before.
     *
     * @param from their array
     * @param at index of the first byte
     * @param length bytes
     * @param field number of the last of them
     */
    public void fields(byte[] from, int at, int length, int field) {
        raw(from, at, length);
        lastField = field;
    }

    /** A field that is a structure, written before. */
    void field(int field, byte[] from, int at, int length) {
        field(field, STRUCT);
        raw(from, at, length);
    }

    private void field(int field, int type) {
        int difference = field - lastField;
        if (difference > 0 && difference <= MOST_IN_FIELD) {
            out.add(difference << 4 | type);
        } else {
            out.add(type);
            zigzag(field);
        }
        lastField = field;
    }

    /**
     * A field of 16 bits.
     *
     * @param field its number
     * @param value what it holds
     */
    public void i16(int field, int value) {
        field(field, I16);
        zigzag((short) value);
    }

    /**
     * A field of 32 bits, or an enumeration.
     *
     * @param field its number
     * @param value what it holds
     */
    public void i32(int field, int value) {
        field(field, I32);
        zigzag(value);
    }

    /**
     * A field of 64 bits.
     *
     * @param field its number
     * @param value what it holds
     */
    public void i64(int field, long value) {
        field(field, I64);
        zigzag(value);
    }

    void bool(int field, boolean value) {
        field(field, value ? TRUE : FALSE);
    }

    void binary(int field, byte[] from, int at, int length) {
        field(field, BINARY);
        binary(from, at, length);
    }

    /**
     * A field that is a list; its elements come next, without numbers.
     *
     * @param field its number
     * @param elementType such as {@link #STRUCTS}
     * @param count of the elements
     */
    public void list(int field, int elementType, int count) {
        field(field, LIST);
        if (count <= MOST_IN_LIST) {
            out.add(count << 4 | elementType);
        } else {
            out.add(0xf0 | elementType);
            varint(count);
        }
    }

    /** An element of a list. */
    void bool(boolean value) {
        out.add(value ? TRUE : FALSE);
    }

    /** An element of a list of numbers. */
    void number(long value) {
        zigzag(value);
    }

    /** An element of a list. */
    void binary(byte[] from, int at, int length) {
        varint(length);
        raw(from, at, length);
    }

    /**
     * Bytes that are in the protocol already, or outside it.
     *
     * @param from their array
     * @param at index of the first
     * @param length how many
     */
    public void raw(byte[] from, int at, int length) {
        out.addAll(from, at, length);
    }

    private void zigzag(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.add((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.add((int) rest);
    }
}
