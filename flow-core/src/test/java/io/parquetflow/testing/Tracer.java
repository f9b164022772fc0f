package io.parquetflow.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** strace, attached to a running process: makes its system calls fail or take long, until it is closed. */
public final class Tracer implements AutoCloseable {
    private static final long TIMEOUT_NS = 20_000_000_000L;

    private final Process strace;
    private final Path log;

    private Tracer(Process strace, Path log) {
        this.strace = strace;
        this.log = log;
    }

    /** Whether it may attach to a process here that is a child of ours. */
    public static boolean works() throws IOException, InterruptedException {
        Process target = new ProcessBuilder("sleep", "60").start();
        Path log = Files.createTempFile("tracer", ".log");
        try (Tracer tracer = attach(target.pid(), log, List.of("fsync:error=EIO"))) {
            return tracer.strace.isAlive();
        } catch (IOException e) {
            return false;
        } finally {
            target.destroyForcibly().waitFor();
            Files.delete(log);
        }
    }

    /**
     * Attaches.
     *
     * @param pid of the process
     * @param log takes a line for each call that was traced
     * @param injections as in {@code openat,open:error=EIO:when=3}; {@code when} counts for each thread by itself
     */
    public static Tracer attach(long pid, Path log, List<String> injections) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "-qq", "-o", log.toString(), "-e", "signal=none"));
        List<String> calls = injections.stream()
                .map(i -> i.substring(0, i.indexOf(':')))
                .distinct()
                .toList();
        command.addAll(List.of("-e", "trace=" + String.join(",", calls)));
        for (String injection : injections) {
            command.addAll(List.of("-e", "inject=" + injection));
        }
        command.addAll(List.of("-p", Long.toString(pid)));
        Process strace = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.nanoTime() + TIMEOUT_NS;
        while (!isTraced(pid)) {
            if (!strace.isAlive() || System.nanoTime() > deadline) {
                strace.destroyForcibly();
                throw new IOException("strace does not attach: " + command);
            }
            Thread.sleep(1);
        }
        return new Tracer(strace, log);
    }

    /** Every thread of it. */
    private static boolean isTraced(long pid) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks.toList()) {
                try (Stream<String> lines = Files.lines(task.resolve("status"))) {
                    if (lines.anyMatch(line -> line.matches("TracerPid:\\s+0"))) {
                        return false;
                    }
                }
            }
            return true;
        } catch (java.io.UncheckedIOException | java.nio.file.NoSuchFileException e) {
            return false; // a thread ended meanwhile
        }
    }

    /** Calls that were made to fail or wait, by now. */
    public long injected() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("INJECTED") || line.contains("DELAYED"))
                    .count();
        }
    }

    /** Detaches; the process goes on. */
    @Override
    public void close() throws IOException {
        strace.destroy();
        try {
            if (!strace.waitFor(20, TimeUnit.SECONDS)) {
                strace.destroyForcibly();
                throw new IOException("strace does not let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
