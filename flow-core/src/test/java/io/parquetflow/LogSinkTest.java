package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parquetflow.spi.DropCause;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.SinkState;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.FullRing;
import io.parquetflow.testing.NextStart;
import io.parquetflow.testing.NoSlabLeft;
import io.parquetflow.testing.Segments;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of a sink: never blocks, never lies. */
@ExtendWith(NoSlabLeft.class)
class LogSinkTest {
    private static final byte[] PAYLOAD = new byte[200];
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private LogSinkBuilder small() {
        return LogSink.builder(directory).ringBytes(64 << 10).maxPayload(4 << 10);
    }

    @Test
    void aFullRingRefusesAndCounts() throws Exception {
        long calls = 0;
        long taken;
        try (LogSink sink = small().build()) {
            try (FullRing full = new FullRing(sink)) {
                taken = FullRing.fill(sink, PAYLOAD);
                calls = taken + 1;
                for (int i = 0; i < 1_000; i++) {
                    assertThat(sink.offer(PAYLOAD)).isEqualTo(Recorder.RING_FULL);
                }
                calls += 1_000;
                assertThat(sink.stats().droppedByCause()).containsEntry(DropCause.RING_FULL, 1_001L);
            }
            assertThat(sink.flush(LONG)).isTrue();
            SinkStats stats = sink.stats();
            assertThat(stats.accepted()).isEqualTo(taken + 1); // the holder's record
            assertThat(stats.accepted() + stats.dropped()).isEqualTo(calls + 1);
            assertThat(sink.tryRecord(PAYLOAD)).isTrue();
        }
        // The gap shows in the data, where it happened: on the first row behind it.
        assertThat(Duck.number(directory, "select lost from {} order by seq desc limit 1"))
                .isEqualTo(1_001);
        assertThat(Duck.number(directory, "select sum(lost) from {}")).isEqualTo(1_001);
    }

    @Test
    void everyCallIsAcceptedOrDroppedAndEveryDropShowsInTheData() throws Exception {
        int threads = 4;
        AtomicLong calls = new AtomicLong();
        AtomicLong taken = new AtomicLong();
        SinkStats stats;
        try (LogSink sink = small().build()) {
            Thread[] producers = new Thread[threads];
            for (int t = 0; t < threads; t++) {
                Stream stream = sink.stream("stream-" + t % 2);
                producers[t] = new Thread(() -> {
                    for (int i = 0; i < 200_000; i++) {
                        calls.incrementAndGet();
                        if (i % 1_000 == 0 ? stream.tryRecord(new byte[5_000]) : stream.tryRecord(PAYLOAD)) {
                            taken.incrementAndGet();
                        }
                    }
                });
                producers[t].start();
            }
            for (Thread producer : producers) {
                producer.join();
            }
            assertThat(sink.flush(LONG)).isTrue();
            stats = sink.stats();
            assertThat(stats.accepted()).isEqualTo(taken.get());
            assertThat(stats.accepted() + stats.dropped()).isEqualTo(calls.get());
            assertThat(stats.droppedByCause()).containsEntry(DropCause.OVERSIZE, 800L);
            assertThat(sink.close(LONG)).isTrue();
            stats = sink.stats();
        }
        assertThat(stats.rowsSealed()).isEqualTo(taken.get());
        assertThat(Duck.number(directory, "select count(*) from {}")).isEqualTo(taken.get());
        for (int s = 0; s < 2; s++) {
            long dropped = stats.droppedByStream().get("stream-" + s).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long lost = Duck.number(directory, "select sum(lost) from {} where stream='stream-" + s + "'");
            assertThat(lost).isLessThanOrEqualTo(dropped);
        }
        long lost = Duck.number(directory, "select sum(lost) from {}");
        assertThat(lost + lostTail()).isEqualTo(stats.dropped());
    }

    private long lostTail() throws Exception {
        var segments = Segments.in(directory);
        return Long.parseLong(Segments.footer(segments.get(segments.size() - 1))
                .getFileMetaData()
                .getKeyValueMetaData()
                .get("flow.lost_tail"));
    }

