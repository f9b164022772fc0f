package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations against a plain queue, and between any two of them the process might be dead: what the file holds
 * then is every record that was committed and not released, in order, byte for byte.
 */
@EnabledOnOs(OS.LINUX)
class DeadSlabPropertyTest {
    private static final int SEEDS_PER_SHAPE = 15;
    private static final int OPERATIONS = 1_500;

    /** Ring bytes, block bytes, largest payload. */
    private static final int[][] SHAPES = {{2048, 64, 200}, {4096, 128, 1500}, {16_384, 64, 8_000}};

    @TempDir
    private Path temp;

    static LongStream seeds() {
        return LongStream.range(0, (long) SHAPES.length * SEEDS_PER_SHAPE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFileHoldsWhatIsCommittedAndNotReleased(long seed) throws Exception {
        new Run(temp.resolve("slabs"), seed).run();
    }

    /** What the ring should hold at a position. */
    private static final class Entry {
        final long position;
        final boolean source;
        byte[] payload;
        boolean committed;
        boolean aborted;

        Entry(long position, boolean source) {
            this.position = position;
            this.source = source;
        }
    }

    private static final class Run {
        private final String label;
        private final Random random;
        private final SlabFile file;
        private final CaptureRing ring;
        private final DropCounters drops;
        private final RingReader reader;
        private final int blockBytes;
        private final int mostPayload;
        private final Deque<Entry> held = new ArrayDeque<>();
        private final List<Entry> open = new ArrayList<>();
        private final List<RingClaim> claims = new ArrayList<>();
        private long modelReleased;
        private long refusals;
        private int scans;

        Run(Path directory, long seed) throws Exception {
            int[] shape = SHAPES[(int) (seed % SHAPES.length)];
            label = "seed=" + seed;
            random = new Random(seed);
            file = SlabFile.create(directory, "w" + seed, shape[0], shape[1], shape[2], directory, "sink");
            ring = new CaptureRing(file);
            blockBytes = shape[1];
            mostPayload = Math.min(shape[2], ring.blocks() / 2 * blockBytes - Slab.HEADER_BYTES_WITH_SOURCE);
            drops = ring.newCounters(0, "sink");
            reader = new RingReader(ring);
            for (int i = 0; i < 3; i++) {
                claims.add(RingClaim.forThisThread(ring));
                open.add(null);
            }
        }

        void run() throws Exception {
            long laps = 0;
            for (int i = 0; i < OPERATIONS; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> offer();
                    case 3 -> openClaim(random.nextInt(claims.size()));
                    case 4, 5 -> endClaim(random.nextInt(claims.size()));
                    case 6 -> readAndRelease();
                    default -> compareWithFile();
                }
                laps = ring.claimedEnd() / ring.blocks();
            }
            assertThat(scans).as(label).isGreaterThan(100);
            assertThat(laps).as(label).isGreaterThan(2);
            file.delete();
        }

        private int length() {
            return random.nextInt(4) == 0 ? random.nextInt(mostPayload + 1) : random.nextInt(blockBytes);
        }

        /** Now and then a copy of the ring's own blocks, so that old markers lie where markers are looked for. */
        private byte[] bytes(int length) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            for (int at = blockBytes - Slab.HEADER_BYTES; at < length && random.nextInt(3) > 0; at += blockBytes) {
                int from = random.nextInt(ring.blocks()) * blockBytes;
                ring.slab.memory.get(from, payload, at, Math.min(blockBytes, length - at));
            }
            return payload;
        }

        private Entry hold(long position, boolean source) {
            Entry entry = new Entry(position, source);
            held.add(entry);
            return entry;
        }

        private void refused() {
            drops.count(2, true);
            refusals++;
        }

        private void offer() {
            byte[] payload = bytes(length());
            boolean source = random.nextBoolean();
            long position = ring.offer(3, drops, 7, source ? 8 : CaptureRing.NO_TIME, payload, 0, payload.length);
            if (position < 0) {
                refused();
                return;
            }
            Entry entry = hold(position, source);
            entry.payload = payload;
            entry.committed = true;
        }

        private void openClaim(int which) {
            if (open.get(which) != null) {
                return;
            }
            int length = length();
            boolean source = random.nextBoolean();
            RingClaim claim = claims.get(which);
            long position = claim.open(3, drops, 7, source ? 8 : CaptureRing.NO_TIME, length);
            if (position < 0) {
                refused();
                return;
            }
            Entry entry = hold(position, source);
            entry.payload = bytes(length);
            claim.view().put(entry.payload);
            open.set(which, entry);
        }

        private void endClaim(int which) {
            Entry entry = open.set(which, null);
            if (entry == null) {
                return;
            }
            if (random.nextInt(3) == 0) {
                claims.get(which).abort();
                entry.aborted = true;
            } else {
                int used = random.nextInt(entry.payload.length + 1);
                claims.get(which).commit(used);
                entry.payload = Arrays.copyOf(entry.payload, used);
                entry.committed = true;
            }
        }

        /** Up to any record in front of which every claim has ended. */
        private void readAndRelease() {
            int most = random.nextInt(20);
            while (most-- > 0 && !held.isEmpty() && (held.peek().committed || held.peek().aborted)) {
                Entry entry = held.poll();
                if (entry.committed) {
                    assertThat(reader.next()).as(label).isTrue();
                    assertThat(Rings.read(reader)).as(label).isEqualTo(entry.payload);
                    // not behind aborted blocks and padding: the reader is past them only when it is past the next
                    modelReleased = end(entry);
                }
            }
            reader.releaseTo(modelReleased);
        }

        private long end(Entry entry) {
            int header = entry.source ? Slab.HEADER_BYTES_WITH_SOURCE : Slab.HEADER_BYTES;
            return entry.position + (header + entry.payload.length + blockBytes - 1) / blockBytes;
        }

        private void compareWithFile() throws Exception {
            scans++;
            try (DeadSlab dead = DeadSlab.open(file.path())) {
                assertThat(dead.released()).as(label).isEqualTo(modelReleased);
                assertThat(dead.drops(0).dropped(2)).as(label).isEqualTo(refusals);
                long from = modelReleased;
                Iterator<Entry> expected = held.iterator();
                if (random.nextBoolean() && !held.isEmpty()) {
                    from = end(held.peek()); // behind the first, as after a journal's end
                    expected.next();
                }
                SlabScan scan = dead.scan(from);
                while (expected.hasNext()) {
                    Entry entry = expected.next();
                    if (entry.committed) {
                        String where = label + ", position=" + entry.position;
                        assertThat(scan.next()).as(where).isTrue();
                        assertThat(scan.position()).as(where).isEqualTo(entry.position);
                        assertThat(scan.stream()).as(where).isEqualTo(3);
                        assertThat(Rings.read(scan)).as(where).isEqualTo(entry.payload);
                    }
                }
                assertThat(scan.next()).as(label).isFalse();
                assertThat(scan.damaged()).as(label).isZero();
            }
        }
    }
}
