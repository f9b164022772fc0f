package io.parquetflow.bench.durability;

import io.parquetflow.bench.Fork;
import io.parquetflow.bench.crash.SeededBug;
import io.parquetflow.bench.crash.SeededBug.Edit;
import io.parquetflow.bench.sink.Delays;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Has {@link Delays} called by flow-core, in other JVMs. A disk that is slow for everybody would need root, and the
 * compressor has no disk.
 *
 * <p>Thread-safe: immutable.
 */
final class SlowDisk {
    private static final String DELAYS = Delays.class.getName();
    private static final String FORCE = DELAYS + ".force(); ";

    private static final List<SeededBug> DELAYED = List.of(
            slower("journal", "io/parquetflow/journal/JournalFile.java", "channel.force(false);", FORCE),
            slower("segment", "io/parquetflow/file/SegmentFile.java", "channel.force(true);", FORCE),
            slower("directory", "io/parquetflow/file/FlowDirectory.java", "channel.force(true);", FORCE),
            slower("page", "io/parquetflow/column/ZstdPages.java", "int bound = ", DELAYS + ".page(); "));

    /** While the writer thread waits, nobody takes anything out of the ring: the load has to be refused. */
    private static final SeededBug NO_RELIEF = SeededBug.in(
            "no-relief",
            "io/parquetflow/capture/Intake.java",
            new Edit("Thread.currentThread() != owner", "Thread.currentThread() != null", 1));

    private SlowDisk() {}

    private static SeededBug slower(String name, String file, String before, String call) {
        return SeededBug.in("slow-" + name, file, new Edit(before, call + before, 1));
    }

    /**
     * Plants them.
     *
     * @param repository where the sources are
     * @param classes a directory for the class files
     * @param relief false to break what the burst is about, so that the run can be seen to fail
     * @return the class path of the JVMs
     */
    static String plant(Path repository, Path classes, boolean relief) throws IOException {
        String classPath = Fork.absoluteClassPath();
        for (SeededBug bug : DELAYED) {
            classPath = bug.plant(repository, classPath, classes.resolve(bug.name()));
        }
        return relief ? classPath : NO_RELIEF.plant(repository, classPath, classes.resolve(NO_RELIEF.name()));
    }
}
