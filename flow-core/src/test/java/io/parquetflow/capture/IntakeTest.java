package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.file.FlowDirectory;
import io.parquetflow.journal.Journal;
import io.parquetflow.journal.JournalFiles;
import io.parquetflow.journal.JournalHeader;
import io.parquetflow.journal.SealedState;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.DropCounters;
import io.parquetflow.ring.RingClaim;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;
import io.parquetflow.testing.FailingChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that refuses once is tried again, and then nobody speaks of it any more. */
class IntakeTest {
    private static final int RECORDS = 1_000;
    private static final byte[] PAYLOAD = new byte[100];

    @TempDir
    Path folder;

    private final List<FailingChannel> made = new ArrayList<>();
    private final StreamTable streams = new StreamTable();

    private final CaptureRing ring = new CaptureRing(256 << 10, 64, 1_000);
    private Journal journal;
    private Intake intake;
    private boolean noMemory;
    private Runnable whenWritten = () -> {};

    @BeforeEach
    void openIntake() {
        streams.add("main", ring::newCounters);
        JournalFiles maker = new JournalFiles() {
            @Override
            public FileChannel make(Path path) throws IOException {
                FailingChannel channel = new FailingChannel(FlowDirectory.make(path, 0600));
                channel.whenWritten(() -> whenWritten.run());
                made.add(noMemory ? channel.refuseMemory() : channel);
                return channel;
            }

            @Override
            public void forceDirectory(Path directory) throws IOException {
                FlowDirectory.force(directory);
            }
        };
        SinkConfig config =
                SinkConfig.builder().set(ConfigKey.DIRECTORY, folder.toString()).build();
        journal =
                new Journal(folder, JournalHeader.of("aaaaaaaaaaaaa", Map.of()), maker, to -> {}, SealedState.NONE, 0);
        intake = new Intake(ring, streams, journal, new FreeSpace(config), new Progress(), 16 << 10);
        intake.owner(Thread.currentThread());
    }

    private void offer() {
        DropCounters drops = streams.stream(0).drops();
        for (int i = 0; i < RECORDS; i++) {
            assertThat(ring.offer(0, drops, i, 0, PAYLOAD, 0, PAYLOAD.length)).isNotNegative();
        }
    }

    private int makeRows() throws InterruptedException {
        int records = 0;
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (records < RECORDS && System.nanoTime() < deadline) {
            if (intake.refill(Long.MAX_VALUE)) {
                while (intake.batch().next()) {
                    records += intake.batch().isName() ? 0 : 1;
                }
            } else {
                Thread.sleep(1);
            }
        }
        return records;
    }

    @Test
    void aJournalThatCouldNotBeReadBackIsReadWhenItCanBe() throws Exception {
        offer();
        intake.relieve();
        made.get(0).refuseReads();
        assertThat(intake.refill(Long.MAX_VALUE)).isFalse();
        assertThat(intake.isFailing()).isTrue();
        assertThat(intake.takeFailure()).hasMessage(FailingChannel.MESSAGE);

        made.get(0).heal();
        assertThat(makeRows()).isEqualTo(RECORDS);
        assertThat(intake.isFailing()).isFalse();
        assertThat(intake.takeFailure()).isNull();
    }

    @Test
    void aJournalThatCouldNotBeWrittenIsWrittenWhenItCanBe() throws Exception {
        offer();
        assertThat(intake.refill(Long.MAX_VALUE)).isTrue();
        int first = (int) intake.taken();
        while (intake.batch().next()) {
            continue;
        }
        made.get(0).failAfterBytes(0);
        assertThat(first).isLessThan(RECORDS);
        assertThat(intake.refill(Long.MAX_VALUE)).isFalse();
        assertThat(intake.isFailing()).isTrue();
        assertThat(intake.takeFailure()).hasMessage(FailingChannel.MESSAGE);

        made.get(0).heal();
        while (!intake.isDone(ring.claimedEnd())) {
            if (intake.refill(ring.claimedEnd())) {
                while (intake.batch().next()) {
                    continue;
                }
            }
        }
        assertThat(intake.taken()).isEqualTo(RECORDS);
        assertThat(intake.isFailing()).isFalse();
    }

    /** It is called while somebody waits for a seal, and must not make him forget that. */
    @Test
    void withoutMemoryNobodyIsDisturbedAndItGoesOnWhenThereIsSome() throws Exception {
        noMemory = true;
        offer();
        intake.relieve();
        assertThat(intake.isFailing()).isTrue();
        assertThat(folder).isEmptyDirectory(); // or no file could be made under that name any more

        noMemory = false;
        assertThat(makeRows()).isEqualTo(RECORDS);
        assertThat(intake.isFailing()).isFalse();
    }

    /** Else the journal would grow to half the disk, while no row is made. */
    @Test
    void producersThatOutrunTheJournalWaitForTheColumnsInTheEnd() {
        byte[] large = new byte[900];
        long most = 200L << 20;
        long[] offered = {0};
        Runnable refill = () -> {
            while (offered[0] < most && ring.offer(0, streams.stream(0).drops(), 1, 0, large, 0, large.length) >= 0) {
                offered[0] += large.length;
            }
        };
        refill.run();
        whenWritten = refill;
        intake.relieve();
        assertThat(journal.backlogBytes()).isBetween(64L << 20, 65L << 20);
        long before = journal.backlogBytes();
        intake.relieve();
        assertThat(journal.backlogBytes() - before).as("one batch").isBetween(1L, 64L << 10);
    }

    /** Blocks that go back to the producers without a frame would look like a frame that is missing. */
    @Test
    void anAbortedClaimLeavesNoGapInTheJournal() {
        RingClaim claim = RingClaim.forThisThread(ring);
        assertThat(claim.open(0, streams.stream(0).drops(), 0, 0, 10)).isNotNegative();
        claim.abort();
        intake.refill(Long.MAX_VALUE);
        assertThat(intake.batch().hasNext()).isFalse();
        assertThat(journal.endPosition()).isEqualTo(ring.claimedEnd()).isPositive();
        assertThat(ring.usedBlocks()).isZero();
    }
}
