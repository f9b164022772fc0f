package io.parquetflow.cli.inspect;

import java.util.function.LongConsumer;

/**
 * Follows the sequence numbers of one segment in row order.
 *
 * <p>Not thread-safe.
 */
final class SeqWatch implements LongConsumer {
    private long rows;
    private long first;
    private long last;
    private String gap;
    private String backward;

    @Override
    public void accept(long seq) {
        if (rows == 0) {
            first = seq;
        } else if (seq <= last) {
            backward = seq < last && backward == null ? step(seq) : backward;
            gap = gap == null ? step(seq) : gap;
        } else if (seq != last + 1 && gap == null) {
            gap = step(seq);
        }
        last = seq;
        rows++;
    }

    boolean any() {
        return rows > 0;
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /** The first step that is not by one, in words, or null. */
    String gap() {
        return gap;
    }

    /** The first step backward, in words, or null; repeated numbers are the rows of one record. */
    String backward() {
        return backward;
    }

    private String step(long seq) {
        return "row " + rows + " has seq=" + seq + " after " + last;
    }
}
