package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import io.parquetflow.column.CollectedRows;
import io.parquetflow.column.RecordLayout;
import io.parquetflow.column.RowShredder;
import io.parquetflow.spi.DropCause;
import io.parquetflow.testing.FullRing;
import io.parquetflow.testing.Segments;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typed rows through the ring: what the writer thread gets is what was put. */
class RecordWriterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final RecordLayout TRADES = layout("required int64 ts; required binary symbol (STRING);"
            + " optional double price; repeated int32 conditions;");
    private static final int TS = 0;
    private static final int SYMBOL = 1;
    private static final int PRICE = 2;
    private static final int CONDITIONS = 3;

    @TempDir
    Path directory;

    private static RecordLayout layout(String fields) {
        return RecordLayout.of(MessageTypeParser.parseMessageType("message m { " + fields + " }"));
    }

    /** Of all sealed segments: each row's columns. */
    private List<String> sealedRows(RecordLayout layout) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Group record : Segments.allRows(directory)) {
            ByteBuffer payload =
                    ByteBuffer.wrap(record.getBinary("payload", 0).getBytes()).order(ByteOrder.LITTLE_ENDIAN);
            CollectedRows collected = new CollectedRows(layout.schema());
            new RowShredder(layout, collected).shred(payload, 0);
            List<Object> columns = new ArrayList<>();
            for (int i = 0; i < layout.columns(); i++) {
                columns.add(collected.column(i));
            }
            rows.add(columns.toString());
        }
        return rows;
    }

    @Test
    void rowsComeOutAsTheyWerePut() throws Exception {
        try (LogSink sink = LogSink.open(directory)) {
            RecordWriter writer = new RecordWriter(sink, TRADES);
            assertThat(writer.begin()
                            .putLong(TS, 5)
                            .putString(SYMBOL, "AB")
                            .addInt(CONDITIONS, 1)
                            .addInt(CONDITIONS, 2)
                            .tryCommit())
                    .isTrue();
            assertThat(writer.begin()
                            .putString(writer.column("symbol"), "C")
                            .putDouble(PRICE, 1.5)
                            .putLong(TS, 6)
                            .putEmpty(CONDITIONS)
                            .commit(PATIENCE))
                    .isTrue();
        }
        assertThat(sealedRows(TRADES))
                .containsExactly(
                        "[[0/0:5], [0/0:4142], [0/0], [0/1:1, 1/1:2]]", "[[0/0:6], [0/0:43], [0/1:1.5], [0/0]]");
    }

    @Test
    void everyCallPutsWhatItSays() throws Exception {
        RecordLayout all = layout("required boolean a; required int32 b; required float c; required binary d;"
                + " required binary e; required fixed_len_byte_array(2) f; required fixed_len_byte_array(16) g;"
                + " optional int32 h; repeated boolean i; repeated int64 j; repeated float k; repeated double l;"
                + " repeated binary m; repeated fixed_len_byte_array(16) n;"
                + " optional group o (LIST) { repeated group list { optional binary element (STRING); } }"
                + " repeated group p { repeated int32 q; }");
        UUID uuid = new UUID(1, 2);
        byte[] bytes = {9, 8, 7, 6};
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, 2);
        try (LogSink sink = LogSink.open(directory)) {
            RecordWriter writer = new RecordWriter(sink, all);
            writer.begin().putBoolean(0, true).putInt(1, -1).putFloat(2, 0.5f).putBytes(3, bytes);
            writer.putBytes(4, bytes, 2, 1).putBytes(5, buffer).putUuid(6, uuid).putNull(7);
            writer.addBoolean(8, false)
                    .addLong(9, 3)
                    .addFloat(10, 4)
                    .addDouble(11, 5)
                    .addBytes(12, bytes);
            writer.addBytes(12, bytes, 3, 1)
                    .addBytes(12, buffer)
                    .addUuid(13, uuid)
                    .addNull(14)
                    .addString(14, "x");
            writer.entry(15, 0, 2).putInt(15, 1).entry(15, 2, 2).putInt(15, 2).entry(15, 1, 1);
            assertThat(writer.offer()).isNotNegative();
            assertThat(buffer.remaining()).isEqualTo(2);
        }
        assertThat(sealedRows(all))
                .containsExactly("[[0/0:true], [0/0:-1], [0/0:0.5], [0/0:09080706], [0/0:07], [0/0:0807],"
                        + " [0/0:00000000000000010000000000000002], [0/0], [0/1:false], [0/1:3], [0/1:4.0], [0/1:5.0],"
                        + " [0/1:09080706, 1/1:06, 1/1:0807], [0/1:00000000000000010000000000000002],"
                        + " [0/2, 1/3:78], [0/2:1, 2/2:2, 1/1]]");
    }

    @Test
    void timesGoWithTheRow() throws Exception {
        try (LogSink sink = LogSink.open(directory)) {
            RecordWriter writer = new RecordWriter(sink, TRADES);
            assertThat(writer.begin().putLong(TS, 1).putString(SYMBOL, "A").tryCommit(7_000, 8_000))
                    .isTrue();
            assertThat(writer.begin().putLong(TS, 1).putString(SYMBOL, "A").commit(9_000, Recorder.NO_SOURCE, PATIENCE))
                    .isTrue();
            assertThat(writer.begin().putLong(TS, 1).putString(SYMBOL, "A").offer(10_000, 11_000))
                    .isNotNegative();
        }
        List<Group> rows = Segments.allRows(directory);
        assertThat(rows.stream().map(r -> r.getLong("ts_ns", 0))).containsExactly(7_000L, 9_000L, 10_000L);
        assertThat(rows.stream().map(r -> r.getFieldRepetitionCount("source_ts_ns")))
                .containsExactly(1, 0, 1);
    }

    @Test
    void aRowThatIsNotCompleteNeverReachesTheSink() throws Exception {
        try (LogSink sink = LogSink.open(directory)) {
            RecordWriter writer = new RecordWriter(sink, TRADES);
            writer.begin().putDouble(PRICE, 1);
            assertThatIllegalStateException()
                    .isThrownBy(writer::tryCommit)
                    .withMessageStartingWith("required columns without a value: columns=[ts, symbol]");
            assertThatIllegalArgumentException().isThrownBy(() -> writer.putString(SYMBOL, "\ud800"));
            assertThat(sink.stats().accepted() + sink.stats().dropped()).isZero();
            assertThat(writer.putLong(TS, 1).putString(SYMBOL, "ok").tryCommit())
                    .isTrue();
        }
        assertThat(sealedRows(TRADES)).containsExactly("[[0/0:1], [0/0:6f6b], [0/1:1.0], [0/0]]");
    }

    @Test
    void aRowIsCommittedOnceAndBegunBefore() throws Exception {
        try (LogSink sink = LogSink.open(directory)) {
            RecordWriter writer = new RecordWriter(sink, TRADES);
            assertThatIllegalStateException()
                    .isThrownBy(writer::tryCommit)
                    .withMessage("no row is open; call begin first");
            writer.begin().putLong(TS, 1).putString(SYMBOL, "A").tryCommit();
            assertThatIllegalStateException().isThrownBy(writer::tryCommit);
            assertThatIllegalStateException().isThrownBy(() -> writer.commit(PATIENCE));
            assertThatIllegalStateException().isThrownBy(() -> writer.putDouble(PRICE, 1));
        }
        assertThat(sealedRows(TRADES)).hasSize(1);
    }

    @Test
    void aRowThatFoundNoRoomStaysAndMayBeCommittedAgain() throws Exception {
        try (LogSink sink = LogSink.builder(directory)
                .ringBytes(1 << 16)
                .maxPayload(1 << 12)
                .build()) {
            RecordWriter writer = new RecordWriter(sink, TRADES);
            long taken;
            try (FullRing full = new FullRing(sink)) {
                assertThat(full).isNotNull();
                taken = FullRing.fill(sink, new byte[10]);
                writer.begin().putLong(TS, 77).putString(SYMBOL, "A");
                assertThat(writer.tryCommit()).isFalse();
                assertThat(writer.offer()).isEqualTo(Recorder.RING_FULL);
                assertThat(writer.commit(Duration.ofMillis(1))).isFalse();
            }
            assertThat(writer.commit(PATIENCE)).isTrue();
            assertThatIllegalStateException().isThrownBy(writer::tryCommit);
            assertThat(sink.close(PATIENCE)).isTrue();
            assertThat(sink.stats().rowsSealed()).isEqualTo(taken + 2);
            assertThat(sink.stats().droppedByCause().get(DropCause.TIMED_OUT)).isEqualTo(1);
        }
    }

    @Test
    void aRowThatIsTooLongForTheRingIsADropAndNoException() throws Exception {
        try (LogSink sink = LogSink.builder(directory)
                .ringBytes(1 << 16)
                .maxPayload(1 << 12)
                .build()) {
            RecordWriter writer = new RecordWriter(sink, TRADES);
            writer.begin().putLong(TS, 1).putString(SYMBOL, "A".repeat(1 << 12));
            assertThat(writer.offer()).isEqualTo(Recorder.OVERSIZE);
            assertThat(writer.begin().putLong(TS, 1).putString(SYMBOL, "A").tryCommit())
                    .isTrue();
        }
    }

    @Test
    void aRowThatIsBegunAnewIsForgotten() throws Exception {
        try (LogSink sink = LogSink.open(directory)) {
            RecordWriter writer = new RecordWriter(sink, TRADES);
            writer.begin().putLong(TS, 1).putString(SYMBOL, "secret").addInt(CONDITIONS, 5);
            writer.begin().putLong(TS, 2).putString(SYMBOL, "B").tryCommit();
        }
        assertThat(sealedRows(TRADES)).containsExactly("[[0/0:2], [0/0:42], [0/0], [0/0]]");
    }

    @Test
    void aTakenRowAllocatesNothing() throws Exception {
        try (LogSink sink = LogSink.open(directory)) {
            RecordWriter writer = new RecordWriter(sink, TRADES);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 4; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 30_000; i++) {
                    writer.begin().putLong(TS, i).putString(SYMBOL, "MSFT").addInt(CONDITIONS, i);
                    writer.putDouble(PRICE, 2).tryCommit();
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).isLessThan(1_000);
        }
    }

    @Test
    void aRowMayBeAsLongAsThePayloadsOfTheSink() throws Exception {
        byte[] longValue = new byte[17 << 20];
        try (LogSink sink = LogSink.builder(directory)
                .ringBytes(128 << 20)
                .maxPayload(32 << 20)
                .build()) {
            RecordWriter writer = new RecordWriter(sink, layout("required binary a;"));
            assertThat(writer.begin().putBytes(0, longValue).commit(PATIENCE)).isTrue();
        }
    }
}
