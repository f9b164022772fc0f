package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parquetflow.column.PageCompressor;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code memory-limit} becomes. */
class MemoryPlanTest {
    private static SinkConfig config(String... keysAndValues) {
        SinkConfig.Builder builder = SinkConfig.builder().set(ConfigKey.DIRECTORY, "capture");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            builder.set(ConfigKey.named(keysAndValues[i]).orElseThrow(), keysAndValues[i + 1]);
        }
        return builder.build();
    }

    @Test
    void theDefaultsFitTheDefaultLimit() {
        MemoryPlan plan = MemoryPlan.of(config());
        assertThat(plan).isEqualTo(new MemoryPlan(32 << 20, 128, 1 << 20, 16 << 20, 1 << 20));
        assertThat(plan)
                .hasToString("ring-bytes=32MB, block-bytes=128, max-payload=1MB, row-group-bytes=16MB,"
                        + " page-bytes=1MB, total=81000KB");
    }

    @Test
    void everyLimitFromOneMebibyteOnIsKept() {
        for (long seed = 0; seed < 500; seed++) {
            long limit = (1L << 20) + (long) (Math.pow(new Random(seed).nextDouble(), 4) * (1L << 30));
            MemoryPlan plan = MemoryPlan.of(config("memory-limit", Long.toString(limit)));
            String label = "seed=" + seed + ", limit=" + limit + ", " + plan;
            assertThat(plan.totalBytes()).as(label).isLessThanOrEqualTo(limit);
            assertThat(Integer.bitCount(plan.ringBytes())).as(label).isEqualTo(1);
            assertThat(plan.ringBytes()).as(label).isBetween(64 << 10, 32 << 20);
            assertThat(plan.maxPayload()).as(label).isBetween(1, plan.ringBytes() / 4);
            assertThat(plan.rowGroupBytes()).as(label).isBetween(64 << 10, 16 << 20);
            assertThat(plan.pageBytes()).as(label).isBetween(4 << 10, plan.rowGroupBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1MB,ring-bytes=256KB; block-bytes=128; max-payload=32KB; row-group-bytes=128KB; page-bytes=8KB; total=908KB",
        "32MB,ring-bytes=8MB; block-bytes=128; max-payload=1MB; row-group-bytes=4MB; page-bytes=256KB; total=24936KB",
        "1GB,ring-bytes=32MB; block-bytes=128; max-payload=1MB; row-group-bytes=16MB; page-bytes=1MB; total=81000KB"
    })
    void sizesShrinkTogetherAndNeverGrowBeyondTheirDefaults(String limit, String plan) {
        assertThat(MemoryPlan.of(config("memory-limit", limit))).hasToString(plan.replace(';', ','));
    }

    @Test
    void keysThatAreGivenStayWhateverTheLimit() {
        MemoryPlan plan = MemoryPlan.of(config(
                "memory-limit", "1MB",
                "ring-bytes", "4MB",
                "block-bytes", "64",
                "max-payload", "1000",
                "row-group-bytes", "2MB",
                "page-bytes", "1KB"));
        assertThat(plan).isEqualTo(new MemoryPlan(4 << 20, 64, 1000, 2 << 20, 1 << 10));
        assertThat(plan.totalBytes()).isGreaterThan(4 << 20);
    }

    @Test
    void aLargePayloadThatIsGivenMakesTheRingLarger() {
        assertThat(MemoryPlan.of(config("memory-limit", "1MB", "max-payload", "1MB"))
                        .ringBytes())
                .isEqualTo(4 << 20);
        assertThat(MemoryPlan.of(config("memory-limit", "1MB", "max-payload", "1048577"))
                        .ringBytes())
                .isEqualTo(8 << 20);
        assertThat(MemoryPlan.of(config("max-payload", "256MB")).ringBytes()).isEqualTo(1 << 30);
    }

    @Test
    void aPayloadTooLargeForTheRingNamesBothKeysAndTheWayOut() {
        SinkConfig config = config("ring-bytes", "1MB", "max-payload", "262145");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryPlan.of(config))
                .withMessage("invalid configuration: key=max-payload, value=262145: a ring must hold four of the"
                        + " largest payload; take ring-bytes=2MB");
        assertThat(MemoryPlan.of(config("ring-bytes", "1MB", "max-payload", "256KB"))
                        .maxPayload())
                .isEqualTo(256 << 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "128", "4096"})
    void everyPlanMakesARing(String block) {
        for (String payload : new String[] {"1", "4000", "16KB"}) {
            MemoryPlan plan = MemoryPlan.of(
                    config("memory-limit", "1MB", "ring-bytes", "64KB", "block-bytes", block, "max-payload", payload));
            CaptureRing ring = new CaptureRing(plan.ringBytes(), plan.blockBytes(), plan.maxPayload());
            assertThat(ring.maxPayload()).isEqualTo(plan.maxPayload());
        }
    }

    /** Nothing compresses, payloads of every size: what is really taken, on and off the heap. */
    @ParameterizedTest
    @CsvSource({
        "1MB,0",
        "1MB,100",
        "1MB,32768",
        "2MB,0",
        "2MB,65536",
        "4MB,1000",
        "4MB,131072",
        "32MB,0",
        "32MB,1048576"
    })
    void theWorstRowGroupsStayBelowTheLimit(String limit, int payloadBytes) {
        SinkConfig config = config("memory-limit", limit);
        MemoryPlan plan = MemoryPlan.of(config);
        for (Codec codec : new Codec[] {Codec.ZSTD, Codec.UNCOMPRESSED}) {
            RawRows rows = new RawRows(plan, 1_000_000, PageCompressor.of(codec, 1));
            StreamTable streams = new StreamTable();
            CaptureRing ring = new CaptureRing(plan.ringBytes(), plan.blockBytes(), plan.maxPayload());
            streams.add("s", ring::newCounters);
            Origin origin = new Origin(0, "aaaaaaaaaaaaa", new Losses(streams), new OwnStreams(streams), 0);
            RecordBatch batch = new RecordBatch(plan.batchBytes());
            Random random = new Random(5);
            byte[] payload = new byte[payloadBytes];
            for (int groups = 0; groups < 2; groups++) {
                while (!rows.isFull()) {
                    random.nextBytes(payload);
                    batch.clear(origin.seq());
                    batch.add(
                            origin.seq(),
                            RecordBatch.FLAG_SOURCE,
                            0,
                            random.nextLong(),
                            random.nextInt(),
                            random.nextLong(),
                            ByteBuffer.wrap(payload),
                            0,
                            payloadBytes);
                    assertThat(batch.next()).isTrue();
                    rows.add(batch, origin, random.nextInt());
                    origin.rowsAdded(1);
                }
                rows.group().reset();
            }
            long taken = rows.group().memoryBytes()
                    + 2L * batch.memoryBytes()
                    + CaptureRing.memoryFor(plan.ringBytes(), plan.blockBytes(), plan.maxPayload());
            assertThat(taken).as(codec + ", " + plan).isLessThanOrEqualTo(config.number(ConfigKey.MEMORY_LIMIT));
            assertThat(taken).as(codec + ", " + plan).isLessThanOrEqualTo(plan.totalBytes());
            rows.group().close();
        }
    }
}
