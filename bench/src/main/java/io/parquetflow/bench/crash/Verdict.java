package io.parquetflow.bench.crash;

import java.util.List;

/**
 * What the rows of a directory say of the promises.
 *
 * @param accepted records that were promised
 * @param rows that are there
 * @param lost records that had to be there
 * @param duplicated rows there more than once, or with another's sequence
 * @param corrupt rows whose bytes nobody handed over, and rows that nobody was promised
 * @param disordered rows of a producer behind a later one of its own
 * @param unreadable files with a final name that are not whole
 * @param findings the first of each kind, for people
 */
record Verdict(
        long accepted,
        long rows,
        long lost,
        long duplicated,
        long corrupt,
        long disordered,
        List<String> unreadable,
        List<String> findings) {
    boolean isClean() {
        return lost == 0
                && duplicated == 0
                && corrupt == 0
                && disordered == 0
                && unreadable.isEmpty()
                && findings.isEmpty();
    }

    /** As seen by somebody who knows that so many records may be missing. */
    Verdict forgiving(long records) {
        if (lost == 0 || lost > records) {
            return this;
        }
        List<String> others = findings.stream()
                .filter(finding -> !finding.startsWith("lost:"))
                .toList();
        return new Verdict(accepted, rows, 0, duplicated, corrupt, disordered, unreadable, others);
    }

    /** As seen by somebody who was promised no record after a power cut: only what is there may be wrong. */
    Verdict withoutLosses() {
        boolean wrong = duplicated != 0 || corrupt != 0 || disordered != 0;
        return new Verdict(accepted, rows, 0, duplicated, corrupt, disordered, List.of(), wrong ? findings : List.of());
    }
}
