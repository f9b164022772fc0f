package io.parquetflow.cli.shell;

import java.lang.reflect.Method;
import java.util.Map;

/**
 * What the output is written to: whether a person looks at it, whether colours are welcome, how wide it is.
 *
 * <p>The launcher knows best and says so with {@code -Dparquetflow.terminal=true|false} and
 * {@code -Dparquetflow.terminal.width=N}; without it the JVM's console decides.
 *
 * <p>Thread-safe: immutable.
 *
 * @param interactive a person looks at it: progress bars and escaped control characters make sense
 * @param colours escape sequences for bold and colours may be written
 * @param width characters in a line, at least 40
 */
public record Terminal(boolean interactive, boolean colours, int width) {
    private static final int NARROWEST = 40;
    private static final int USUAL = 120;

    /** Output to a pipe or a file: plain lines. */
    public static final Terminal PLAIN = new Terminal(false, false, USUAL);

    /**
     * Looks at properties, environment and console.
     *
     * @param noColour the user has said {@code --no-color}
     * @return what is known about the output
     */
    public static Terminal detect(boolean noColour) {
        String told = System.getProperty("parquetflow.terminal");
        boolean interactive = told == null ? consoleIsTerminal() : Boolean.parseBoolean(told);
        return of(interactive, noColour, System.getenv(), System.getProperty("parquetflow.terminal.width"));
    }

    static Terminal of(boolean interactive, boolean noColour, Map<String, String> environment, String widthTold) {
        String forbidden = environment.get("NO_COLOR");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean colours = interactive && !noColour && !dumb && (forbidden == null || forbidden.isEmpty());
        String width = widthTold == null ? environment.get("COLUMNS") : widthTold;
        return new Terminal(interactive, colours, parseWidth(width));
    }

    /**
     * Bold, where colours are welcome.
     *
     * @param text what to print
     * @return the text, within escape sequences or as it is
     */
    public String bold(String text) {
        return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    /**
     * Red, where colours are welcome.
     *
     * @param text what to print
     * @return the text, within escape sequences or as it is
     */
    public String red(String text) {
        return colours ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    /**
     * Green, where colours are welcome.
     *
     * @param text what to print
     * @return the text, within escape sequences or as it is
     */
    public String green(String text) {
        return colours ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    /**
     * Yellow, where colours are welcome.
     *
     * @param text what to print
     * @return the text, within escape sequences or as it is
     */
    public String yellow(String text) {
        return colours ? "\u001b[33m" + text + "\u001b[0m" : text;
    }

    /**
     * Faint, where colours are welcome.
     *
     * @param text what to print
     * @return the text, within escape sequences or as it is
     */
    public String dim(String text) {
        return colours ? "\u001b[2m" + text + "\u001b[0m" : text;
    }

    private static int parseWidth(String width) {
        if (width == null || !width.matches("[0-9]{1,5}")) {
            return USUAL;
        }
        return Math.max(NARROWEST, Integer.parseInt(width));
    }

    /** From JDK 22 on there is a console even without a terminal; {@code isTerminal} tells, and does not exist on 17. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean consoleIsTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            Method isTerminal = java.io.Console.class.getMethod("isTerminal");
            return (Boolean) isTerminal.invoke(System.console());
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }
}
