package io.parquetflow.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What a figure means nothing without: processor, cores, JDK, kernel, date, and how busy the machine was.
 *
 * <p>Thread-safe: stateless.
 */
public final class Machine {
    private static final String UNKNOWN = "unknown";
    private static final int CLOCK_READINGS = 1_000_000;

    private Machine() {}

    /**
     * Prints it, a line for each, behind a hash sign.
     *
     * @param out where to
     */
    public static void print(PrintStream out) {
        out.println("# date: " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        out.println("# cpu: " + firstLine("/proc/cpuinfo", "model name"));
        out.println("# cores: " + Runtime.getRuntime().availableProcessors());
        out.println("# memory: " + firstLine("/proc/meminfo", "MemTotal"));
        out.println("# jdk: " + System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
                + System.getProperty("java.vm.vendor"));
        out.println("# kernel: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        out.println("# clock: " + clock());
        out.println(String.format(
                Locale.ROOT,
                "# load average: %.2f%s",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                " (of the last minute; above 0.5 the figures are not worth keeping)"));
    }

    /** A service time is a multiple of the step, whatever else it is. */
    private static String clock() {
        long step = Long.MAX_VALUE;
        long start = System.nanoTime();
        long before = start;
        for (int i = 0; i < CLOCK_READINGS; i++) {
            long now = System.nanoTime();
            step = now == before ? step : Math.min(step, now - before);
            before = now;
        }
        return "a reading takes " + (before - start) / CLOCK_READINGS + " ns, the smallest step is " + step + " ns";
    }

    private static String firstLine(String file, String key) {
        try {
            for (String line : Files.readAllLines(Path.of(file))) {
                if (line.startsWith(key)) {
                    return line.substring(line.indexOf(':') + 1).trim();
                }
            }
        } catch (IOException e) {
            return UNKNOWN;
        }
        return UNKNOWN;
    }
}
