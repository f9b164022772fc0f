package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.spi.Decimal;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.FullRing;
import io.parquetflow.testing.Segments;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typed records through the ring into columns. */
class RecordSinkTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final MessageType TRADE = MessageTypeParser.parseMessageType("message trade {"
            + " required int64 ts; required binary symbol (STRING); optional double price;"
            + " optional group conditions (LIST) { repeated group list { optional int32 element; } } }");
    private static final int TS = 0;
    private static final int SYMBOL = 1;
    private static final int PRICE = 2;
    private static final int CONDITION = 3;

    @TempDir
    Path folder;

    @Test
    void rowsOfSeveralThreadsAndStreamsComeBackAsTheyWent() throws Exception {
        int perThread = 5_000;
        try (RecordSink sink = RecordSink.open(folder, TRADE)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                RecordWriter writer = t == 0 ? sink.writer() : sink.writer("feed-" + t);
                int base = t * perThread;
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < perThread; i++) {
                        writer.begin().putLong(TS, base + i).putString(SYMBOL, "S" + i % 7);
                        if (i % 3 > 0) {
                            writer.putDouble(PRICE, i);
                        }
                        for (int k = 0; k < i % 4; k++) {
                            writer.addInt(CONDITION, k);
                        }
                        assertThat(writer.commit(LONG)).isTrue();
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(sink.stats().rowsSealed()).isEqualTo(15_000);
        }
        assertThat(Duck.query(
                        folder,
                        "select count(*), count(distinct ts), count(price), sum(len(conditions)), count(distinct symbol),"
                                + " max(_seq), sum(_lost), count(distinct _stream) from {}"))
                .hasToString("[[15000, 15000, 9999, 22500, 7, 14999, 0, 3]]");
        assertThat(Duck.number(
                        folder,
                        "select count(*) from {} where symbol <> 'S' || (ts % 5000 % 7) or price <> ts % 5000"
                                + " or coalesce(len(conditions), 0) <> ts % 5000 % 4"))
                .isZero();
        assertThat(Segments.allRows(folder)).hasSize(3 * perThread);
    }

    @Test
    void aMissingRequiredValueThrowsBeforeAnythingIsClaimed() throws Exception {
        try (RecordSink sink = RecordSink.open(folder, TRADE)) {
            RecordWriter writer = sink.writer();
            assertThatIllegalStateException()
                    .isThrownBy(() -> writer.begin().putDouble(PRICE, 1).tryCommit())
                    .withMessageContainingAll("ts", "symbol");
            assertThat(writer.begin().putLong(TS, 1).putString(SYMBOL, "A").tryCommit())
                    .isTrue();
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().accepted()).isEqualTo(1);
            assertThat(sink.stats().abortedClaims()).isZero();
        }
    }

    @Test
    void aFullRingRefusesARowAndTheNextOneTellsOfTheLoss() throws Exception {
        long refused = 0;
        try (RecordSink sink = RecordSink.open(LogSink.builder(folder).memoryLimit(1 << 20), TRADE)) {
            RecordWriter writer = sink.writer();
            try (FullRing full = new FullRing(sink.sink())) {
                // the held claim is no row of ours: it is given up below
                for (int i = 0; i < 100_000; i++) {
                    refused +=
                            writer.begin().putLong(TS, i).putString(SYMBOL, "A").tryCommit() ? 0 : 1;
                }
                full.giveUp();
            }
            assertThat(refused).isGreaterThan(90_000);
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(writer.begin().putLong(TS, -1).putString(SYMBOL, "last").tryCommit())
                    .isTrue();
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(sink.stats().dropped()).isEqualTo(refused);
        }
        assertThat(Duck.number(folder, "select sum(_lost) from {}")).isEqualTo(refused);
        assertThat(Duck.number(folder, "select _lost from {} where symbol = 'last'"))
                .isEqualTo(refused);
    }

    @Test
    void afterCloseRowsAreRefusedAndCounted() throws Exception {
        RecordSink sink = RecordSink.open(folder, TRADE);
        RecordWriter writer = sink.writer();
        sink.close();
        writer.begin().putLong(TS, 1).putString(SYMBOL, "A");
        assertThat(writer.offer()).isEqualTo(Recorder.CLOSED);
        assertThat(sink.stats().dropped()).isEqualTo(1);
    }

    @Test
    void schemasAreRefusedBeforeAnythingIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordSink.open(folder.resolve("no"), "message m { required group g { } }"))
                .withMessageContaining("a group without fields");
        assertThatIllegalArgumentException().isThrownBy(() -> RecordSink.open(folder.resolve("no"), "not a schema"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordSink.open(
                        LogSink.builder(folder.resolve("no"))
                                .column("ts", ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.RLE)),
                        TRADE))
                .withMessageContaining("ts");
        assertThat(folder).isEmptyDirectory();
    }

    enum Side {
        BUY,
        SELL
    }

    record Leg(String venue, int quantity) {}

    @SuppressWarnings("ArrayRecordComponent") // as users have them
    record Order(
            Instant time,
            LocalDate day,
            UUID id,
            Side side,
            @Decimal(precision = 12, scale = 4) BigDecimal price,
            Integer quantity,
            boolean urgent,
            byte[] raw,
            List<Leg> legs,
            Map<String, String> tags) {}

    @Test
    void recordsOfAJavaClassGoInAsTheyAre() throws Exception {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        try (ClassSink<Order> sink = RecordSink.open(folder, Order.class, MethodHandles.lookup())) {
            assertThat(sink.tryRecord(new Order(
                            Instant.parse("2026-11-20T10:15:30.123456Z"),
                            LocalDate.of(2026, 11, 20),
                            id,
                            Side.SELL,
                            new BigDecimal("67.5"),
                            7,
                            true,
                            new byte[] {1, 2},
                            List.of(new Leg("XNAS", 3), new Leg(null, 4)),
                            Map.of("desk", "a"))))
                    .isTrue();
            assertThat(sink.tryRecord(new Order(null, null, null, null, null, null, false, null, null, null)))
                    .isTrue();
            assertThat(sink.rotate(LONG)).isTrue();
        }
        assertThat(Duck.query(
                        folder,
                        "select epoch_us(time), day::varchar, id::varchar, side, price::varchar, quantity, urgent,"
                                + " octet_length(raw), legs::varchar, tags::varchar from {} order by _seq"))
                .hasToString("[[1795169730123456, 2026-11-20, " + id + ", SELL, 67.5000, 7, true, 2,"
                        + " [{'venue': XNAS, 'quantity': 3}, {'venue': NULL, 'quantity': 4}], {desk=a}],"
                        + " [null, null, null, null, null, null, false, null, null, null]]");
        assertThat(Segments.allRows(folder)).hasSize(2);
    }

    record Holder(List<Optional<String>> maybe) {}

    @Test
    void aComponentThatCannotBeWrittenIsRefusedWithItsPath() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> RecordSink.open(folder, Holder.class, MethodHandles.lookup()))
                .withMessageContaining("Holder.maybe")
                .withMessageContaining("java.util.Optional");
    }

    record Tick(long ts) {}

    /** Whoever finds a sink and records bytes would have them read as rows. */
    @Test
    void runningRecordSinksAreListedAmongTheirOwn() throws Exception {
        RecordSink rows = RecordSink.open(folder.resolve("rows"), TRADE);
        ClassSink<Tick> ticks = RecordSink.open(folder.resolve("ticks"), Tick.class, MethodHandles.lookup());
        assertThat(RecordSink.running()).contains(rows, ticks);
        assertThat(LogSink.running()).doesNotContain(rows.sink(), ticks.sink());
        assertThat(rows.close(LONG)).isTrue();
        assertThat(RecordSink.running()).doesNotContain(rows).contains(ticks);
        ticks.close();
        assertThat(RecordSink.running()).doesNotContain(ticks);
        try (LogSink decoding = LogSink.builder(folder.resolve("decoded"))
                .decoder(TRADE, (payload, header, to) -> {})
                .build()) {
            assertThat(LogSink.running()).contains(decoding);
        }
    }

    /** They hold for every sink of the process, and these have other columns. */
    @Test
    void columnsThatOnlySystemPropertiesNameMayBeOtherSinks() throws Exception {
        Map<String, String> properties = Map.of(
                "parquetflow.encoding.symbol", "plain",
                "parquetflow.repair.symbol", "true",
                "parquetflow.encoding.elsewhere", "plain",
                "parquetflow.repair.else.where", "true");
        properties.forEach(System::setProperty);
        try (RecordSink sink = RecordSink.open(folder.resolve("rows"), TRADE);
                ClassSink<Tick> ticks = RecordSink.open(folder.resolve("ticks"), Tick.class, MethodHandles.lookup());
                LogSink raw = LogSink.open(folder.resolve("raw"))) {
            assertThat(sink.config().isOwnColumn("symbol")).isFalse();
            assertThat(sink.config().columns().get("symbol").encoding()).isEqualTo(ColumnEncoding.PLAIN);
            assertThat(sink.writer()
                            .begin()
                            .putLong(TS, 1)
                            .putBytes(SYMBOL, new byte[] {'a', (byte) 0xFF})
                            .tryCommit())
                    .isTrue();
            assertThat(ticks.tryRecord(new Tick(1))).isTrue();
            assertThat(raw.tryRecord(new byte[1])).isTrue();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RecordSink.open(
                            LogSink.builder(folder.resolve("typo")).column("elsewhere", ColumnOptions.DEFAULT), TRADE))
                    .withMessageContaining("no such column: path=elsewhere");
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }
}
