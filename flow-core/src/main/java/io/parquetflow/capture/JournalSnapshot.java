package io.parquetflow.capture;

import io.parquetflow.column.QuietSlf4j;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.SegmentName;
import io.parquetflow.journal.DeadJournal;
import io.parquetflow.journal.JournalHeader;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Partition;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * The journals of a directory as they are at one moment, of the living and the dead, and what of them is in no sealed
 * segment. Only reads: a living writer does not notice, and keeps nothing for it; its ring is not looked at, so that it is
 * a batch ahead.
 *
 * <p>Writers seal while one looks. Two snapshots that {@link #sees see} the same say that no segment was sealed
 * between them: whoever lists segments in between has, together with the second one, every record once.
 *
 * <p>Not thread-safe.
 */
public final class JournalSnapshot implements AutoCloseable {
    /** Of a dead writer a file may be missing for good. */
    private static final int ATTEMPTS = 10;

    private static final long AGAIN_NS = 1_000_000L;
    private static final long MOST_MEMORY = 32L << 20;

    private final SortedMap<String, Seen> writers = new TreeMap<>();
    private final List<String> unreadable = new ArrayList<>();
    private boolean doubtful;

    /** A writer's journal. */
    private record Seen(DeadJournal journal, DeadJournal.Extent extent) {
        Seal seal() {
            return new Seal(extent.sealed().number(), extent.sealed().end());
        }
    }

    private record Seal(int number, long end) {}

    /**
     * Records of one writer, as a file.
     *
     * @param file Parquet
     * @param sink the sink's name
     * @param decoder the decoder that was to make rows of the payloads, which are raw here; empty where there is none
     */
    public record Part(Path file, String sink, String decoder) {}

    private JournalSnapshot() {}

    /**
     * Takes one.
     *
     * @param root a sink's directory
     * @return open files
     * @throws IOException when a journal cannot be read
     */
    public static JournalSnapshot take(Path root) throws IOException {
        FlowDirectory directory = new FlowDirectory(root);
        JournalSnapshot snapshot = new JournalSnapshot();
        try {
            for (String writer : DeadJournal.writers(directory.internal())) {
                snapshot.addIfPossible(directory, writer);
            }
            return snapshot;
        } catch (IOException | RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    /** One that cannot be read does not keep the others out. */
    private void addIfPossible(FlowDirectory directory, String writer) {
        try {
            add(directory, writer, open(directory.internal(), writer));
        } catch (IOException | UncheckedIOException e) {
            unreadable.add("a journal is not shown: writer=" + writer + ": " + e);
            doubtful = true;
        }
    }

    private static DeadJournal open(Path internal, String writer) throws IOException {
        for (int attempt = 1; ; attempt++) {
            DeadJournal journal = DeadJournal.open(internal, writer);
            if (journal.isWhole() || attempt == ATTEMPTS) {
                return journal;
            }
            journal.close();
            LockSupport.parkNanos(AGAIN_NS);
        }
    }

    private void add(FlowDirectory directory, String writer, DeadJournal journal) throws IOException {
        try {
            DeadJournal.Extent extent = journal.extent(state -> {
                boolean sealed = directory.isSealed(state.open(), state.segment());
                // The open file is gone: into a segment that was moved on, or, a moment ago, to be written again.
                doubtful |= sealed && !Files.exists(directory.root().resolve(state.segment()));
                return sealed;
            });
            if (journal.header() == null && journal.notUnderstood().isEmpty()) {
                // Just begun, or closed in good order a moment ago: then its rows may be in another's segment.
                journal.close();
                doubtful = true;
                return;
            }
            writers.put(writer, new Seen(journal, extent));
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /**
     * Whether nothing was sealed between this one and another.
     *
     * @param other taken before
     * @return true when all writers are the same, and have sealed the same
     */
    public boolean sees(JournalSnapshot other) {
        return seals().equals(other.seals());
    }

    private Map<String, Seal> seals() {
        Map<String, Seal> seals = new TreeMap<>();
        writers.forEach((writer, seen) -> seals.put(writer, seen.seal()));
        return seals;
    }

    /**
     * Whether one snapshot is enough: a single writer numbers its segments, so that those that it sealed afterwards are
     * known by their names. With several, a segment of one may hold what another one left.
     *
     * @return true when {@link #isLater} sorts segments well enough
     */
    public boolean isEnough() {
        return writers.size() < 2 && !doubtful;
    }

    /**
     * Whether a segment was sealed after the snapshot: its records are in the journal, too.
     *
     * @param segment its name
     * @return false for those of writers that have no journal
     */
    public boolean isLater(SegmentName segment) {
        Seen seen = writers.get(segment.writer());
        return seen != null && segment.number() > seen.extent().sealed().number();
    }

    /**
     * Writes a file for each writer that has records in no sealed segment.
     *
     * @param directory where to
     * @return the files
     * @throws IOException when a journal cannot be read, or a file not be written
     */
    public List<Part> writeTo(Path directory) throws IOException {
        QuietSlf4j.prepare();
        List<Part> parts = new ArrayList<>();
        for (Seen seen : writers.values()) {
            JournalHeader header = seen.journal().header();
            if (header != null) {
                Part part = write(seen, header, directory);
                if (part.file() != null) {
                    parts.add(part);
                }
            }
        }
        return parts;
    }

    private static Part write(Seen seen, JournalHeader header, Path directory) throws IOException {
        SinkConfig config = SinkConfig.builder()
                .set(ConfigKey.DIRECTORY, directory.toString())
                .build()
                .with(Map.of(
                        ConfigKey.NAME, header.get(JournalNotes.SINK),
                        ConfigKey.PARTITION, Partition.NONE.name()));
        RowForm form = JournalNotes.formOf(header);
        MemoryPlan plan = MemoryPlan.of(config, Math.min(MOST_MEMORY, config.number(ConfigKey.MEMORY_LIMIT)));
        Path file = JournalRows.write(seen.journal(), seen.extent().sealed(), config, form, plan, directory);
        return new Part(file, config.name(), header.get(JournalNotes.DECODER_NAME));
    }

    /**
     * What could not be read.
     *
     * @return a line for each file, after {@link #writeTo} also for damaged ones
     */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(unreadable);
        for (Seen seen : writers.values()) {
            seen.journal().notUnderstood().forEach(file -> remarks.add("a journal is not shown: " + file.why()));
            new TreeSet<>(seen.journal().damaged())
                    .forEach(path -> remarks.add("[" + path + "] the journal is damaged, not shown bytes="
                            + seen.journal().damagedBytes()));
        }
        return remarks;
    }

    @Override
    public void close() {
        writers.values().forEach(seen -> seen.journal().close());
    }
}
