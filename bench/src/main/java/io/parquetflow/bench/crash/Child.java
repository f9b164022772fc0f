package io.parquetflow.bench.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One process of {@link CrashChild}, maybe under strace. Its output goes to a file. It ends with this process.
 *
 * <p>Not thread-safe: the parent's main thread.
 */
final class Child implements AutoCloseable {
    private static final long AT_MOST_S = 120;
    private static final long POLL_NS = 500_000;
    private static final int FIRST_THAT_WARNS = 24;

    private final Process process;
    private final Oracle oracle;
    private final Thread ender;

    private Child(Process process, Oracle oracle) {
        this.process = process;
        this.oracle = oracle;
        this.ender = new Thread(this::endAll, "crash-end-child");
        Runtime.getRuntime().addShutdownHook(ender);
    }

    /**
     * Starts it.
     *
     * @param prefix strace and its arguments, or nothing
     * @param flags of the JVM
     */
    static Child start(
            List<String> prefix, List<String> flags, String classPath, ChildPlan plan, Oracle oracle, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A short life: no time for the optimising compiler, nor for classes that the archive has.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+UseSerialGC", "-Xmx256m"));
        if (Runtime.version().feature() >= FIRST_THAT_WARNS) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, CrashChild.class.getName()));
        command.addAll(plan.arguments());
        File file = log.toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
                .start();
        return new Child(process, oracle);
    }

    /** Waits until it has come so far, or has ended. */
    void await(Oracle.State state) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(AT_MOST_S);
        while (process.isAlive() && oracle.state().compareTo(state) < 0) {
            if (System.nanoTime() - deadline > 0) {
                kill();
                throw new IllegalStateException("a child hangs: state=" + oracle.state() + ", wanted=" + state);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Lets it go on for so long, unless it ends before. */
    void letRun(long nanos) throws InterruptedException {
        process.waitFor(nanos, TimeUnit.NANOSECONDS);
    }

    /** SIGKILL, and waits for its end. */
    void kill() {
        endAll();
        process.onExit().orTimeout(AT_MOST_S, TimeUnit.SECONDS).join();
    }

    /** What strace looks after would go on without it. */
    private void endAll() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Waits for its end; a process that does not end is a failure. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(AT_MOST_S, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("a child hangs: state=" + oracle.state());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(ender);
    }
}
