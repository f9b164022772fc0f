package io.parquetflow.bench.crash;

import java.io.IOException;
import java.sql.SQLException;

/** A way to end a process, or the machine under it, and to look at what is left. */
interface Technique {
    /** As in the report card. */
    String name();

    /** Whether it has failed when it killed nothing. */
    default boolean kills() {
        return true;
    }

    /**
     * Ends lives until it has had its share.
     *
     * @param score told everything
     */
    void run(Settings settings, Verifier verifier, Score score) throws IOException, InterruptedException, SQLException;
}
