package io.parquetflow.capture;

import io.parquetflow.journal.SealedState;
import java.io.IOException;

/**
 * Told of every step by which rows get into a sealed segment, so that recovery can tell what is left to do.
 *
 * <p>Not thread-safe: the writer thread's.
 */
interface SealLog {
    /** For writers without a journal: nothing is ever recovered. */
    SealLog NONE = new SealLog() {
        @Override
        public void sealing(SealedState next) {}

        @Override
        public void reopened(String open) {}

        @Override
        public void sealed(SealedState now) {}
    };

    /** The segment gets its final name next. When this throws, it does not. */
    void sealing(SealedState next) throws IOException;

    /** The open file is about to be moved out of the way. When this throws, it stays. */
    void reopened(String open) throws IOException;

    /** The segment has its name. */
    void sealed(SealedState now);
}
