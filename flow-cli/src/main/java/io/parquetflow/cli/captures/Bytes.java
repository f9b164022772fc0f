package io.parquetflow.cli.captures;

/** Unsigned integers out of byte arrays. The caller has checked that the bytes are there. */
final class Bytes {
    private Bytes() {}

    static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    /** Network byte order. */
    static int u16(byte[] bytes, int at) {
        return u8(bytes, at) << 8 | u8(bytes, at + 1);
    }

    static int u16(byte[] bytes, int at, boolean littleEndian) {
        return littleEndian ? u8(bytes, at + 1) << 8 | u8(bytes, at) : u16(bytes, at);
    }

    /** Network byte order. */
    static long u32(byte[] bytes, int at) {
        return (long) u16(bytes, at) << 16 | u16(bytes, at + 2);
    }

    static long u32(byte[] bytes, int at, boolean littleEndian) {
        return littleEndian ? (long) u16(bytes, at + 2, true) << 16 | u16(bytes, at, true) : u32(bytes, at);
    }

    static long i64(byte[] bytes, int at, boolean littleEndian) {
        long first = u32(bytes, at, littleEndian);
        long second = u32(bytes, at + 4, littleEndian);
        return littleEndian ? second << 32 | first : first << 32 | second;
    }
}
