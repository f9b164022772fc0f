package io.parquetflow.column;

/**
 * What did not pay is left alone for a while, and then tried again: the data may have changed.
 *
 * <p>Not thread-safe.
 */
final class Pause {
    /** A trial in 16 costs little even where it never pays. */
    static final int TURNS = 15;

    private int left;

    void begin() {
        left = TURNS;
    }

    /** One turn goes by: whether the pause was over before it. */
    boolean takeTurn() {
        if (left == 0) {
            return true;
        }
        left--;
        return false;
    }
}
