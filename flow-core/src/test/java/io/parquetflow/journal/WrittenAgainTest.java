package io.parquetflow.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.file.FlowDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the device refused to keep is in a later file once more, and the hole in the earlier one does no harm. */
class WrittenAgainTest {
    private static final String WRITER = "aaaaaaaaaaaaa";
    private static final int FORCED = 3;
    private static final int WRITTEN = 10;

    @TempDir
    Path directory;

    private final RecordBatch batch = new RecordBatch(4 << 10);

    private static final class Files implements Journal.JournalFiles {
        @Override
        public FileChannel make(Path path) throws IOException {
            return FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        @Override
        public void forceDirectory(Path of) throws IOException {
            FlowDirectory.force(of);
        }
    }

    private Journal journal() {
        JournalHeader header = JournalHeader.of(WRITER, Map.of());
        return new Journal(directory, header, new Files(), to -> {}, SealedState.NONE, 0);
    }

    private void append(Journal journal, long position) throws IOException {
        batch.clear(position);
        batch.add(position, 0, 0, 1, 0, 0, ByteBuffer.allocate(100), 0, 100);
        batch.end(position + 1);
        journal.append(batch);
    }

    /** As a recovery takes them: once each, and none behind a later one. */
    private static List<Long> replayed(DeadJournal dead) throws IOException {
        List<Long> positions = new ArrayList<>();
        dead.walk(frame -> {
            while (frame.next()) {
                if (positions.isEmpty() || frame.position() > positions.get(positions.size() - 1)) {
                    positions.add(frame.position());
                }
            }
        });
        return positions;
    }

    private void zero(Path file, long at, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(bytes), at);
        }
    }

    @Test
    void aHoleInWhatWasNotForcedIsFilledFromTheLaterFile() throws IOException {
        Path first;
        long length;
        try (Journal journal = journal()) {
            for (int i = 0; i < WRITTEN; i++) {
                append(journal, i);
                if (i + 1 == FORCED) {
                    journal.forceAll();
                }
            }
            first = journal.paths().get(0);
            length = first.toFile().length();
            journal.forceFailed(journal.force());
            append(journal, WRITTEN);
        }
        int frame = batch.frameBytes();
        zero(first, length - 5L * frame, frame);
        try (DeadJournal dead = DeadJournal.open(directory, WRITER)) {
            assertThat(replayed(dead))
                    .isEqualTo(LongStream.rangeClosed(0, WRITTEN).boxed().toList());
            assertThat(dead.damaged()).isEmpty();
        }
    }

    @Test
    void aHoleThatNobodyWroteAgainIsDamageAndTheRestIsRead() throws IOException {
        Path first;
        try (Journal journal = journal()) {
            for (int i = 0; i < WRITTEN; i++) {
                append(journal, i);
            }
            journal.roll();
            append(journal, WRITTEN);
            first = journal.paths().get(0);
        }
        int frame = batch.frameBytes();
        zero(first, first.toFile().length() - 5L * frame, frame);
        try (DeadJournal dead = DeadJournal.open(directory, WRITER)) {
            assertThat(replayed(dead)).containsExactly(0L, 1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L, 10L);
            assertThat(dead.damaged()).containsExactly(first);
        }
    }
}
