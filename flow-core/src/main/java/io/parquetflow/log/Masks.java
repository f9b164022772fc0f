package io.parquetflow.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not be written: patterns, and what stands in their place. A pattern that fails on a text (too deep for the
 * stack, a replacement that names no group) costs that text, never the application's call, and is counted.
 *
 * <p>Not thread-safe: one thread's, but for the counter.
 */
final class Masks implements UnaryOperator<CharSequence> {
    /** In place of a text that nobody could mask, or of a value whose name says that it is secret. */
    static final String HIDDEN = "****";

    static final String FAILED = "[mask failed]";

    /**
     * A pattern and its replacement.
     *
     * @param pattern a regular expression
     * @param replacement as {@link Matcher#replaceAll(String)} takes it
     */
    record Mask(Pattern pattern, String replacement) {}

    private final List<Matcher> matchers = new ArrayList<>();
    private final List<Mask> masks;
    private final LongAdder failures;

    Masks(List<Mask> masks, LongAdder failures) {
        this.masks = masks;
        this.failures = failures;
        masks.forEach(mask -> matchers.add(mask.pattern().matcher("")));
    }

    /** The same object where nothing is to be hidden. */
    @Override
    public CharSequence apply(CharSequence text) {
        CharSequence shown = text;
        try {
            for (int i = 0; i < matchers.size(); i++) {
                Matcher matcher = matchers.get(i).reset(shown);
                if (matcher.find()) {
                    shown = matcher.replaceAll(masks.get(i).replacement());
                }
            }
            return shown;
        } catch (RuntimeException | StackOverflowError e) {
            failures.increment();
            return FAILED;
        } finally {
            for (int i = 0; i < matchers.size(); i++) {
                matchers.get(i).reset(""); // keeps no text of an event alive
            }
        }
    }
}
