package io.parquetflow.column;

/**
 * Whether the pages of a chunk are tried with a dictionary. One that gave up on a chunk's first page is not tried in the
 * next few chunks.
 *
 * <p>Not thread-safe.
 */
final class DictionaryTrial {
    private final boolean insists;
    private final Pause tries = new Pause();
    private final Pause weighings = new Pause();
    private boolean open = true;
    private boolean weighs = true;

    /** The one who insists asked for a dictionary: it need not pay, and is tried in every chunk. */
    DictionaryTrial(boolean insists) {
        this.insists = insists;
    }

    void startChunk() {
        open = insists || tries.takeTurn();
        if (!weighs) {
            weighs = weighings.takeTurn();
        }
    }

    /** Whether the next page is tried. */
    boolean isOpen() {
        return open;
    }

    /** Whether a chunk's first page has to show that a dictionary pays. */
    boolean hasToPay() {
        return !insists;
    }

    /** Whether it is compared with what has to be encoded to be compared: not again soon after it won. */
    boolean weighs() {
        return weighs;
    }

    void won() {
        if (weighs) {
            weighs = false;
            weighings.begin();
        }
    }

    /** For the rest of the chunk; at a chunk's first page for some chunks more. */
    void giveUp(boolean atFirstPage) {
        open = false;
        if (atFirstPage) {
            tries.begin();
        }
    }
}
