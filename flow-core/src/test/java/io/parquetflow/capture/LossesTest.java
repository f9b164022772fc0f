package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.DropCounters;
import io.parquetflow.spi.DropCause;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every drop is told of once: in a row, or in the tail. */
class LossesTest {
    private final CaptureRing ring = new CaptureRing(64 << 10, 64, 1000);
    private final StreamTable streams = new StreamTable();
    private final Losses losses = new Losses(streams);

    private DropCounters newStream(String name) {
        DropCounters drops = ring.newCounters(0, "s");
        streams.add(name, (stream, n) -> drops);
        return drops;
    }

    private static void drop(DropCounters drops, DropCause cause) {
        drops.count(cause.slot(), cause != DropCause.CLOSED);
    }

    @Test
    void aRowTellsOfTheDropsSinceTheLast() {
        assertThat(losses.tell(0, 0)).isZero();
        assertThat(losses.tell(0, 5)).isEqualTo(5);
        assertThat(losses.tell(0, 5)).isZero();
        assertThat(losses.tell(0, 7)).isEqualTo(2);
    }

    /** Of two producers the later in the ring may have seen fewer drops. */
    @Test
    void whoSawFewerDropsTellsOfNone() {
        assertThat(losses.tell(0, 5)).isEqualTo(5);
        assertThat(losses.tell(0, 3)).isZero();
        assertThat(losses.tell(0, 6)).isEqualTo(1);
    }

    @Test
    void everyStreamIsToldOfOnItsOwn() {
        assertThat(losses.tell(0, 5)).isEqualTo(5);
        assertThat(losses.tell(1, 5)).isEqualTo(5);
        assertThat(losses.tell(65_535, 1)).isEqualTo(1);
        assertThat(losses.tell(0, 6)).isEqualTo(1);
        assertThat(losses.tell(65_535, 2)).isEqualTo(1);
    }

    @Test
    void whatNoRowHasToldOfIsTheTail() {
        DropCounters a = newStream("a");
        DropCounters b = newStream("b");
        for (int i = 0; i < 4; i++) {
            drop(a, DropCause.RING_FULL);
        }
        assertThat(losses.tell(0, a.lost())).isEqualTo(4);
        drop(a, DropCause.OVERSIZE);
        drop(b, DropCause.RING_FULL);
        drop(b, DropCause.REENTRANT);
        Losses.Snapshot snapshot = losses.snapshot();
        assertThat(snapshot.tail()).isEqualTo(3);
        assertThat(snapshot.totals())
                .containsEntry(DropCause.RING_FULL, 5L)
                .containsEntry(DropCause.OVERSIZE, 1L)
                .containsEntry(DropCause.REENTRANT, 1L)
                .containsEntry(DropCause.CLOSED, 0L);
        assertThat(snapshot.totals()).hasSize(DropCause.values().length);
    }

    /** Who goes on after close is counted, and nothing is missing from the data for it. */
    @Test
    void callsAfterCloseAreNoLosses() {
        DropCounters a = newStream("a");
        drop(a, DropCause.CLOSED);
        drop(a, DropCause.CLOSED);
        assertThat(losses.snapshot().totals()).containsEntry(DropCause.CLOSED, 2L);
        assertThat(losses.snapshot().tail()).isZero();
    }

    @Test
    void rowsAndTailTogetherAreAllDrops() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            StreamTable table = new StreamTable();
            Losses own = new Losses(table);
            DropCounters[] counters = new DropCounters[1 + random.nextInt(40)];
            for (int i = 0; i < counters.length; i++) {
                DropCounters fresh = ring.newCounters(0, "s");
                counters[i] = fresh;
                table.add("s" + i, (stream, n) -> fresh);
            }
            long dropped = 0;
            long told = 0;
            for (int i = 0; i < 1_000; i++) {
                int stream = random.nextInt(counters.length);
                if (random.nextBoolean()) {
                    drop(counters[stream], DropCause.RING_FULL);
                    dropped++;
                } else {
                    told += own.tell(stream, Math.max(0, counters[stream].lost() - random.nextInt(2)));
                }
            }
            assertThat(told + own.snapshot().tail()).as("seed=" + seed).isEqualTo(dropped);
        }
    }
}
