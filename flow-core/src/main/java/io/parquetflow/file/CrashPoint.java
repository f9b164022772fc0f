package io.parquetflow.file;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Places where a test can have the process die, because a kill at a random moment hardly ever meets them. For tests
 * only: {@code -Dparquetflow.crash-point=<name>[:<n>]} halts the JVM when the place is reached for the n-th time, the
 * first if not given. Without the property a call is nothing, and the JIT removes it: the field it looks at is constant.
 *
 * <p>Thread-safe.
 */
public final class CrashPoint {
    /** The property that arms one. */
    public static final String PROPERTY = "parquetflow.crash-point";

    /** As of a process that a SIGKILL ended. */
    public static final int EXIT_CODE = 137;

    /** Every place there is, in the order in which a writer and its recovery come by. */
    public static final List<String> NAMES = List.of(
            "journal.before-write",
            "journal.after-write",
            "journal.after-roll",
            "journal.before-delete",
            "journal.between-deletes",
            "released.after",
            "segment.created",
            "rowgroup.before-write",
            "rowgroup.between-pages",
            "rowgroup.after-write",
            "seal.before-footer",
            "seal.before-sealing-frame",
            "seal.after-sealing-frame",
            "seal.after-force",
            "seal.between-link-and-unlink",
            "seal.after-name",
            "rejects.after-name",
            "end.between-deletes",
            "recovery.begin",
            "recovery.after-salvage",
            "recovery.after-slab-deleted",
            "recovery.before-seal",
            "recovery.after-seal",
            "recovery.between-deletes",
            "recovery.end");

    private static final Armed ARMED = Armed.parse(System.getProperty(PROPERTY));
    private static final AtomicLong HITS = new AtomicLong();

    private CrashPoint() {}

    /**
     * Halts the JVM here, if this is the place and the time; no shutdown hook runs and nothing is flushed.
     *
     * @param name one of {@link #NAMES}
     */
    public static void reached(String name) {
        if (ARMED != null && ARMED.name.equals(name) && HITS.incrementAndGet() == ARMED.hit) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    /**
     * What the property says.
     *
     * @param name the place
     * @param hit from 1
     */
    record Armed(String name, long hit) {
        static Armed parse(String text) {
            if (text == null) {
                return null;
            }
            int colon = text.indexOf(':');
            String name = colon < 0 ? text : text.substring(0, colon);
            long hit = colon < 0 ? 1 : Long.parseLong(text.substring(colon + 1));
            // A name that nothing ever reaches would be a test that passes for nothing.
            if (!NAMES.contains(name) || hit < 1) {
                throw new IllegalArgumentException(
                        PROPERTY + "=" + text + ": wanted is name[:n], n from 1, name one of " + NAMES);
            }
            return new Armed(name, hit);
        }
    }
}
