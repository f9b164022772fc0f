package io.parquetflow.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The dead writers whose rows are in the open segment.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Guests {
    /** Each keeps files open until the segment is sealed. */
    private static final int MOST = 16;

    private final List<Guest> all = new ArrayList<>();
    private final Complaints complaints;

    Guests(Complaints complaints) {
        this.complaints = complaints;
    }

    void add(Guest guest) {
        if (!all.contains(guest)) {
            all.add(guest);
        }
    }

    boolean contains(Guest guest) {
        return all.contains(guest);
    }

    boolean areMany() {
        return all.size() >= MOST;
    }

    void sealing(String segment, String open) throws IOException {
        for (Guest guest : all) {
            guest.sealing(segment, open);
        }
    }

    void reopened(String open) throws IOException {
        for (Guest guest : all) {
            guest.reopened(open);
        }
    }

    /** Answers the files that nobody understood. */
    int sealed(String segment, String open) {
        int setAside = 0;
        for (Guest guest : all) {
            try {
                setAside += guest.sealed(segment, open);
            } catch (IOException e) {
                guest.leave(); // it is sealed; what it left is deleted at the next start
            }
            RecoveryThread.tellRemarks(guest.writer(), guest.takeRemarks(), complaints);
        }
        all.removeIf(Guest::isDone);
        return setAside;
    }

    /** What a footer says of them: their rows, and what they dropped. */
    void tell(Map<String, String> keys) {
        if (all.isEmpty()) {
            return;
        }
        keys.put(
                "flow.recovered",
                all.stream().filter(Guest::hasRows).map(Guest::range).collect(Collectors.joining(",")));
        for (Guest guest : all) {
            String prefix = "flow.recovered." + guest.writer();
            Losses.Snapshot drops = guest.drops();
            drops.totals().forEach((cause, count) -> {
                if (count > 0) {
                    keys.put(prefix + ".dropped_total." + cause.key(), Long.toString(count));
                }
            });
            if (drops.tail() > 0) {
                keys.put(prefix + ".lost_tail", Long.toString(drops.tail()));
            }
        }
    }

    /** None of them is sealed: they are there for the next start. */
    void leave() {
        all.forEach(Guest::leave);
    }
}
