package io.parquetflow.agentit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
        AtomicReference<String> said = new AtomicReference<>();
        await("does not say " + pattern, () -> {
            Matcher matcher = pattern.matcher(Files.readString(out));
            said.set(matcher.find() ? matcher.group(1) : null);
            return said.get() != null;
        });
        return said.get();
    }

    /** Waits for words on standard error. */
    void awaitErr(String words) throws Exception {
        await("does not say " + words, () -> Files.readString(err).contains(words));
    }

    /** Waits until it has made a file, or a directory. */
    void awaitFile(Path path) throws Exception {
        await("does not make " + path, () -> Files.exists(path));
    }

    private void await(String otherwise, Callable<Boolean> seen) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (true) {
            boolean mayStill =
                    process.isAlive() && System.nanoTime() - deadline < 0; // looked at first: it may say it and end
            if (seen.call()) {
                return;
            } else if (!mayStill) {
                throw new AssertionError(otherwise + ": " + soFar());
            }
            Thread.sleep(10);
        }
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
        await("does not say " + key + "=" + value, () -> {
            List<String> said = values(key);
            return !said.isEmpty() && said.get(said.size() - 1).equals(value);
        });
    }

    private List<String> awaitValues(String key, int atLeast) throws Exception {
        await("does not say " + key, () -> values(key).size() >= atLeast);
        return values(key);
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

    /** Kills what still runs: what a launcher has started first, which outlives it otherwise. */
    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        started.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        started.forEach(each -> each.onExit().join());
    }
}
