package io.parquetflow.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real journals with little in them. A record is a line: its position and its payload. */
final class Journals {
    static final String WRITER = "aaaaaaaaaaaaa";
    /** A record takes so many blocks of the ring. */
    static final int BLOCKS = 2;

    /** Real files. */
    static class Maker implements Journal.JournalFiles {
        @Override
        public FileChannel make(Path path) throws IOException {
            return FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private Journals() {}

    static JournalHeader header(String writer) {
        return JournalHeader.of(writer, Map.of("sink", "test", "form", "raw"));
    }

    static Journal begin(Path folder) {
        return begin(folder, WRITER, new Maker());
    }

    static Journal begin(Path folder, String writer, Journal.JournalFiles maker) {
        return new Journal(
                folder,
                header(writer),
                maker,
                to -> to.name(0, "main".getBytes(StandardCharsets.UTF_8)),
                SealedState.NONE,
                0);
    }

    static RecordBatch batch(long position, String... payloads) {
        byte[][] bytes = new byte[payloads.length][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = payloads[i].getBytes(StandardCharsets.UTF_8);
        }
        return batch(position, bytes);
    }

    static RecordBatch batch(long position, byte[]... payloads) {
        RecordBatch batch = new RecordBatch(64);
        batch.clear(position);
        long at = position;
        for (byte[] payload : payloads) {
            batch.add(at, 0, 0, 1_000 + at, 0, 0, ByteBuffer.wrap(payload), 0, payload.length);
            at += BLOCKS;
        }
        batch.end(at);
        return batch;
    }

    /** Records one after the other, so many a frame. */
    static void append(Journal journal, int frames, int perFrame) throws IOException {
        for (int i = 0; i < frames; i++) {
            long position = journal.endPosition();
            String[] payloads = new String[perFrame];
            for (int k = 0; k < perFrame; k++) {
                payloads[k] = payload(position + (long) k * BLOCKS);
            }
            journal.append(batch(position, payloads));
        }
    }

    static String payload(long position) {
        return "payload-" + position;
    }

    static String line(long position) {
        return position + " " + payload(position);
    }

    /** The lines of all records in front of a position. */
    static List<String> linesTo(long end) {
        List<String> lines = new ArrayList<>();
        for (long position = 0; position < end; position += BLOCKS) {
            lines.add(line(position));
        }
        return lines;
    }

    static void lines(RecordBatch batch, List<String> to) {
        while (batch.next()) {
            if (!batch.isName()) {
                byte[] payload = new byte[batch.length()];
                batch.memory().get(batch.payloadAt(), payload);
                to.add(batch.position() + " " + new String(payload, StandardCharsets.UTF_8));
            }
        }
    }

    /** What the cursor has to say, to the end. */
    static List<String> rest(JournalCursor cursor) throws IOException {
        List<String> lines = new ArrayList<>();
        RecordBatch batch = new RecordBatch(64);
        while (cursor.next(batch)) {
            lines(batch, lines);
        }
        return lines;
    }

    static List<String> read(DeadJournal journal) throws IOException {
        List<String> lines = new ArrayList<>();
        journal.walk(batch -> lines(batch, lines));
        return lines;
    }

    /** What a dead writer's journal says, and where it ends. */
    record Dead(List<String> lines, DeadJournal.Extent extent, DeadJournal journal) {}

    static Dead dead(Path folder) throws IOException {
        try (DeadJournal journal = DeadJournal.open(folder, WRITER)) {
            DeadJournal.Extent extent = journal.extent(state -> false);
            return new Dead(read(journal), extent, journal);
        }
    }

    static SealedState state(String name, long end) {
        return new SealedState(name, name, end, end, end, 1, 0, List.of());
    }
}
