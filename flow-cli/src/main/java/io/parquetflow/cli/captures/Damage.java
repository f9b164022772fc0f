package io.parquetflow.cli.captures;

/**
 * What is wrong with a capture, and where. Reading ends there; everything before it was delivered.
 *
 * <p>Thread-safe: immutable.
 *
 * @param file the file, as it was named
 * @param offset where, in bytes of the uncompressed stream: the first byte of the packet or block concerned, or, when
 *     the compressed stream itself is damaged, the first byte that could not be had
 * @param kind what sort of damage
 * @param what what is wrong, in words
 * @param expected the bytes, or the value, that should be there, {@link #NOT_KNOWN} where there is no such figure
 * @param found what is there instead, {@link #NOT_KNOWN} where there is no such figure
 */
public record Damage(String file, long offset, Kind kind, String what, long expected, long found) {
    /** In place of a figure that does not exist. */
    public static final long NOT_KNOWN = -1;

    /** Sorts of damage. */
    public enum Kind {
        /** The capture ends inside its last packet, as one does whose recorder was stopped. */
        TRUNCATED_TAIL,
        /** The compressed stream ends before its end mark, so nobody can say how much is missing. */
        STREAM_ENDS_EARLY,
        /** Bytes that cannot be: a compressed stream that does not decode, an impossible length. */
        CORRUPT,
        /** The operating system could not read on. */
        UNREADABLE,
        /** Nothing is wrong, but there is not one packet or line. */
        EMPTY
    }

    /**
     * One line for a person: the file first, then what, then where and how much.
     *
     * @return for example {@code [feed.pcap] truncated inside a packet: offset=4711, expected=1490, found=460}
     */
    public String line() {
        StringBuilder line = new StringBuilder("[" + file + "] " + what + ": offset=" + offset);
        if (expected != NOT_KNOWN) {
            line.append(", expected=").append(expected);
        }
        if (found != NOT_KNOWN) {
            line.append(", found=").append(found);
        }
        return line.toString();
    }
}
