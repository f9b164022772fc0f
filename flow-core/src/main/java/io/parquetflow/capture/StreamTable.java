package io.parquetflow.capture;

import io.parquetflow.ring.DropCounters;
import io.parquetflow.spi.DropCause;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * The streams of a sink by number: name and drop counters. Grows under a lock, is read without one.
 *
 * <p>Thread-safe.
 */
public final class StreamTable implements Losses.Drops {
    /** What two bytes of a record's header can name. */
    public static final int MOST = 65_536;

    /** One stream. Immutable. */
    public static final class Entry {
        private final String name;
        private final byte[] nameBytes;
        private final DropCounters drops;

        Entry(String name, DropCounters drops) {
            this.name = name;
            this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
            this.drops = drops;
        }

        /**
         * The name as the caller gave it.
         *
         * @return any text
         */
        public String name() {
            return name;
        }

        /** The name in UTF-8, not to be changed. */
        byte[] nameBytes() {
            return nameBytes;
        }

        /**
         * Its counters.
         *
         * @return drops by cause
         */
        public DropCounters drops() {
            return drops;
        }
    }

    private volatile Entry[] entries = new Entry[4];
    private volatile int count;

    StreamTable() {}

    /**
     * Adds a stream.
     *
     * @param name its name
     * @param drops makes its counters from its number and name
     * @return its number
     * @throws IllegalStateException when there are too many
     */
    public synchronized int add(String name, BiFunction<Integer, String, DropCounters> drops) {
        int number = count;
        if (number == MOST) {
            throw new IllegalStateException("too many streams: a sink has at most " + MOST);
        }
        Entry[] all = entries;
        if (number == all.length) {
            all = Arrays.copyOf(all, number * 2);
        }
        all[number] = new Entry(name, drops.apply(number, name));
        entries = all;
        count = number + 1;
        return number;
    }

    /**
     * How many there are.
     *
     * @return 1 to {@link #MOST}
     */
    @Override
    public int count() {
        return count;
    }

    @Override
    public long dropped(int stream, DropCause cause) {
        return entries[stream].drops().dropped(cause.slot());
    }

    /**
     * One of them.
     *
     * @param number below {@link #count}, or from a committed record
     * @return the stream
     */
    public Entry stream(int number) {
        return entries[number];
    }
}
