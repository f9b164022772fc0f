package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.util.List;

/** Takes log events in the order of their times. */
interface LogPrinter {
    /**
     * What a SELECT is to have.
     *
     * @param promoted attributes that have a column of their own
     */
    List<String> columns(List<String> promoted);

    void event(LogEvent event) throws IOException;

    /** Whether {@link #lost} says anything. */
    boolean tellsLosses();

    /** Events were lost right before this one, which itself may not be wanted. */
    void lost(LogEvent event) throws IOException;
}
