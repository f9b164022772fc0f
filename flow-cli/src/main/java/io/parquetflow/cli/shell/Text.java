package io.parquetflow.cli.shell;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * How values look on a screen. File names, messages and payloads come from elsewhere: nothing of them may move the
 * cursor or start a new line.
 *
 * <p>Thread-safe: no state.
 */
public final class Text {
    private static final String[] BYTE_UNITS = {"B", "KB", "MB", "GB", "TB"};

    private Text() {}

    /**
     * Escapes control characters, the way a Java string literal would.
     *
     * @param text anything
     * @return the same without control, line-separator and direction characters
     */
    public static String printable(String text) {
        int first = 0;
        while (first < text.length() && isPrintable(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            appendPrintable(escaped, text.charAt(i));
        }
        return escaped.toString();
    }

    /**
     * The same, but tabs and line ends stay, for texts that are lines: messages and stack traces.
     *
     * @param text anything
     * @return the same, other control characters escaped; of a carriage return and line feed the line feed
     */
    public static String printableLines(String text) {
        if (text.indexOf('\n') < 0 && text.indexOf('\t') < 0) {
            return printable(text);
        }
        StringBuilder lines = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\t') {
                lines.append(c);
            } else if (c != '\r' || i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                appendPrintable(lines, c);
            }
        }
        return lines.toString();
    }

    /**
     * Makes one printable line of a message that may have several.
     *
     * @param message anything, null becomes the empty string
     * @return one line
     */
    public static String oneLine(String message) {
        return message == null ? "" : printable(message.strip().replaceAll("\\s*\\R+\\s*", "; "));
    }

    /**
     * Cuts what is too wide for a column, with an ellipsis that says so.
     *
     * @param text printable text
     * @param width characters, at least 1; 0 for no limit
     * @return at most {@code width} characters
     */
    public static String cut(String text, int width) {
        if (width <= 0 || text.length() <= width || text.codePointCount(0, text.length()) <= width) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    /**
     * The text in these bytes, if it is text that a person can read: valid UTF-8 without control characters other than
     * tab, line feed and carriage return.
     *
     * @param bytes a payload
     * @return the text, not yet escaped, or empty
     */
    public static Optional<String> readable(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            boolean clean = text.chars().allMatch(c -> (c >= 0x20 && c != 0x7f) || c == '\t' || c == '\n' || c == '\r');
            return clean ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    /**
     * Hexadecimal, marked as such.
     *
     * @param bytes a payload
     * @param most bytes to show, the rest becomes an ellipsis; 0 for all
     * @return {@code 0x00ff…}
     */
    public static String hex(byte[] bytes, int most) {
        if (most <= 0 || bytes.length <= most) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        return "0x" + HexFormat.of().formatHex(bytes, 0, most) + "…";
    }

    /**
     * A count with thousands separators.
     *
     * @param count any number
     * @return {@code 1,234,567}
     */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /**
     * A size with a unit of 1024.
     *
     * @param bytes at least 0
     * @return {@code 12 B}, {@code 1.2 KB}, …
     */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, BYTE_UNITS[unit]);
    }

    /**
     * A word with its number.
     *
     * @param count how many
     * @param noun in the singular; the plural takes an s
     * @return {@code 1 row}, {@code 2,000 rows}
     */
    public static String counted(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** Bidirectional overrides could make a line look like something else, so they count as control characters. */
    private static boolean isPrintable(char c) {
        boolean control = c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == '\u2028' || c == '\u2029';
        boolean direction = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
        return !control && !direction;
    }

    private static void appendPrintable(StringBuilder escaped, char c) {
        if (isPrintable(c)) {
            escaped.append(c);
            return;
        }
        switch (c) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
    }
}
