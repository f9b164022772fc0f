package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.util.List;

/** Takes the rows of a result as they come. */
interface ResultPrinter {
    /** Comes first. {@code names} and {@code types} are of one length. */
    void columns(List<String> names, List<String> types) throws IOException;

    /**
     * One row of numbers, booleans, strings, byte arrays, lists, maps and nulls.
     *
     * @return false when nobody reads any more
     */
    boolean row(List<Object> values) throws IOException;

    /**
     * Comes last.
     *
     * @param rows how many were printed
     * @param more the result goes on beyond the limit
     */
    void end(long rows, boolean more) throws IOException;
}
