package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.Segments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes in comes out: by parquet-java, checksums verified, and by DuckDB. */
class LogSinkRoundTripTest {
    private static final int RECORDS = 50_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Codec.class)
    void everyCodecGivesBackEveryByte(Codec codec) throws Exception {
        Random random = new Random(42);
        byte[][] payloads = new byte[RECORDS][];
        try (LogSink sink = LogSink.builder(directory).codec(codec).build()) {
            for (int i = 0; i < RECORDS; i++) {
                payloads[i] = payload(random, i);
                assertThat(sink.record(payloads[i], Duration.ofSeconds(10))).isTrue();
            }
            assertThat(sink.close(Duration.ofSeconds(30))).isTrue();
            assertThat(sink.stats().rowsSealed()).isEqualTo(RECORDS);
        }
        List<Group> rows = Segments.allRows(directory);
        assertThat(rows).hasSize(RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            Group row = rows.get(i);
            assertThat(row.getLong("seq", 0)).isEqualTo(i);
            assertThat(row.getBinary("payload", 0).getBytes()).isEqualTo(payloads[i]);
            assertThat(row.getLong("ts", 0)).isEqualTo(Math.floorDiv(row.getLong("ts_ns", 0), 1000));
        }
        List<Object> duck = Duck.query(
                        directory,
                        "select count(*), sum(octet_length(payload)), min(seq), max(seq), sum(lost), count(source_ts_ns),"
                                + " count(distinct writer), min(stream) from {}")
                .get(0);
        long bytes = 0;
        for (byte[] payload : payloads) {
            bytes += payload.length;
        }
        assertThat(duck.stream().map(String::valueOf).toList())
                .containsExactly(
                        Long.toString(RECORDS),
                        Long.toString(bytes),
                        "0",
                        Long.toString(RECORDS - 1L),
                        "0",
                        "0",
                        "1",
                        "capture");
    }

    /** Empty ones, long ones, compressible and random ones. */
    private static byte[] payload(Random random, int i) {
        if (i % 1000 == 0) {
            return new byte[0];
        }
        if (i % 1000 == 1) {
            byte[] large = new byte[40_000];
            random.nextBytes(large);
            return large;
        }
        byte[] some = ("message " + i + " of a feed ").repeat(1 + i % 5).getBytes(StandardCharsets.UTF_8);
        return some;
    }

    @Test
    void timesAndStreamsArriveAsGiven() throws Exception {
        try (LogSink sink = LogSink.open(directory)) {
            Stream a = sink.stream("itch-a");
            Stream b = sink.stream("itch-b");
            assertThat(sink.stream("itch-a")).isSameAs(a);
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(16).putLong(1).putLong(2).flip();
            assertThat(a.tryRecord(direct, 1_493_132_598_746_881_123L, 7)).isTrue();
            assertThat(direct.position()).isZero();
            assertThat(b.tryRecord(new byte[] {9, 8, 7, 6}, 1, 2, -1, Recorder.NO_SOURCE))
                    .isTrue();
            assertThat(sink.tryRecord(ByteBuffer.wrap(new byte[] {1, 2, 3})
                            .asReadOnlyBuffer()
                            .position(1)))
                    .isTrue();
            assertThat(sink.rotate(Duration.ofSeconds(10))).isTrue();
        }
        List<Group> rows = Segments.allRows(directory);
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).getString("stream", 0)).isEqualTo("itch-a");
        assertThat(rows.get(0).getLong("ts", 0)).isEqualTo(1_493_132_598_746_881L);
        assertThat(rows.get(0).getLong("ts_ns", 0)).isEqualTo(1_493_132_598_746_881_123L);
        assertThat(rows.get(0).getLong("source_ts_ns", 0)).isEqualTo(7);
        assertThat(rows.get(0).getBinary("payload", 0).length()).isEqualTo(16);
        assertThat(rows.get(1).getLong("ts", 0)).isEqualTo(-1);
        assertThat(rows.get(1).getFieldRepetitionCount("source_ts_ns")).isZero();
        assertThat(rows.get(1).getBinary("payload", 0).getBytes()).containsExactly(8, 7);
        assertThat(rows.get(2).getString("stream", 0)).isEqualTo("capture");
        assertThat(rows.get(2).getBinary("payload", 0).getBytes()).containsExactly(2, 3);
    }
}
