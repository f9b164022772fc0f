package io.parquetflow.ring;

import java.util.ArrayList;
import java.util.List;

/** Shorthand of the ring's tests. */
final class Rings {
    private Rings() {}

    /** Offers a whole array without a source time. */
    static long offer(CaptureRing ring, DropCounters drops, byte[] payload) {
        return ring.offer(0, drops, 0, CaptureRing.NO_TIME, payload, 0, payload.length);
    }

    /** A payload whose every byte tells which payload it is from. */
    static byte[] payload(int length, int tag) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (tag * 31 + i * 7);
        }
        return bytes;
    }

    /** The payload the reader stands on. */
    static byte[] read(SlabRecord reader) {
        byte[] bytes = new byte[reader.length()];
        reader.slab().get(reader.payloadAt(), bytes);
        return bytes;
    }

    /** Everything that can be read now. */
    static List<byte[]> readAll(RingReader reader) {
        List<byte[]> all = new ArrayList<>();
        while (reader.next()) {
            all.add(read(reader));
            if (all.size() > reader.slab().capacity() / 64) {
                throw new AssertionError("more records than blocks: an old lap was read again");
            }
        }
        return all;
    }
}
