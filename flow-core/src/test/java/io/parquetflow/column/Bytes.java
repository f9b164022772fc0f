package io.parquetflow.column;

import java.util.HexFormat;

/** Shorthand of the column tests. */
final class Bytes {
    private Bytes() {}

    /** What was put in. */
    static byte[] of(DirectBytes from) {
        byte[] bytes = new byte[from.size()];
        from.memory().get(0, bytes);
        return bytes;
    }

    /** Hex with spaces wherever they help reading. */
    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static byte[] repeat(int value, int count) {
        byte[] bytes = new byte[count];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
