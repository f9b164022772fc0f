package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** Java blocks of a document: compiled as the body of a main method, and run in a JVM of their own. */
public final class DocExample {
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\\n(.*?)```");

    private final String code;

    private DocExample(String code) {
        this.code = code;
    }

    /** Every Java block of a document of the project, in order. */
    public static List<DocExample> of(String document) throws IOException {
        String text = Files.readString(Path.of(System.getProperty("project.root"), document), StandardCharsets.UTF_8);
        List<DocExample> all = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            all.add(new DocExample(block.group(1)));
        }
        return all;
    }

    /** Lines of code; imports are counted by {@code imports}. */
    public long lines(boolean imports) {
        return code.lines()
                .filter(line -> !line.isBlank() && (imports || !line.startsWith("import ")))
                .count();
    }

    /** Compiles it in a directory and runs it; its {@code "capture"} becomes that path. */
    public Children.Result run(Path directory, Path capture) throws Exception {
        StringBuilder imports = new StringBuilder();
        StringBuilder body = new StringBuilder();
        code.lines().forEach(line -> (line.startsWith("import ") ? imports : body)
                .append(line)
                .append('\n'));
        String source = imports + "public class Example { public static void main(String[] a) throws Exception {\n"
                + body.toString().replace("\"capture\"", "a[0]") + "}}\n";
        Path file = Files.writeString(directory.resolve("Example.java"), source);
        String classPath = System.getProperty("java.class.path");
        StringWriter errors = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-cp", classPath, "-d", directory.toString(), "-proc:none");
            boolean compiled = compiler.getTask(errors, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as(errors.toString()).isTrue();
        }
        List<String> command =
                Children.java(classPath + File.pathSeparator + directory, DocExample.class, capture.toString());
        command.set(command.indexOf(DocExample.class.getName()), "Example");
        return Children.run(command);
    }
}
