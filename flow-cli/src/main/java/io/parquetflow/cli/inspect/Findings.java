package io.parquetflow.cli.inspect;

import java.util.ArrayList;
import java.util.List;

/**
 * The findings in one file. A file that is broken all over gets a few lines and a count.
 *
 * <p>Not thread-safe.
 */
final class Findings {
    /** More of the same does not help anybody. */
    static final int KEPT_PER_FILE = 20;

    private final String file;
    private final List<Finding> kept = new ArrayList<>();
    private int errors;

    Findings(String file) {
        this.file = file;
    }

    void error(long offset, String detail) {
        errors++;
        keep(new Finding(true, file, offset, detail));
    }

    void error(SegmentException problem) {
        error(problem.offset(), problem.detail());
    }

    void note(String detail) {
        keep(new Finding(false, file, 0, detail));
    }

    int errors() {
        return errors;
    }

    /** Errors beyond those kept. */
    int more() {
        return errors - (int) kept.stream().filter(Finding::error).count();
    }

    List<Finding> kept() {
        return kept;
    }

    private void keep(Finding finding) {
        if (kept.size() < KEPT_PER_FILE) {
            kept.add(finding);
        }
    }
}