    @Test
    void dropsThatNoRowTellsOfAreInALastFooter() throws Exception {
        try (LogSink sink = small().build()) {
            assertThat(sink.offer(new byte[5_000])).isEqualTo(Recorder.OVERSIZE);
            assertThat(sink.close(LONG)).isTrue();
        }
        assertThat(Segments.in(directory)).hasSize(1);
        assertThat(lostTail()).isEqualTo(1);
        assertThat(Duck.number(directory, "select count(*) from {}")).isZero();
    }

    @Test
    void aSinkWithNothingToTellLeavesNoFile() throws Exception {
        LogSink.open(directory).close();
        assertThat(Segments.in(directory)).isEmpty();
    }

    @Test
    void acceptingAndRefusingAllocateNothing() throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer direct = ByteBuffer.allocateDirect(200);
        ByteBuffer heap = ByteBuffer.allocate(200);
        byte[] oversize = new byte[5_000];
        try (LogSink sink = small().build()) {
            Runnable calls = () -> {
                for (int i = 0; i < 20_000; i++) {
                    sink.tryRecord(PAYLOAD);
                    sink.offer(PAYLOAD, 10, 20, 1, 2);
                    sink.tryRecord(direct);
                    sink.tryRecord(heap, 5, Recorder.NO_SOURCE);
                    sink.tryRecord(oversize);
                    Claim claim = sink.tryClaim(100);
                    if (claim != null) {
                        claim.putLong(0, i).putBytes(8, PAYLOAD, 0, 50).commit(58);
                    }
                }
            };
            calls.run(); // loads classes, makes the thread's claim
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            calls.run();
            long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            // 120,000 calls; what the measurement itself allocates is a few hundred bytes
            assertThat(after - before).isLessThan(4_000);
            SinkStats stats = sink.stats();
            assertThat(stats.droppedByCause().get(DropCause.RING_FULL)).isPositive();
        }
    }

    @Test
    void misuseThrowsAndCountsNothing() throws Exception {
        try (LogSink sink = small().build()) {
            assertThatThrownBy(() -> sink.tryRecord((byte[]) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> sink.tryRecord((ByteBuffer) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> sink.tryRecord(PAYLOAD, 150, 51)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sink.tryRecord(PAYLOAD, -1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sink.offer(PAYLOAD, 0, Integer.MAX_VALUE, 1, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sink.tryClaim(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> sink.stream("")).isInstanceOf(IllegalArgumentException.class);
            try (Claim claim = sink.tryClaim(8)) {
                assertThatThrownBy(() -> claim.putLong(1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> claim.commit(9)).isInstanceOf(IndexOutOfBoundsException.class);
                claim.commit(0);
                assertThatThrownBy(claim::commit).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> claim.putByte(0, (byte) 1)).isInstanceOf(IllegalStateException.class);
            }
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().accepted()).isEqualTo(1);
            assertThat(sink.stats().dropped()).isZero();
        }
    }

    @Test
    void afterCloseEverythingIsRefusedAndNothingThrows() throws Exception {
        LogSink sink = small().build();
        Stream stream = sink.stream("a");
        sink.tryRecord(PAYLOAD);
        assertThat(LogSink.running()).contains(sink);
        assertThat(sink.close(LONG)).isTrue();
        assertThat(sink.close(LONG)).isTrue();
        sink.close();
        assertThat(LogSink.running()).doesNotContain(sink);
        assertThat(sink.offer(PAYLOAD)).isEqualTo(Recorder.CLOSED);
        assertThat(stream.offer(ByteBuffer.wrap(PAYLOAD))).isEqualTo(Recorder.CLOSED);
        assertThat(sink.record(PAYLOAD, LONG)).isFalse();
        assertThat(sink.tryClaim(5)).isNull();
        assertThat(sink.flush(LONG)).isTrue();
        SinkStats stats = sink.stats();
        assertThat(stats.state()).isEqualTo(SinkState.CLOSED);
        assertThat(stats.accepted()).isEqualTo(1);
        assertThat(stats.droppedByCause()).containsEntry(DropCause.CLOSED, 4L);
    }

    @Test
    void whoGotInBeforeCloseIsWritten() throws Exception {
        for (int round = 0; round < 30; round++) {
            AtomicLong calls = new AtomicLong();
            AtomicLong taken = new AtomicLong();
            LogSink sink = small().set(io.parquetflow.spi.ConfigKey.NAME, "round-" + round)
                    .build();
            Thread[] producers = new Thread[3];
            CountDownLatch started = new CountDownLatch(producers.length);
            for (int t = 0; t < producers.length; t++) {
                producers[t] = new Thread(() -> {
                    started.countDown();
                    long answer;
                    do {
                        answer = sink.offer(PAYLOAD);
                        calls.incrementAndGet();
                        if (answer >= 0) {
                            taken.incrementAndGet();
                        }
                    } while (answer != Recorder.CLOSED);
                });
                producers[t].start();
            }
            started.await();
            assertThat(sink.close(LONG)).isTrue();
            for (Thread producer : producers) {
                producer.join();
            }
            SinkStats stats = sink.stats();
            assertThat(stats.rowsSealed()).isEqualTo(taken.get());
            assertThat(stats.accepted() + stats.dropped()).isEqualTo(calls.get());
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void closeReturnsAtItsDeadlineThoughAClaimStaysOpen(Durability durability) throws Exception {
        LogSink sink = small().durability(durability).build();
        assertThat(sink.record(PAYLOAD, LONG)).isTrue();
        try (FullRing full = new FullRing(sink)) {
            assertThat(sink.record(PAYLOAD, LONG)).isTrue(); // behind the open claim
            long start = System.nanoTime();
            assertThat(sink.close(Duration.ofMillis(200))).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            SinkStats stats = sink.stats();
            if (durability == Durability.OFF) {
                assertThat(stats.abandoned()).isEqualTo(stats.accepted() - stats.rowsSealed());
                return;
            }
            assertThat(stats.abandoned()).isZero();
            SinkStats next = NextStart.of(small());
            assertThat(next.recovered() + stats.rowsSealed()).isEqualTo(2);
            assertThat(Duck.number(directory, "select count(distinct seq) from {}"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aClaimOfADeadThreadDoesNotHoldUpTheRing() throws Exception {
        try (LogSink sink = small().build()) {
            Thread careless = new Thread(() -> sink.tryClaim(10));
            careless.start();
            careless.join();
            assertThat(sink.tryRecord(PAYLOAD)).isTrue();
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().abortedClaims()).isEqualTo(1);
            assertThat(sink.stats().accepted()).isEqualTo(1);
        }
    }

    @Test
    void theNextClaimOfAThreadAbortsTheOneThatIsOpen() throws Exception {
        try (LogSink sink = small().build()) {
            sink.tryClaim(10);
            Claim second = sink.stream("other").tryClaim(4);
            second.buffer().putInt(7);
            second.commit();
            try (Claim third = sink.tryClaim(4)) {
                assertThat(third.sequence()).isPositive();
            } // closed without commit
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().abortedClaims()).isEqualTo(2);
            assertThat(sink.stats().rows()).isEqualTo(1);
        }
        assertThat(Duck.query(directory, "select stream, hex(payload) from {}").toString())
                .isEqualTo("[[other, 07000000]]");
    }

    @Test
    void aCallerThatWaitsGetsRoomOrIsCountedOnce() throws Exception {
        try (LogSink sink = small().build()) {
            try (FullRing full = new FullRing(sink)) {
                FullRing.fill(sink, PAYLOAD);
                assertThat(sink.record(PAYLOAD, Duration.ofMillis(30))).isFalse();
                assertThat(sink.record(ByteBuffer.wrap(PAYLOAD), 1, 2, Duration.ZERO))
                        .isFalse();
                Thread.currentThread().interrupt();
                assertThat(sink.record(PAYLOAD, LONG)).isFalse();
                assertThat(Thread.interrupted()).isTrue();
                assertThat(sink.stats().droppedByCause()).containsEntry(DropCause.TIMED_OUT, 3L);
                assertThat(sink.stats().droppedByCause()).containsEntry(DropCause.RING_FULL, 1L);
            }
            assertThat(sink.record(PAYLOAD, LONG)).isTrue();
        }
    }

    @Test
    void theWrittenSequenceReachesWhatOfferAnswered() throws Exception {
        try (LogSink sink = small().build()) {
            assertThat(sink.writtenSequence()).isEqualTo(-1);
            long sequence = sink.offer(PAYLOAD);
            assertThat(sequence).isNotNegative();
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.writtenSequence()).isGreaterThanOrEqualTo(sequence);
        }
    }

    @Test
    void manyStreamsAreCheapAndTooManyAreRefused() throws Exception {
        try (LogSink sink = small().build()) {
            for (int i = 1; i < 65_536; i++) {
                sink.stream("s" + i);
            }
            assertThat(sink.stream("s65535").record(PAYLOAD, LONG)).isTrue();
            assertThat(sink.stream("s1").record(PAYLOAD, LONG)).isTrue();
            assertThatThrownBy(() -> sink.stream("one more")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(Duck.query(directory, "select stream from {} order by seq").toString())
                .isEqualTo("[[s65535], [s1]]");
    }

    @Test
    void abortedClaimsGiveTheirRoomBack() throws Exception {
        try (LogSink sink = small().build()) {
            // many times the ring, and never a record between them
            for (int i = 0; i < 5_000; i++) {
                Claim claim;
                long deadline = System.nanoTime() + LONG.toNanos();
                while ((claim = sink.tryClaim(1_000)) == null) {
                    assertThat(System.nanoTime())
                            .as("the ring is full for good")
                            .isLessThan(deadline);
                    Thread.onSpinWait();
                }
                claim.abort();
            }
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().abortedClaims()).isEqualTo(5_000);
            assertThat(sink.stats().accepted()).isZero();
        }
    }

    @Test
    void aRecordCommittedAfterTheDeadlineOfCloseIsCountedAsAbandoned() throws Exception {
        LogSink sink = small().durability(Durability.OFF).build();
        Claim late = sink.tryClaim(8);
        assertThat(sink.close(Duration.ofMillis(100))).isTrue(); // nothing is accepted yet
        late.putLong(0, 1).commit();
        SinkStats stats = sink.stats();
        assertThat(stats.accepted()).isEqualTo(1);
        assertThat(stats.abandoned()).isEqualTo(1);
    }

    @Test
    void aRecordCommittedAfterTheDeadlineOfCloseIsRecoveredByTheNextStart() throws Exception {
        LogSink sink = small().build();
        Claim late = sink.tryClaim(8);
        assertThat(sink.close(Duration.ofMillis(100))).isFalse(); // it may yet be accepted
        late.putLong(0, 1).commit();
        SinkStats stats = sink.stats();
        assertThat(stats.accepted()).isEqualTo(1);
        assertThat(stats.abandoned()).isZero();
        assertThat(NextStart.of(small()).recovered()).isEqualTo(1);
        assertThat(Duck.query(directory, "select hex(payload) from {}").toString())
                .isEqualTo("[[0100000000000000]]");
    }

    @Test
    void theSinksOwnStreamIsTheOneOfItsName() throws Exception {
        try (LogSink sink = small().build()) {
            assertThat(sink.tryRecord(new byte[5_000])).isFalse();
            assertThat(sink.stream("capture").tryRecord(new byte[5_000])).isFalse();
            assertThat(sink.stats().droppedByStream().get("capture")).containsEntry(DropCause.OVERSIZE, 2L);
        }
    }
}
