package io.parquetflow.cli.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.io.api.Binary;

/**
 * Tells rows apart by their writer: a segment may also hold what dead writers left, with their own sequence numbers, and
 * says so in its footer. Of each row group the writers come first, then the numbers and the losses.
 *
 * <p>Not thread-safe.
 */
final class RowOrigins {
    private static final Pattern CLAIM = Pattern.compile("([a-z2-7]{13}):(\\d{1,18})-(\\d{1,18})");
    private static final int OWN = 0;
    private static final int STRANGER = -1;

    private final List<Origin> origins = new ArrayList<>();
    private final Map<Binary, Integer> numbers = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int[] writers = new int[1024];
    private int rows;
    private int seqRow;
    private int lostRow;
    private boolean whole = true;
    private String stranger;

    /**
     * The rows of one writer.
     *
     * @param writer its name
     * @param first sequence number by the footer; of the segment's own writer -1
     * @param last sequence number by the footer
     * @param seq what the rows have
     */
    record Origin(String writer, long first, long last, SeqWatch seq) {}

    /** With the segment's own writer, which may be null, and what the footer says of others, which may be null, too. */
    RowOrigins(String own, String claims) {
        add(new Origin(String.valueOf(own), -1, -1, new SeqWatch()));
        for (String claim : claims == null || claims.isEmpty() ? new String[0] : claims.split(",", -1)) {
            Matcher m = CLAIM.matcher(claim.strip());
            boolean good = m.matches() && Long.parseLong(m.group(2)) <= Long.parseLong(m.group(3));
            if (!good || numbers.containsKey(Binary.fromString(m.group(1)))) {
                problems.add(FlowKeys.RECOVERED + " is not <writer>:<first>-<last>, a writer once: " + claim);
            } else {
                add(new Origin(m.group(1), Long.parseLong(m.group(2)), Long.parseLong(m.group(3)), new SeqWatch()));
            }
        }
    }

    private void add(Origin origin) {
        numbers.put(Binary.fromString(origin.writer()), origins.size());
        origins.add(origin);
    }

    /** Whether rows have to be told apart at all. */
    boolean several() {
        return origins.size() > 1;
    }

    /** Those of the segment's own writer. */
    SeqWatch own() {
        return origins.get(OWN).seq();
    }

    List<Origin> others() {
        return origins.subList(1, origins.size());
    }

    void beginGroup() {
        rows = 0;
        seqRow = 0;
        lostRow = 0;
    }

    void writer(Binary name) {
        if (rows == writers.length) {
            writers = Arrays.copyOf(writers, 2 * rows);
        }
        Integer number = numbers.get(name);
        if (number == null && stranger == null) {
            stranger = name.toStringUsingUTF8();
        }
        writers[rows++] = number == null ? STRANGER : number;
    }

    void seq(long value) {
        int number = several() ? next(seqRow++) : OWN;
        if (number >= 0) {
            origins.get(number).seq().accept(value);
        }
    }

    /** Whether the drops are the own writer's. */
    boolean isOwnLoss() {
        return !several() || next(lostRow++) == OWN;
    }

    private int next(int row) {
        if (row < rows) {
            return writers[row];
        }
        whole = false; // the writers could not be read: that is reported, and nothing can be said of the numbers
        return STRANGER;
    }

    boolean whole() {
        return whole;
    }

    /** What the rows do not have, or have besides. */
    List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        if (stranger != null) {
            all.add("rows of a writer that " + FlowKeys.RECOVERED + " does not name: " + stranger);
        }
        for (Origin other : whole ? others() : List.<Origin>of()) {
            SeqWatch seq = other.seq();
            String claimed = FlowKeys.RECOVERED + "=" + other.writer() + ":" + other.first() + "-" + other.last();
            if (!seq.any()) {
                all.add(claimed + " but there are no rows of that writer");
            } else if (seq.first() != other.first() || seq.last() != other.last()) {
                all.add(claimed + " but the data has " + seq.first() + "-" + seq.last());
            } else if (seq.gap() != null) {
                all.add("sequence of writer " + other.writer() + " is broken: " + seq.gap());
            }
        }
        return all;
    }
}
