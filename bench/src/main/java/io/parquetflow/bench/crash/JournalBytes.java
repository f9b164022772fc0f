package io.parquetflow.bench.crash;

import io.parquetflow.file.FlowDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A journal file as bytes on a disk: where its frames lie. Reads the format by itself, so that it can be damaged where
 * it hurts.
 *
 * <p>Not thread-safe.
 */
final class JournalBytes {
    /** A batch of records. */
    static final int RECORDS = 1;
    /** A segment is about to get its name. */
    static final int SEALING = 3;

    private static final String SUFFIX = ".journal";
    private static final int VERSION_AT = 8;
    private static final int TEXT_LENGTH_AT = 12;
    private static final int HEADER_BYTES = 20;
    private static final int FRAME_MAGIC = 'P' | 'F' << 8 | 'R' << 16 | 'M' << 24;
    private static final int FRAME_HEADER_BYTES = 32;
    private static final int LENGTH_AT = 4;
    private static final int KIND_AT = 12;
    private static final int COUNT_AT = 24;

    private final Path path;
    private final ByteBuffer bytes;

    private JournalBytes(Path path, byte[] bytes) {
        this.path = path;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A frame that is whole.
     *
     * @param at its first byte
     * @param length header and body
     * @param kind of frame
     * @param records in it
     */
    record Frame(int at, int length, int kind, int records) {}

    static JournalBytes read(Path path) throws IOException {
        return new JournalBytes(path, Files.readAllBytes(path));
    }

    /** All of a sink's, by name. */
    static List<Path> in(Path data) throws IOException {
        Path internal = data.resolve(FlowDirectory.INTERNAL);
        if (!Files.isDirectory(internal)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(internal)) {
            return all.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    /** Up to the first that is not whole. */
    List<Frame> frames() {
        List<Frame> frames = new ArrayList<>();
        int at = headerBytes();
        while (at + FRAME_HEADER_BYTES <= bytes.capacity() && bytes.getInt(at) == FRAME_MAGIC) {
            long length = (long) FRAME_HEADER_BYTES + bytes.getInt(at + LENGTH_AT);
            if (length < FRAME_HEADER_BYTES || at + length > bytes.capacity()) {
                break;
            }
            frames.add(new Frame(at, (int) length, bytes.getInt(at + KIND_AT), bytes.getInt(at + COUNT_AT)));
            at += (int) length;
        }
        return frames;
    }

    /** Whether the frame speaks of this text. */
    boolean mentions(Frame frame, String text) {
        byte[] body = new byte[frame.length()];
        bytes.get(frame.at(), body);
        return new String(body, StandardCharsets.ISO_8859_1).contains(text);
    }

    /** How long its header is; all of the file when there is no whole one. */
    int headerBytes() {
        if (bytes.capacity() < HEADER_BYTES) {
            return bytes.capacity();
        }
        return (int) Math.min(bytes.capacity(), (long) HEADER_BYTES + Math.max(0, bytes.getInt(TEXT_LENGTH_AT)));
    }

    void flip(int at, int bit) {
        bytes.put(at, (byte) (bytes.get(at) ^ 1 << bit));
    }

    /** As a release to come would write it. */
    void makeNewer() {
        bytes.putInt(VERSION_AT, bytes.getInt(VERSION_AT) + 1);
    }

    byte[] all() {
        return bytes.array();
    }

    void write() throws IOException {
        Files.write(path, bytes.array());
    }
}
