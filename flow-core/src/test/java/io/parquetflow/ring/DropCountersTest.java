package io.parquetflow.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Drops are counted exactly, whoever counts beside whom. */
class DropCountersTest {
    private static final int SLOTS = 7;

    private final CaptureRing ring = new CaptureRing(4096, 64, 100);

    @Test
    void manyThreadsCountExactly() throws Exception {
        int threadsCount = 8;
        int rounds = 20_000;
        DropCounters drops = ring.newCounters(0, "s");
        DropCounters neighbour = ring.newCounters(0, "s");
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < threadsCount; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    drops.count(i % SLOTS, i % SLOTS != 3);
                    neighbour.count(0, false);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long sum = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            int perThread = rounds / SLOTS + (slot < rounds % SLOTS ? 1 : 0);
            assertThat(drops.dropped(slot)).as("slot " + slot).isEqualTo((long) threadsCount * perThread);
            sum += drops.dropped(slot);
        }
        assertThat(drops.lost()).isEqualTo(sum - drops.dropped(3));
        assertThat(neighbour.dropped(0)).isEqualTo((long) threadsCount * rounds);
        assertThat(neighbour.lost()).isZero();
    }

    @Test
    void everyStreamHasCountersOfItsOwn() {
        List<DropCounters> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(ring.newCounters(0, "s"));
        }
        for (int i = 0; i < all.size(); i++) {
            for (int slot = 0; slot < SLOTS; slot++) {
                for (int n = 0; n < 1 + (i + slot) % 3; n++) {
                    all.get(i).count(slot, true);
                }
            }
        }
        for (int i = 0; i < all.size(); i++) {
            long lost = 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                assertThat(all.get(i).dropped(slot))
                        .as("stream %d, slot %d", i, slot)
                        .isEqualTo(1 + (i + slot) % 3);
                lost += 1 + (i + slot) % 3;
            }
            assertThat(all.get(i).lost()).isEqualTo(lost);
        }
    }
}
