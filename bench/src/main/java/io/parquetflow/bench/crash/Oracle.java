package io.parquetflow.bench.crash;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the producers of one life were promised, in a mapped file: it is the kernel's, so a killed process takes nothing
 * of it along. A producer stores after each answer, so at the kill one record of each may be accepted and not yet counted.
 *
 * <pre>
 * line 0: state, the sink's drops of a clean close, length and bytes of the writer's name
 * line 1 + p: accepted and refused of producer p, and how many of the accepted are out of the ring
 * </pre>
 *
 * Lines of 128 bytes: neighbours fetched by pairs would make producers wait for each other.
 *
 * <p>Thread-safe: a producer has a line of its own.
 */
final class Oracle {
    /** What has become of the sink. */
    enum State {
        STARTING(0),
        /** Its main method runs: from here on it is our code that a kill meets. */
        RUNNING(1),
        OPEN(2),
        CLOSED(3);

        private final long code;

        State(long code) {
            this.code = code;
        }

        private static State of(long code) {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalStateException("no such state: code=" + code);
        }
    }

    static final int MOST_PRODUCERS = 8;

    private static final int LINE_BYTES = 128;
    private static final int DROPPED = 8;
    private static final int NAME_LENGTH = 16;
    private static final int NAME = 24;
    private static final int REFUSED = 8;
    private static final int DRAINED = 16;
    private static final int DURABLE = 24;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer page;

    private Oracle(ByteBuffer page) {
        this.page = page;
    }

    /** Maps the file; made, of zeros, where it is not there yet. */
    static Oracle map(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Oracle(channel.map(FileChannel.MapMode.READ_WRITE, 0, (MOST_PRODUCERS + 1L) * LINE_BYTES));
        }
    }

    private static int line(int producer) {
        return (producer + 1) * LINE_BYTES;
    }

    void accepted(int producer, long count) {
        LONG.setRelease(page, line(producer), count);
    }

    long accepted(int producer) {
        return (long) LONG.getAcquire(page, line(producer));
    }

    void refused(int producer, long count) {
        LONG.setRelease(page, line(producer) + REFUSED, count);
    }

    long refused(int producer) {
        return (long) LONG.getAcquire(page, line(producer) + REFUSED);
    }

    void drained(List<Long> counts) {
        for (int p = 0; p < MOST_PRODUCERS; p++) {
            LONG.setRelease(page, line(p) + DRAINED, (long) counts.get(p));
        }
    }

    /** Of each producer, what is known to have left the ring. */
    List<Long> drained() {
        return all(DRAINED);
    }

    void durable(List<Long> counts) {
        for (int p = 0; p < MOST_PRODUCERS; p++) {
            LONG.setRelease(page, line(p) + DURABLE, (long) counts.get(p));
        }
    }

    /** Of each producer, what the sink has said to be on the device. */
    List<Long> durable() {
        return all(DURABLE);
    }

    /** Accepted of each producer, at this moment. */
    List<Long> accepted() {
        return all(0);
    }

    private List<Long> all(int offset) {
        List<Long> counts = new ArrayList<>();
        for (int p = 0; p < MOST_PRODUCERS; p++) {
            counts.add((long) LONG.getAcquire(page, line(p) + offset));
        }
        return List.copyOf(counts);
    }

    void running() {
        LONG.setRelease(page, 0, State.RUNNING.code);
    }

    void opened(String writer) {
        for (int i = 0; i < writer.length(); i++) {
            page.put(NAME + i, (byte) writer.charAt(i));
        }
        LONG.setRelease(page, NAME_LENGTH, (long) writer.length());
        LONG.setRelease(page, 0, State.OPEN.code);
    }

    /** Empty before the sink was open. */
    String writer() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < (long) LONG.getAcquire(page, NAME_LENGTH); i++) {
            name.append((char) page.get(NAME + i));
        }
        return name.toString();
    }

    void closed(long dropped) {
        LONG.setRelease(page, DROPPED, dropped);
        LONG.setRelease(page, 0, State.CLOSED.code);
    }

    /** Drops of a sink that was closed, as it counted them itself. */
    long dropped() {
        return (long) LONG.getAcquire(page, DROPPED);
    }

    State state() {
        return State.of((long) LONG.getAcquire(page, 0));
    }
}
