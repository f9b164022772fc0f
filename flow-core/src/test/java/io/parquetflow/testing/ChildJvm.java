package io.parquetflow.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real process with a main class of the tests: lines in, lines out. Killed when closed. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it with this JVM's class path; what it says on standard error goes where ours goes. */
    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return start(System.getProperty("java.class.path"), List.of("-Xmx64m", "-XX:+UseSerialGC"), main, arguments);
    }

    /** Starts it with a class path and flags of its own. */
    public static ChildJvm start(String classPath, List<String> flags, Class<?> main, String... arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(classPath, flags, main, arguments));
        return new ChildJvm(builder.redirectError(Redirect.INHERIT).start());
    }

    /** Starts what somebody has put together. */
    static ChildJvm start(ProcessBuilder builder) throws IOException {
        return new ChildJvm(builder.start());
    }

    /** Its number, for tools that trace or limit it. */
    public long pid() {
        return process.pid();
    }

    /** Runs it to its end with extra environment and flags; returns what it said on standard output. */
    public static String run(Map<String, String> environment, List<String> flags, Class<?> main, String... arguments)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command(System.getProperty("java.class.path"), flags, main, arguments));
        builder.environment().putAll(environment);
        Process process = builder.redirectError(Redirect.INHERIT).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("exit code " + process.exitValue() + ": " + said);
        }
        return said;
    }

    /** The java of this JVM. */
    public static List<String> command(String classPath, List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Says a line and hears one. */
    public String ask(String line) throws IOException {
        say(line);
        return hear();
    }

    /** Says a line. */
    public void say(String line) {
        in.println(line);
    }

    /** The next line it says; an error when it ends instead. */
    public String hear() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError("the child ended without an answer");
        }
        return line;
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
    }
}
