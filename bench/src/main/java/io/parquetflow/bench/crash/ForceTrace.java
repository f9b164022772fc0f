package io.parquetflow.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What strace wrote of a run with {@code durability=power}, held against the rules of a force. No kill shows that they
 * are broken, and a power cut only on some file systems, with luck.
 *
 * <ol>
 *   <li>A file whose force failed is not forced again: the kernel has forgotten the pages and says yes. One that was made
 *       anew under its name may be.
 *   <li>A segment's name is forced before anything is deleted that it could be made of again.
 *   <li>A journal file's name is forced before a segment gets its own.
 * </ol>
 *
 * <p>Not thread-safe.
 */
final class ForceTrace {
    private static final String CALLS = "fsync,fdatasync,openat,link,linkat,unlink,unlinkat";
    private static final Pattern LINE = Pattern.compile("(?<thread>\\d+) +(?<call>\\w+)\\((?<rest>.*)");
    private static final Pattern RESUMED =
            Pattern.compile("(?<thread>\\d+) +<\\.\\.\\. (?<call>\\w+) resumed>(?<rest>.*)");
    private static final Pattern DESCRIPTOR = Pattern.compile("\\d+<(?<path>[^>]*)>.*");
    private static final Pattern NAME = Pattern.compile("\"(?<path>[^\"]*)\"");
    private static final Pattern FAILED = Pattern.compile(".*= -1 [A-Z]+.*");
    private static final String UNFINISHED = "<unfinished ...>";

    private final Map<String, String> begun = new HashMap<>();
    private final Set<String> failed = new TreeSet<>();
    private final Set<String> unforcedSegments = new TreeSet<>();
    private final Set<String> unforcedJournals = new TreeSet<>();
    private final List<String> broken = new ArrayList<>();
    private final String below;
    private int failures;

    private ForceTrace(Path directory) {
        below = directory.toString();
    }

    /**
     * Arguments of a run.
     *
     * @param fail which forces of a thread fail, as strace's {@code when} says it; empty for none
     */
    static List<String> watching(Path log, String fail) {
        List<String> arguments =
                new ArrayList<>(List.of("strace", "-f", "-qq", "-y", "-e", "trace=" + CALLS, "-o", log.toString()));
        if (!fail.isEmpty()) {
            for (String call : List.of("fsync", "fdatasync")) {
                arguments.addAll(List.of("-e", "inject=" + call + ":error=EIO:when=" + fail));
            }
        }
        return arguments;
    }

    static ForceTrace read(Path log, Path directory) throws IOException {
        ForceTrace trace = new ForceTrace(directory);
        for (String line : Files.readAllLines(log)) {
            trace.line(line);
        }
        return trace;
    }

    /** A call that takes its time is written in two parts; it counts when it is done. */
    private void line(String line) {
        Matcher resumed = RESUMED.matcher(line);
        if (resumed.matches()) {
            String first = begun.remove(resumed.group("thread"));
            if (first != null) {
                call(resumed.group("call"), first + resumed.group("rest"));
            }
            return;
        }
        Matcher m = LINE.matcher(line);
        if (!m.matches()) {
            return;
        }
        String rest = m.group("rest");
        if (rest.endsWith(UNFINISHED)) {
            begun.put(m.group("thread"), rest.substring(0, rest.length() - UNFINISHED.length()));
        } else {
            call(m.group("call"), rest);
        }
    }

    private void call(String call, String rest) {
        if (!rest.contains(below)) {
            return;
        }
        boolean worked = !FAILED.matcher(rest).matches();
        switch (call) {
            case "fsync", "fdatasync" -> force(rest, worked);
            case "openat" -> {
                if (worked && rest.contains("O_EXCL")) {
                    made(lastName(rest));
                }
            }
            case "link", "linkat" -> {
                if (worked) {
                    named(lastName(rest));
                }
            }
            default -> {
                if (worked) {
                    deleted(lastName(rest));
                }
            }
        }
    }

    private static String lastName(String rest) {
        String last = "";
        Matcher m = NAME.matcher(rest);
        while (m.find()) {
            last = m.group("path");
        }
        return last;
    }

    private void force(String rest, boolean worked) {
        Matcher m = DESCRIPTOR.matcher(rest);
        if (!m.matches()) {
            return;
        }
        String path = m.group("path");
        if (path.endsWith(".journal") || path.contains(".inprogress")) {
            if (failed.contains(path)) {
                broken.add("forced again after it failed: " + path);
            }
            if (!worked) {
                failed.add(path);
                failures++;
            }
        } else if (worked) {
            unforcedSegments.removeIf(file -> isIn(file, path));
            unforcedJournals.removeIf(file -> isIn(file, path));
        } else {
            failures++;
        }
    }

    private static boolean isIn(String file, String directory) {
        return file.substring(0, file.lastIndexOf('/')).equals(directory);
    }

    private void made(String path) {
        failed.remove(path);
        if (path.endsWith(".journal")) {
            unforcedJournals.add(path);
        }
    }

    private void named(String path) {
        if (!unforcedJournals.isEmpty()) {
            broken.add("a segment was named before the journal's name was forced: " + path + ", " + unforcedJournals);
        }
        if (path.endsWith(".parquet")) {
            unforcedSegments.add(path);
        }
    }

    private void deleted(String path) {
        unforcedSegments.remove(path);
        unforcedJournals.remove(path);
        if (!unforcedSegments.isEmpty() && (path.endsWith(".journal") || path.endsWith(".inprogress"))) {
            broken.add("deleted before a segment's name was forced: " + path + ", " + unforcedSegments);
        }
    }

    /** Which rules were broken, in words. */
    List<String> broken() {
        return broken;
    }

    /** Forces that failed. */
    int failures() {
        return failures;
    }
}
