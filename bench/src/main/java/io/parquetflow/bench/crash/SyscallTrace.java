package io.parquetflow.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What strace wrote of one run: which calls of a thread touched some directories, each by its number among that thread's
 * calls of its name. That number is what strace can be told to kill at.
 *
 * <p>Not thread-safe.
 */
final class SyscallTrace {
    /** Calls that change files, or make them. Without {@code read}: a kill at one is a kill at the write before it. */
    static final List<String> CALLS = List.of(
            "write",
            "pwrite64",
            "writev",
            "pwritev",
            "fsync",
            "fdatasync",
            "rename",
            "renameat",
            "renameat2",
            "link",
            "linkat",
            "unlink",
            "unlinkat",
            "mkdir",
            "rmdir",
            "chmod",
            "fchmod",
            "ftruncate",
            "fallocate",
            "openat");

    private static final Pattern LINE = Pattern.compile("(?<thread>\\d+) +(?<call>\\w+)\\((?<rest>.*)");

    private final Map<String, SortedSet<Integer>> ordinals = new TreeMap<>();

    private SyscallTrace() {}

    /** Arguments of a run that only watches; paths stand behind descriptors. */
    static List<String> watching(Path log) {
        return List.of("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-e", "trace=" + all(), "-o", log.toString());
    }

    /** Arguments of a run that dies at the n-th call of one thread. The filter in the kernel, which is faster, kills nothing. */
    static List<String> killing(String call, int n, Path log) {
        return List.of(
                "strace",
                "-f",
                "-qq",
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":signal=SIGKILL:when=" + n,
                "-o",
                log.toString());
    }

    /** A question mark: calls that this machine's kind has not are no error. */
    private static String all() {
        return "?" + String.join(",?", CALLS);
    }

    static SyscallTrace read(Path log, List<Path> directories) throws IOException {
        SyscallTrace trace = new SyscallTrace();
        Map<String, Integer> counts = new HashMap<>();
        for (String line : Files.readAllLines(log)) {
            Matcher m = LINE.matcher(line);
            if (!m.matches()) {
                continue; // the second half of a call, or the end of a thread
            }
            String call = m.group("call");
            int n = counts.merge(m.group("thread") + call, 1, Integer::sum);
            if (directories.stream().anyMatch(directory -> m.group("rest").contains(directory.toString()))) {
                trace.ordinals.computeIfAbsent(call, c -> new TreeSet<>()).add(n);
            }
        }
        return trace;
    }

    /** Names of calls that touched them. */
    List<String> calls() {
        return List.copyOf(ordinals.keySet());
    }

    List<Integer> ordinals(String call) {
        return new ArrayList<>(ordinals.getOrDefault(call, new TreeSet<>()));
    }
}
