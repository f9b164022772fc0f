package io.parquetflow.bench.writer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Lets contenders write the same batches: once to be read back and compared, some more times to get warm, then timed. They
 * take turns, and every round begins with another one, so that what else happens on the machine happens to all of them.
 *
 * <p>Not thread-safe.
 */
final class Race {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Batches batches;
    private final List<Contender> contenders;
    private final Path directory;
    private final Path kept;
    private final PrintStream out;

    /**
     * Prepares.
     *
     * @param batches what is written
     * @param contenders at least one
     * @param directory of ours, for their files, which are deleted after each run
     * @param kept where the last file stays nevertheless, null for nowhere
     * @param out where lines go
     */
    Race(Batches batches, List<Contender> contenders, Path directory, Path kept, PrintStream out) {
        this.batches = batches;
        this.contenders = contenders;
        this.directory = directory;
        this.kept = kept;
        this.out = out;
    }

    /** Everybody writes everything once, is read back, and gets what it needs for later. */
    void check() throws Exception {
        for (Contender contender : contenders) {
            out.println("# " + contender.name() + ": " + contender.work());
            Path file = file(contender);
            contender.prepare(batches, file);
            try {
                contender.write(batches, file);
                contender.check(batches, file);
            } finally {
                Files.deleteIfExists(file);
            }
        }
        out.println(
                "# all wrote the same values: rows=" + batches.rows() + ", payload_bytes=" + batches.payloadBytes());
    }

    void warmUp(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (Contender contender : contenders) {
                measure(contender);
            }
        }
    }

    /** Timed rounds, each printed as it comes. */
    Standings run(int rounds) throws Exception {
        Standings standings =
                new Standings(contenders.stream().map(Contender::name).toList());
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                Contender contender = contenders.get((round + i) % contenders.size());
                Map<String, Double> figures = measure(contender).figures(batches);
                out.println("# run " + (round + 1) + " of " + rounds + ": " + contender.name());
                Measured.print(out, contenders.size() == 1 ? "" : contender.name() + ".", figures);
                standings.add(contender.name(), figures);
            }
        }
        return standings;
    }

    private Measured measure(Contender contender) throws Exception {
        Path file = file(contender);
        System.gc();
        try {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long cpu = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            contender.write(batches, file);
            long elapsedNs = System.nanoTime() - start;
            cpu = SYSTEM.getProcessCpuTime() - cpu;
            allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            Measured measured = new Measured(elapsedNs, cpu, allocated, size(file), contender.extras());
            if (kept != null) {
                Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
            }
            return measured;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private Path file(Contender contender) {
        return directory.resolve(contender.name() + ".bench");
    }
}
