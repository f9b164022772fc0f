package io.parquetflow.journal;

/**
 * All streams that have records by now, by number.
 *
 * <p>Not thread-safe: asked by the thread that writes the journal.
 */
public interface JournalNames {
    /**
     * Tells them.
     *
     * @param to takes each one's number and name in UTF-8
     */
    void tell(Target to);

    /** Takes names. */
    interface Target {
        /**
         * Takes one.
         *
         * @param stream its number
         * @param name in UTF-8
         */
        void name(int stream, byte[] name);
    }
}
