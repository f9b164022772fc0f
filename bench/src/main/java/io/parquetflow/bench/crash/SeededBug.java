package io.parquetflow.bench.crash;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A mistake that somebody could make in flow-core. A crash test that does not see it is worth nothing.
 *
 * @param name on the command line
 * @param changes what the mistake changes, by file below {@code flow-core/src/main/java}
 */
record SeededBug(String name, Map<String, List<Edit>> changes) {
    private static final String SOURCES = "flow-core/src/main/java";

    /**
     * A change of text.
     *
     * @param before must be there exactly so often
     * @param after instead
     * @param times how often
     */
    record Edit(String before, String after, int times) {
        Edit(String before, String after) {
            this(before, after, 1);
        }
    }

    /** In one file. */
    static SeededBug in(String name, String file, Edit... edits) {
        return new SeededBug(name, Map.of(file, List.of(edits)));
    }

    /**
     * Compiles the files with the mistake.
     *
     * @param repository where the sources are
     * @param classPath flow-core and what it needs
     * @param classes where the class files go
     * @return a class path with the mistake in front
     * @throws IllegalStateException when a file is not what the mistake was thought out for, or does not compile
     */
    String plant(Path repository, String classPath, Path classes) throws IOException {
        Files.createDirectories(classes);
        List<Path> copies = new ArrayList<>();
        for (String file : changes.keySet()) {
            Path copy =
                    classes.resolveSibling(classes.getFileName() + "-source").resolve(file);
            Files.createDirectories(copy.getParent());
            Files.writeString(
                    copy,
                    edited(file, Files.readString(repository.resolve(SOURCES).resolve(file))));
            copies.add(copy);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this JVM has no compiler: a JDK is needed to plant a bug");
        }
        StringBuilder said = new StringBuilder();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-proc:none", "-cp", classPath, "-d", classes.toString());
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            problem -> said.append(problem).append('\n'),
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(copies))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("seeded bug " + name + " does not compile: " + said);
            }
        }
        return classes + File.pathSeparator + classPath;
    }

    String edited(String file, String source) {
        String text = source;
        for (Edit edit : changes.get(file)) {
            int found = (text.length() - text.replace(edit.before(), "").length())
                    / edit.before().length();
            if (found != edit.times()) {
                throw new IllegalStateException("seeded bug " + name + ": " + file + " has changed: found=" + found
                        + ", expected=" + edit.times() + ", text=" + edit.before());
            }
            text = text.replace(edit.before(), edit.after());
        }
        return text;
    }
}
