package io.parquetflow.cli.captures;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * UDP ports from one to another, both included.
 *
 * @param first 0 to 65,535
 * @param last not below {@code first}
 */
record PortRange(int first, int last) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

    /** Reads {@code 16648} or {@code 16000-16999}. */
    static PortRange parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches()) {
            int first = Integer.parseInt(form.group(1));
            int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
            if (first <= last && last <= MAX_PORT) {
                return new PortRange(first, last);
            }
        }
        throw new IllegalArgumentException(
                "--udp-port is no port and no range: value=" + text + "; write 16648 or 16000-16999, at most 65535");
    }

    boolean contains(int port) {
        return first <= port && port <= last;
    }
}
