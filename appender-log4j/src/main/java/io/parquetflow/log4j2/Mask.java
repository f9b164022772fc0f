package io.parquetflow.log4j2;

import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/**
 * Element {@code Mask}: a pattern, and what stands in the place of what it finds.
 *
 * <p>Thread-safe: immutable.
 */
@Plugin(name = "Mask", category = Node.CATEGORY, printObject = true)
public final class Mask {
    private final String pattern;
    private final String replacement;

    private Mask(String pattern, String replacement) {
        this.pattern = pattern;
        this.replacement = replacement;
    }

    /**
     * Makes a mask. One without a pattern hides everything: what was to be hidden must not be written because of a slip.
     *
     * @param pattern a regular expression
     * @param replacement may name groups of the pattern, as {@code $1}; four asterisks where it is null
     * @return a mask
     */
    @PluginFactory
    public static Mask of(
            @PluginAttribute("pattern") String pattern, @PluginAttribute("replacement") String replacement) {
        return new Mask(
                pattern == null ? "(?s).+" : pattern,
                pattern == null ? "[mask without a pattern]" : replacement == null ? "****" : replacement);
    }

    String pattern() {
        return pattern;
    }

    String replacement() {
        return replacement;
    }
}
