package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.testing.Children;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example compiles, runs and does what it says. */
class ReadmeTest {
    @TempDir
    Path directory;

    @Test
    void theExampleCompilesAndRuns() throws Exception {
        String readme = Files.readString(Path.of(System.getProperty("project.root"), "README.md"));
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(block.find()).isTrue();
        StringBuilder imports = new StringBuilder();
        StringBuilder body = new StringBuilder();
        block.group(1).lines().forEach(line -> (line.startsWith("import ") ? imports : body)
                .append(line)
                .append('\n'));
        assertThat(block.group(1).lines().filter(l -> !l.isBlank()).count()).isLessThanOrEqualTo(10);
        Path capture = directory.resolve("capture");
        String source = imports + "public class Example { public static void main(String[] a) throws Exception {\n"
                + body.toString().replace("\"capture\"", "a[0]") + "}}\n";
        Path file = Files.writeString(directory.resolve("Example.java"), source);
        String classPath = System.getProperty("java.class.path");
        StringWriter errors = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        boolean compiled = compiler.getTask(
                        errors,
                        files,
                        null,
                        List.of("-cp", classPath, "-d", directory.toString(), "-proc:none"),
                        null,
                        files.getJavaFileObjects(file))
                .call();
        assertThat(compiled).as(errors.toString()).isTrue();
        List<String> command =
                Children.java(classPath + java.io.File.pathSeparator + directory, ReadmeTest.class, capture.toString());
        command.set(command.indexOf(ReadmeTest.class.getName()), "Example");
        Children.Result result = Children.run(command);
        assertThat(result.out()).isEqualTo("true 0\n");
        assertThat(result.exit()).isZero();
    }
}
