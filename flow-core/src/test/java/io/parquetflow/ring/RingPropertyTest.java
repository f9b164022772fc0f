package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations against a plain queue: what was accepted is read, in order, byte for byte; what the model has room
 * for the ring takes, and what it has no room for the ring refuses.
 */
class RingPropertyTest {
    private static final int SEEDS_PER_SHAPE = 80;
    private static final int OPERATIONS = 2_000;

    /** Ring bytes, block bytes, largest payload. */
    private static final int[][] SHAPES = {{2048, 64, 200}, {4096, 128, 1500}, {16_384, 64, 8_000}};

    static LongStream seeds() {
        return LongStream.range(0, (long) SHAPES.length * SEEDS_PER_SHAPE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingReadIsEverythingAcceptedInOrder(long seed) {
        new Run(seed).run();
    }

    /** What the ring should hold at a position. */
    private static final class Entry {
        final long position;
        final int blocks;
        byte[] payload;
        long tsNs;
        long sourceNs;
        int stream;
        boolean open;
        boolean aborted;

        Entry(long position, int blocks) {
            this.position = position;
            this.blocks = blocks;
        }
    }

    private static final class OpenClaim {
        final RingClaim claim;
        Entry entry;

        OpenClaim(RingClaim claim) {
            this.claim = claim;
        }
    }

    private static final class Run {
        private final String label;
        private final Random random;
        private final CaptureRing ring;
        private final DropCounters drops;
        private final RingReader reader;
        private final int blockBytes;
        private final int mostPayload;
        private final Deque<Entry> unread = new ArrayDeque<>();
        private final List<Long> releasable = new ArrayList<>();
        private final List<OpenClaim> claims = new ArrayList<>();
        private long modelEnd;
        private long modelReleased;
        private long accepted;
        private long read;

        Run(long seed) {
            int[] shape = SHAPES[(int) (seed % SHAPES.length)];
            label = "seed=" + seed;
            random = new Random(seed);
            ring = new CaptureRing(shape[0], shape[1], shape[2], new Marker(seed));
            blockBytes = shape[1];
            mostPayload = Math.min(shape[2], ring.blocks() / 2 * blockBytes - Slab.HEADER_BYTES_WITH_SOURCE);
            drops = ring.newCounters(0, "s");
            reader = new RingReader(ring);
            for (int i = 0; i < 3; i++) {
                claims.add(new OpenClaim(RingClaim.forThisThread(ring)));
            }
        }

        void run() {
            for (int i = 0; i < OPERATIONS; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> offer();
                    case 3 -> openOrEndClaim();
                    case 4 -> endClaim(claims.get(random.nextInt(claims.size())));
                    case 5, 6 -> readSome(1 + random.nextInt(10));
                    default -> releaseSome();
                }
            }
            claims.forEach(this::endClaim);
            readSome(Integer.MAX_VALUE);
            assertThat(unread).as(label).isEmpty();
            assertThat(read).as(label).isEqualTo(accepted).isPositive();
            assertThat(reader.nextPosition()).as(label).isEqualTo(ring.claimedEnd());
            assertThat(modelEnd / ring.blocks()).as(label + " laps").isGreaterThan(3);
        }

        private int length() {
            return random.nextInt(4) == 0 ? random.nextInt(mostPayload + 1) : random.nextInt(blockBytes);
        }

        private byte[] bytes(int length) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            return payload;
        }

        private Entry newEntry(int length) {
            boolean source = random.nextBoolean();
            int header = source ? Slab.HEADER_BYTES_WITH_SOURCE : Slab.HEADER_BYTES;
            Entry entry = new Entry(modelEnd, (header + length + blockBytes - 1) / blockBytes);
            entry.tsNs = random.nextLong();
            entry.sourceNs = source ? random.nextInt() : CaptureRing.NO_TIME;
            entry.stream = random.nextInt(65_536);
            return entry;
        }

        private boolean hasRoom(Entry entry) {
            return modelEnd - modelReleased + entry.blocks <= ring.blocks();
        }

        private void add(Entry entry) {
            modelEnd += entry.blocks;
            unread.add(entry);
        }

        private void offer() {
            byte[] payload = bytes(length());
            Entry entry = newEntry(payload.length);
            entry.payload = payload;
            long position = ring.offer(entry.stream, drops, entry.tsNs, entry.sourceNs, payload, 0, payload.length);
            assertThat(position).as(label).isEqualTo(hasRoom(entry) ? entry.position : CaptureRing.NO_ROOM);
            if (position >= 0) {
                add(entry);
                accepted++;
            }
        }

        private void openOrEndClaim() {
            OpenClaim some = claims.get(random.nextInt(claims.size()));
            if (some.entry != null) {
                endClaim(some);
                return;
            }
            int length = length();
            Entry entry = newEntry(length);
            long position = some.claim.open(entry.stream, drops, entry.tsNs, entry.sourceNs, length);
            assertThat(position).as(label).isEqualTo(hasRoom(entry) ? entry.position : CaptureRing.NO_ROOM);
            if (position >= 0) {
                entry.open = true;
                entry.payload = bytes(length);
                some.claim.view().put(entry.payload);
                some.entry = entry;
                add(entry);
            }
        }

        private void endClaim(OpenClaim some) {
            if (some.entry == null) {
                return;
            }
            if (random.nextInt(3) == 0) {
                some.claim.abort();
                some.entry.aborted = true;
            } else {
                int used = random.nextInt(some.entry.payload.length + 1);
                some.claim.commit(used);
                some.entry.payload = Arrays.copyOf(some.entry.payload, used);
                accepted++;
            }
            some.entry.open = false;
            some.entry = null;
        }

        private void readSome(int most) {
            assertThat(ring.committedFrom(reader.nextPosition())).as(label).isEqualTo(unreadAndCommitted());
            for (int i = 0; i < most; i++) {
                while (!unread.isEmpty() && unread.peek().aborted) {
                    unread.poll();
                }
                boolean expected = !unread.isEmpty() && !unread.peek().open;
                assertThat(reader.next()).as(label).isEqualTo(expected);
                if (!expected) {
                    return;
                }
                compare(unread.poll());
                read++;
                releasable.add(reader.nextPosition());
            }
        }

        private long unreadAndCommitted() {
            return unread.stream().filter(e -> !e.open && !e.aborted).count();
        }

        private void compare(Entry entry) {
            String where = label + ", position=" + entry.position;
            assertThat(reader.position()).as(where).isEqualTo(entry.position);
            assertThat(reader.stream()).as(where).isEqualTo(entry.stream);
            assertThat(reader.tsNs()).as(where).isEqualTo(entry.tsNs);
            assertThat(reader.hasSource()).as(where).isEqualTo(entry.sourceNs != CaptureRing.NO_TIME);
            if (reader.hasSource()) {
                assertThat(reader.sourceNs()).as(where).isEqualTo(entry.sourceNs);
            }
            assertThat(Rings.read(reader)).as(where).isEqualTo(entry.payload);
        }

        /** Up to any record that was read, not only the last. */
        private void releaseSome() {
            if (releasable.isEmpty()) {
                return;
            }
            int some = random.nextInt(releasable.size());
            modelReleased = releasable.get(some);
            reader.releaseTo(modelReleased);
            releasable.subList(0, some + 1).clear();
        }
    }
}
