package io.parquetflow.log;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What becomes of an attribute, by its name: left out, hidden, a column of its own, the trace it belongs to.
 *
 * <p>Not thread-safe: one thread's. Each thread finds out for itself, once a name.
 */
final class AttributeRules {
    /** Names come from code, mostly; where they come from outside, they must not fill the heap. */
    private static final int MOST_KEPT = 1_000;

    private static final int NONE = -1;

    private static final Map<String, Part> PARTS = Map.ofEntries(
            Map.entry("trace_id", Part.TRACE_ID),
            Map.entry("traceId", Part.TRACE_ID),
            Map.entry("trace.id", Part.TRACE_ID),
            Map.entry("X-B3-TraceId", Part.TRACE_ID),
            Map.entry("span_id", Part.SPAN_ID),
            Map.entry("spanId", Part.SPAN_ID),
            Map.entry("span.id", Part.SPAN_ID),
            Map.entry("X-B3-SpanId", Part.SPAN_ID),
            Map.entry("trace_flags", Part.TRACE_FLAGS),
            Map.entry("traceFlags", Part.TRACE_FLAGS),
            Map.entry("event.name", Part.EVENT_NAME));

    private final Map<String, Rule> known = new HashMap<>();
    private final Map<String, Integer> promoted = new HashMap<>();
    private final List<Pattern> excluded;
    private final List<Pattern> hidden;
    private final UnaryOperator<CharSequence> shown;

    /** What an attribute is besides one of many. */
    enum Part {
        PLAIN,
        TRACE_ID,
        SPAN_ID,
        TRACE_FLAGS,
        EVENT_NAME
    }

    /** What becomes of attributes of one name. */
    static final class Rule {
        private final byte[] key;
        private final Part part;
        private final int promoted;
        private final boolean excluded;
        private final boolean hidden;

        private Rule(String name, CharSequence shown, int promoted, boolean excluded, boolean hidden) {
            this.key = shown.toString().getBytes(StandardCharsets.UTF_8);
            this.part = PARTS.getOrDefault(name, Part.PLAIN);
            this.promoted = promoted;
            this.excluded = excluded;
            this.hidden = hidden;
        }

        /** The name in UTF-8, without what is to be hidden in it; not to be changed. */
        byte[] key() {
            return key;
        }

        Part part() {
            return part;
        }

        boolean isPromoted() {
            return promoted != NONE;
        }

        /** The number of its column among the promoted ones. */
        int promoted() {
            return promoted;
        }

        boolean excluded() {
            return excluded;
        }

        boolean hidden() {
            return hidden;
        }
    }

    /** @param shown what is left of a name after masks */
    AttributeRules(
            List<String> promotedNames,
            List<Pattern> excluded,
            List<Pattern> hidden,
            UnaryOperator<CharSequence> shown) {
        for (String name : promotedNames) {
            promoted.put(name, promoted.size());
        }
        this.excluded = excluded;
        this.hidden = hidden;
        this.shown = shown;
    }

    Rule of(String name) {
        Rule rule = known.get(name);
        if (rule == null) {
            rule = make(name);
            if (known.size() < MOST_KEPT) {
                known.put(name, rule);
            }
        }
        return rule;
    }

    private Rule make(String name) {
        return new Rule(
                name,
                shown.apply(name),
                promoted.getOrDefault(name, NONE),
                matches(excluded, name),
                matches(hidden, name));
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(p -> p.matcher(name).matches());
    }

    /** {@code *} and {@code ?}; case does not matter, since a secret is one in any case. */
    static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
