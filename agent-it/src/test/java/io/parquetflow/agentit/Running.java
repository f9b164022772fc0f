package io.parquetflow.agentit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An application that runs. Confined to the thread of its test. */
final class Running implements AutoCloseable {
    private static final long TIMEOUT_S = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    long pid() {
        return process.pid();
    }

    /** The first group of a pattern, as soon as it says something like it. */
    String awaitMatch(Pattern pattern) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        Matcher said = pattern.matcher(Files.readString(out));
        while (!said.find()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new AssertionError("does not say " + pattern + ": " + soFar());
            }
            Thread.sleep(20);
            said = pattern.matcher(Files.readString(out));
        }
        return said.group(1);
    }

    /** What it says after {@code key=}, as soon as it says it. */
    String awaitValue(String key) throws Exception {
        return awaitValues(key, 1).get(0);
    }

    int port() throws Exception {
        return Integer.parseInt(awaitValue("port"));
    }

    /** How many messages it has had by now. */
    long count() throws Exception {
        int said = values("count").size();
        say("count");
        return Long.parseLong(awaitValues("count", said + 1).get(said));
    }

    /** Waits until it has had as many messages. */
    void awaitCount(long messages) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (count() < messages) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("has not had " + messages + ": " + soFar());
            }
        }
    }

    /** Waits until it has said it, as the last of its key. */
    void awaitLast(String key, String value) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        List<String> said = awaitValues(key, 1);
        while (!said.get(said.size() - 1).equals(value)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new AssertionError("does not say " + key + "=" + value + ": " + soFar());
            }
            Thread.sleep(10);
            said = values(key);
        }
    }

    private List<String> awaitValues(String key, int atLeast) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        List<String> values = values(key);
        while (values.size() < atLeast) {
            boolean ended = !process.isAlive() && values(key).size() < atLeast;
            if (ended || System.nanoTime() - deadline > 0) {
                throw new AssertionError("does not say " + key + ": " + soFar());
            }
            Thread.sleep(10);
            values = values(key);
        }
        return values;
    }

    private List<String> values(String key) throws IOException {
        String said = Files.readString(out);
        return said.substring(0, said.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    /** A line to its standard input. */
    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Asks it to end, as an operator or a container does. */
    void terminate() {
        process.destroy();
    }

    /** Waits until it has ended. */
    Outcome end() throws Exception {
        if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
            String said = soFar().toString();
            process.destroyForcibly();
            throw new AssertionError("does not end: " + said);
        }
        return soFar();
    }

    Outcome soFar() throws IOException {
        return new Outcome(
                process.isAlive() ? Integer.MIN_VALUE : process.exitValue(),
                Files.readString(out),
                Files.readString(err));
    }

    /** Kills what still runs. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
