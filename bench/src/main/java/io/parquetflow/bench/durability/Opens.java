package io.parquetflow.bench.durability;

import io.parquetflow.LogSink;
import io.parquetflow.bench.Fork;
import io.parquetflow.bench.sink.Directories;
import io.parquetflow.file.SegmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long an application waits for its sink: in an empty directory, in one with many segments, and in one where a writer
 * died with a long journal. Each run is a JVM of its own, because what is waited for is mostly the loading of classes.
 */
final class Opens implements Part {
    private static final String EMPTY = "open.empty";
    private static final String SEGMENTS = "open.segments";
    private static final String JOURNAL = "open.journal";
    private static final double WANTED_MS = 100;
    private static final double WANTED_WITH_SEGMENTS_MS = 1_000;

    private final int rounds;
    private final int segments;
    private final long records;
    private final Path directory;

    /**
     * Makes it.
     *
     * @param segments that are there already
     * @param records of 256 bytes in the dead writer's journal
     */
    Opens(int rounds, int segments, long records, Path directory) {
        this.rounds = rounds;
        this.segments = segments;
        this.records = records;
        this.directory = directory;
    }

    @Override
    public void run(Rounds all) throws IOException, InterruptedException {
        Path full = directory.resolve("segments");
        fill(full);
        for (int round = 0; round < rounds; round++) {
            Path empty = directory.resolve("empty");
            open(all, EMPTY, empty, 0);
            Directories.delete(empty);
            open(all, SEGMENTS, full, 0);
            Path dead = directory.resolve("dead");
            all.fork(JOURNAL + ".die", Fork.absoluteClassPath(), arguments("die", JOURNAL + ".die", dead, records));
            open(all, JOURNAL, dead, records);
            Directories.delete(dead);
        }
        Directories.delete(full);
    }

    private static void open(Rounds all, String name, Path in, long toRecover)
            throws IOException, InterruptedException {
        all.fork(name, Fork.absoluteClassPath(), arguments("open", name, in, toRecover));
    }

    private static List<String> arguments(String act, String name, Path in, long records) {
        return List.of("open-run", "--act=" + act, "--name=" + name, "--directory=" + in, "--records=" + records);
    }

    /** One real segment under many names: links, because their bytes are not what is looked at. */
    private void fill(Path full) throws IOException {
        try (LogSink sink = LogSink.builder(full).name(OpenRun.SINK).build()) {
            sink.tryRecord(new byte[] {1});
        }
        Path sealed;
        try (Stream<Path> all = Files.list(full)) {
            sealed = all.filter(path -> path.toString().endsWith(SegmentName.SUFFIX))
                    .findFirst()
                    .orElseThrow();
        }
        SegmentName name = SegmentName.parse(sealed.getFileName().toString()).orElseThrow();
        for (int i = 1; i < segments; i++) {
            SegmentName other = new SegmentName(
                    name.sink(), name.stream(), name.opened().plusMillis(i), name.writer(), name.number() + i, false);
            Files.createLink(full.resolve(other.fileName()), sealed);
        }
    }

    @Override
    public void judge(Verdicts verdicts) {
        verdicts.atMost(EMPTY, "first_ms", WANTED_MS);
        verdicts.atMost(SEGMENTS, "first_ms", WANTED_WITH_SEGMENTS_MS);
        verdicts.atMost(JOURNAL, "first_ms", WANTED_MS);
    }
}
