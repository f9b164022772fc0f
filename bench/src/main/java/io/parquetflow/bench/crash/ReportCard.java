package io.parquetflow.bench.crash;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * The table at the end, in Markdown, as it stands in the README.
 *
 * <p>Thread-safe: stateless.
 */
final class ReportCard {
    private static final int MOST_FAILURES = 10;

    private ReportCard() {}

    static void print(List<Score> scores, PrintStream out) {
        out.println();
        out.println(
                "| technique | runs | kills | accepted | lost | duplicated | corrupt | unreadable files | time | |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---|");
        for (Score score : scores) {
            out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d s | %s |%n",
                    score.technique(),
                    score.runs(),
                    score.kills(),
                    score.accepted(),
                    score.lost(),
                    score.duplicated(),
                    score.corrupt(),
                    score.unreadable(),
                    Math.round(score.millis() / 1000.0),
                    said(score));
        }
        for (Score score : scores) {
            if (score.failed()) {
                out.println();
                out.println(score.technique() + " FAILED:");
                score.failures().stream().limit(MOST_FAILURES).forEach(failure -> out.println("  " + failure));
                if (score.failures().size() > MOST_FAILURES) {
                    out.println("  and " + (score.failures().size() - MOST_FAILURES) + " more");
                }
            }
        }
    }

    private static String said(Score score) {
        String verdict = score.skipped() ? "" : score.failed() ? "FAILED" : "passed";
        String notes = String.join("; ", score.notes());
        return verdict.isEmpty() || notes.isEmpty() ? verdict + notes : verdict + "; " + notes;
    }
}
