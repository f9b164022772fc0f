package io.parquetflow.agent.tap;

/**
 * Column {@code direction}.
 *
 * <p>Thread-safe: constants.
 */
public enum Direction {
    /** Received. */
    IN("in"),
    /** Sent. */
    OUT("out");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    /**
     * As it stands in the column.
     *
     * @return one word
     */
    public String word() {
        return word;
    }
}
