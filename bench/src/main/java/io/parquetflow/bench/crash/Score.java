package io.parquetflow.bench.crash;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the report card.
 *
 * <p>Not thread-safe.
 */
final class Score {
    private final String technique;
    private final List<String> failures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final long startNs = System.nanoTime();
    private long endNs;
    private boolean skipped;
    private long runs;
    private long kills;
    private long accepted;
    private long lost;
    private long duplicated;
    private long corrupt;
    private long unreadable;

    Score(String technique) {
        this.technique = technique;
    }

    String technique() {
        return technique;
    }

    void run(boolean killed) {
        runs++;
        kills += killed ? 1 : 0;
    }

    long runs() {
        return runs;
    }

    long kills() {
        return kills;
    }

    void add(Verdict verdict) {
        accepted += verdict.accepted();
        lost += verdict.lost();
        duplicated += verdict.duplicated();
        corrupt += verdict.corrupt() + verdict.disordered();
        unreadable += verdict.unreadable().size();
        if (!verdict.isClean()) {
            failures.addAll(verdict.findings());
            verdict.unreadable().forEach(file -> failures.add("unreadable: " + file));
        }
    }

    /** Something went wrong that is no row's fault. */
    void fail(String why) {
        failures.add(why);
    }

    /** Said in the table, and no failure. */
    void note(String text) {
        notes.add(text);
    }

    /** It cannot be done here. */
    void skip(String why) {
        skipped = true;
        notes.add("skipped: " + why);
    }

    void end() {
        endNs = System.nanoTime();
    }

    boolean failed() {
        return !failures.isEmpty();
    }

    boolean skipped() {
        return skipped;
    }

    List<String> failures() {
        return failures;
    }

    List<String> notes() {
        return notes;
    }

    long accepted() {
        return accepted;
    }

    long lost() {
        return lost;
    }

    long duplicated() {
        return duplicated;
    }

    /** Rows in the wrong order among them. */
    long corrupt() {
        return corrupt;
    }

    long unreadable() {
        return unreadable;
    }

    long millis() {
        return (endNs - startNs) / 1_000_000;
    }
}
