package io.parquetflow.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java file as the tidiness tests see it: its text, and its code with comments, strings and characters blanked out.
 *
 * @param path relative to the repository
 * @param text as it is
 * @param code the same length, the same lines
 */
public record JavaSource(String path, String text, String code) {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile(
            "(?<![.\\w])(?<kind>class|interface|@interface|enum|record)\\s+(?<name>[A-Z]\\w*)(?=[\\s<({])");
    private static final Pattern NO_METHOD = Pattern.compile(
            "(?s).*(->|=|\\b(if|for|while|switch|catch|try|synchronized|do|else|return|new|class|interface|enum|record)"
                    + "\\b).*");

    /** A method's first line and its length, from annotation or signature to the closing brace. */
    public record Method(int line, int lines, String signature) {}

    /** Reads a text as if it were a file. */
    public static JavaSource of(String path, String text) {
        return new JavaSource(path, text, blank(text));
    }

    /** All Java files of {@code <module>/src/<set>/java}. */
    public static List<JavaSource> under(Path root, String module, String set) throws IOException {
        Path sources = root.resolve(module).resolve("src").resolve(set).resolve("java");
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        List<JavaSource> found = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(sources)) {
            for (Path path :
                    paths.filter(p -> p.toString().endsWith(".java")).sorted().toList()) {
                found.add(of(root.relativize(path).toString(), Files.readString(path, StandardCharsets.UTF_8)));
            }
        }
        return found;
    }

    /** The package it declares. */
    public String packageName() {
        Matcher m = PACKAGE.matcher(code);
        return m.find() ? m.group(1) : "";
    }

    /** The file's name without its ending. */
    public String name() {
        return path.substring(path.replace('\\', '/').lastIndexOf('/') + 1).replace(".java", "");
    }

    /** How many lines. */
    public int lines() {
        return (int) text.lines().count();
    }

    /** Every type that is declared in it, nested ones too. */
    public List<String> types() {
        List<String> names = new ArrayList<>();
        Matcher m = TYPE.matcher(code);
        while (m.find()) {
            names.add(m.group("name"));
        }
        return names;
    }

    /** What kind of type the file is named after, if it is public; else empty. */
    public String publicKind() {
        Matcher m = Pattern.compile("(?m)^public (?:[a-z-]+ )*(@?[a-z]+) " + name() + "\\b")
                .matcher(code);
        return m.find() ? m.group(1) : "";
    }

    /** The comment in front of the type that the file is named after; empty where there is none. */
    public String classComment() {
        Matcher m =
                Pattern.compile("(?m)^(?:[a-z-]+ )*@?[a-z]+ " + name() + "\\b").matcher(code);
        if (!m.find()) {
            return "";
        }
        int end = text.lastIndexOf("*/", m.start());
        int start = end < 0 ? -1 : text.lastIndexOf("/**", end);
        boolean before =
                start >= 0 && code.substring(end + 2, m.start()).strip().matches("(?s)(@.*)?");
        return before ? text.substring(start, end) : "";
    }

    /** By counting braces: what stands in front of one and looks like a signature. */
    public List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        List<int[]> open = new ArrayList<>(); // offset of the signature, or -1
        int from = 0;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '{') {
                open.add(new int[] {isMethod(code.substring(from, i)) ? from : -1});
            } else if (c == '}' && !open.isEmpty()) {
                int start = open.remove(open.size() - 1)[0];
                if (start >= 0) {
                    methods.add(method(start, i));
                }
            }
            if (c == '{' || c == '}' || c == ';') {
                from = i + 1;
            }
        }
        return methods;
    }

    private static boolean isMethod(String header) {
        String plain = header.replaceAll("@\\w+(\\([^)]*\\))?", "");
        return plain.contains("(") && !NO_METHOD.matcher(plain).matches();
    }

    private Method method(int start, int end) {
        int begin = start;
        while (Character.isWhitespace(code.charAt(begin))) {
            begin++;
        }
        int line = 1
                + (int) code.substring(0, begin).chars().filter(c -> c == '\n').count();
        int lines = 1
                + (int) code.substring(begin, end)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        String signature = code.substring(begin, code.indexOf("{", begin)).strip();
        return new Method(line, lines, signature.replaceAll("\\s+", " "));
    }

    /** Spaces for everything that is no code. */
    private static String blank(String text) {
        StringBuilder code = new StringBuilder(text);
        Matcher m = Pattern.compile(
                        "(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'")
                .matcher(text);
        while (m.find()) {
            for (int i = m.start(); i < m.end(); i++) {
                if (text.charAt(i) != '\n') {
                    code.setCharAt(i, ' ');
                }
            }
        }
        return code.toString();
    }
}
