package io.parquetflow.agent.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Methods whose arguments are recorded.
 *
 * <pre>
 *  com.acme.Feed#onPacket(java.nio.ByteBuffer) as feed     the buffer's bytes, stream feed
 *  com.acme.H#lambda$*(byte[],int,int)                     bodies of lambdas: these are their last arguments
 *  com.acme.Handler+#on*(byte[])                           classes that implement or extend Handler
 *  com.acme.*#onEvent(com.acme.Event)-&gt;data                 a field or a getter of the argument
 *  com.acme.Source#next()-&gt;return                           what it returns
 *  com.acme.Book#update(*) as book                         all numbers and texts among the arguments, a column each
 * </pre>
 *
 * @param text as it was given
 * @param typePattern name of the class, with {@code *}
 * @param isSuperType whether it is one that classes implement or extend
 * @param methodPattern name of the method, with {@code *}
 * @param arguments names of types, as in the source
 * @param isTyped whether it is {@code (*)}
 * @param part field or getter of the argument, {@code return}, or null for the argument itself
 * @param stream column {@code stream}
 *     <p>Thread-safe: immutable.
 */
public record Pointcut(
        String text,
        Pattern typePattern,
        boolean isSuperType,
        Pattern methodPattern,
        List<String> arguments,
        boolean isTyped,
        String part,
        String stream) {
    private static final String NAME = "[\\p{L}\\p{N}_$*.]+";
    private static final Pattern FORM = Pattern.compile(
            "(?<type>" + NAME + ")(?<sub>\\+)?#(?<method>[\\p{L}\\p{N}_$*<>]+)"
                    + "\\((?<arguments>[^)]*)\\)(?:\\s*->\\s*(?<part>[\\p{L}\\p{N}_$]+)(?:\\(\\))?)?(?:\\s+as\\s+(?<stream>[A-Za-z0-9][A-Za-z0-9_-]*))?");

    /** What {@code part} is for the value that a method returns. */
    public static final String RETURN = "return";

    static Pointcut parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw AgentKey.CAPTURE.invalid(text);
        }
        List<String> arguments = new ArrayList<>();
        String list = form.group("arguments").trim();
        boolean isTyped = list.equals("*");
        if (!isTyped && !list.isEmpty()) {
            for (String type : list.split(",", -1)) {
                if (type.isBlank()) {
                    throw AgentKey.CAPTURE.invalid(text);
                }
                arguments.add(type.trim());
            }
        }
        String type = form.group("type");
        String stream = form.group("stream");
        if (isTyped && form.group("part") != null) {
            throw AgentKey.CAPTURE.invalid(text);
        }
        return new Pointcut(
                text,
                pattern(type),
                form.group("sub") != null,
                pattern(form.group("method")),
                List.copyOf(arguments),
                isTyped,
                form.group("part"),
                stream != null ? stream : defaultName(type, form.group("method")));
    }

    /** The class and the method, in what a stream may be called. */
    private static String defaultName(String type, String method) {
        String name = type.substring(type.lastIndexOf('.') + 1) + "-" + method;
        String clean = name.replaceAll("[^A-Za-z0-9_-]+", "");
        return clean.isEmpty() || !Character.isLetterOrDigit(clean.charAt(0)) ? "p" + clean : clean;
    }

    private static Pattern pattern(String name) {
        return Pattern.compile(Pattern.quote(name).replace("*", "\\E.*\\Q"));
    }

    @Override
    public String toString() {
        return text;
    }
}
