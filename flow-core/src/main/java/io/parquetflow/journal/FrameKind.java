package io.parquetflow.journal;

/**
 * What a frame holds.
 *
 * <p>Thread-safe: immutable.
 */
enum FrameKind {
    /** A batch of records. */
    RECORDS(1),
    /** Begins each file: what is sealed by now. */
    STATE(2),
    /** A segment gets its final name next. */
    SEALING(3),
    /** It did not: the open file is about to be moved away. */
    REOPENED(4),
    /** What the slab said of drops when it was read for the last time. */
    DROPS(5);

    private final int code;

    FrameKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Null for a kind that this release does not know. */
    static FrameKind of(int code) {
        for (FrameKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
