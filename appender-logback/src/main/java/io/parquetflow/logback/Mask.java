package io.parquetflow.logback;

/**
 * Element {@code mask}: a pattern, and what stands in the place of what it finds. As attributes, or as elements of their own.
 *
 * <p>Not thread-safe: Logback configures on one thread.
 */
public final class Mask {
    private String pattern;
    private String replacement = "****";

    /** For Logback. */
    public Mask() {}

    /**
     * What is to be hidden.
     *
     * @return a regular expression, null where attributes say it
     */
    public String getPattern() {
        return pattern;
    }

    /**
     * What is to be hidden.
     *
     * @param regex a regular expression
     */
    public void setPattern(String regex) {
        pattern = regex;
    }

    /**
     * What stands in its place.
     *
     * @return four asterisks unless something was set
     */
    public String getReplacement() {
        return replacement;
    }

    /**
     * What stands in its place.
     *
     * @param text may name groups of the pattern, as {@code $1}
     */
    public void setReplacement(String text) {
        replacement = text;
    }
}
