package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.spi.Durability;
import io.parquetflow.spi.PayloadDecoder;
import io.parquetflow.spi.RecordHeader;
import io.parquetflow.spi.RowAppender;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.NextStart;
import io.parquetflow.testing.NoSlabLeft;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads become rows on the writer thread, or go to the rejects, whole. */
@ExtendWith(NoSlabLeft.class)
class DecoderTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final MessageType WORDS = MessageTypeParser.parseMessageType(
            "message words { required binary word (STRING); required int32 place (INTEGER(8,true)); }");

    @TempDir
    Path folder;

    /** A row a word; some words are orders. */
    private static void words(ByteBuffer payload, RecordHeader record, RowAppender rows) throws Exception {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        int place = 0;
        for (String word : new String(bytes, StandardCharsets.UTF_8).split(" ", -1)) {
            switch (word) {
                case "" -> {
                    continue;
                }
                case "!checked" -> throw new IOException("no good");
                case "!error" -> throw new StackOverflowError();
                case "!memory" -> throw new OutOfMemoryError("Requested array size exceeds VM limit");
                case "!half" -> {
                    rows.putString(0, "half");
                    return;
                }
                case "!missing" -> rows.putInt(1, 1);
                case "!large" -> place = 300;
                case "!endless" -> {
                    while (true) {
                        rows.putString(0, "again").putInt(1, 0);
                        rows.endRow();
                    }
                }
                case "!stream" -> rows.putString(0, record.stream()).putInt(1, place++);
                default -> rows.putString(0, word).putInt(1, place++);
            }
            if (word.equals("!large")) {
                rows.putString(0, word).putInt(1, place);
            }
            rows.endRow();
        }
    }

    private LogSinkBuilder builder() {
        return LogSink.builder(folder).memoryLimit(8 << 20).decoder(WORDS, DecoderTest::words);
    }

    private static void send(LogSink sink, String... payloads) {
        for (String payload : payloads) {
            assertThat(sink.record(payload.getBytes(StandardCharsets.UTF_8), LONG))
                    .isTrue();
        }
    }

    private List<Group> rejects() throws IOException {
        if (!Files.exists(folder.resolve("_rejects"))) {
            return List.of();
        }
        try (var files = Files.list(folder.resolve("_rejects"))) {
            return Segments.rows(files.toList().get(0));
        }
    }

    @Test
    void aPayloadBecomesNoneOneOrManyRowsWithDenseSequence() throws Exception {
        try (LogSink sink = builder().build()) {
            send(sink, "to be", "", "or", "not to be");
            assertThat(sink.rotate(LONG)).isTrue();
            SinkStats stats = sink.stats();
            assertThat(stats.accepted()).isEqualTo(4);
            assertThat(stats.rowsSealed()).isEqualTo(6);
            assertThat(stats.rejected()).isZero();
        }
        assertThat(Duck.query(folder, "select _seq, word, place from {} order by _seq"))
                .hasToString("[[0, to, 0], [1, be, 1], [2, or, 0], [3, not, 0], [4, to, 1], [5, be, 2]]");
        assertThat(rejects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!checked", "!error", "!memory", "!half", "!missing", "!large", "!endless"})
    void aPayloadThatFailsGivesNoRowAndIsKeptWholeWithTheReason(String order) throws Exception {
        try (LogSink sink = builder().build()) {
            send(sink, "before", "some rows then " + order, "after");
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(sink.stats().rejected()).isEqualTo(1);
            assertThat(sink.stats().abandoned()).isZero();
        }
        assertThat(Duck.query(folder, "select _seq, word from {} order by _seq"))
                .hasToString("[[0, before], [1, after]]");
        assertThat(rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.getString("payload", 0)).isEqualTo("some rows then " + order);
            assertThat(reject.getLong("seq", 0)).isEqualTo(1);
            assertThat(reject.getString("reason", 0))
                    .contains(
                            switch (order) {
                                case "!checked" -> "java.io.IOException: no good";
                                case "!error" -> "StackOverflowError";
                                case "!memory" -> "OutOfMemoryError";
                                case "!half" -> "the decoder returned in the middle of a row: row=3";
                                case "!missing" -> "word";
                                case "!large" -> "value out of range: column=place";
                                default -> "one payload makes too many rows";
                            });
        });
    }

    @Test
    void payloadsThatAllFailMakeASegmentWithoutRowsBesideTheRejects() throws Exception {
        try (LogSink sink = builder().build()) {
            send(sink, "!checked", "!half");
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(sink.stats().rejected()).isEqualTo(2);
        }
        assertThat(Segments.allRows(folder)).isEmpty();
        assertThat(rejects()).hasSize(2);
    }

    /** Only a row can tell of a loss; records without rows must not take it with them. */
    @Test
    void aLossIsToldByTheNextRowWhateverLiesBetween() throws Exception {
        try (LogSink sink = builder().build()) {
            send(sink, "first");
            assertThat(sink.flush(LONG)).isTrue();
            for (int i = 0; i < 3; i++) {
                assertThat(sink.tryRecord(new byte[2 << 20])).isFalse();
            }
            send(sink, "", "!checked", "", "second");
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(Duck.number(folder, "select _lost from {} where word = 'second'"))
                    .isEqualTo(3);
            assertThat(Duck.number(folder, "select sum(_lost) from {}"))
                    .isEqualTo(sink.stats().dropped());
        }
    }

    @Test
    void aStormOfRejectsRotatesInsteadOfFillingMemory() throws Exception {
        byte[] large = ("!checked " + "x".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        try (LogSink sink = builder().build()) {
            for (int i = 0; i < 40; i++) {
                assertThat(sink.record(large, LONG)).isTrue();
            }
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(sink.stats().rejected()).isEqualTo(40);
            assertThat(sink.stats().segmentsSealed()).isGreaterThan(5);
        }
        long kept = 0;
        try (var files = Files.list(folder.resolve("_rejects"))) {
            for (Path file : files.toList()) {
                kept += Segments.rows(file).size();
            }
        }
        assertThat(kept).isEqualTo(40);
    }

    @Test
    void theDecoderSeesAPayloadOfItsOwnFromZeroAndBigEndianEachTime() throws Exception {
        PayloadDecoder decoder = (payload, record, rows) -> {
            assertThat(payload.position()).isZero();
            assertThat(payload.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
            assertThat(payload.remaining()).isEqualTo(4);
            rows.putString(0, record.stream() + record.tsNs() + record.hasSource() + payload.getInt(0))
                    .putInt(1, 0);
            rows.endRow();
            payload.order(ByteOrder.LITTLE_ENDIAN).putInt(0, -1).position(2);
        };
        byte[] seven = {0, 0, 0, 7};
        try (LogSink sink = LogSink.builder(folder).decoder(WORDS, decoder).build()) {
            sink.tryRecord(seven, 0, 4, 11, 12);
            sink.stream("other").tryRecord(seven, 0, 4, 12, Recorder.NO_SOURCE);
            assertThat(sink.rotate(LONG)).isTrue();
        }
        assertThat(rejects()).isEmpty();
        assertThat(Duck.query(folder, "select word, _ts_ns, _stream from {} order by 2"))
                .hasToString("[[capture11true7, 11, capture], [other12false7, 12, other]]");
    }

    @Test
    void columnsAreWrittenAsTheirKeysSay() throws Exception {
        try (LogSink sink = builder()
                .column("word", ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.DELTA_BYTE_ARRAY))
                .build()) {
            send(sink, "alpha alphabet");
            assertThat(sink.rotate(LONG)).isTrue();
        }
        var columns =
                Segments.footer(Segments.in(folder).get(0)).getBlocks().get(0).getColumns();
        assertThat(columns.get(7).getEncodings()).isEqualTo(Set.of(Encoding.RLE, Encoding.DELTA_BYTE_ARRAY));
        assertThat(Duck.number(folder, "select count(*) from {} where word = 'alphabet'"))
                .isEqualTo(1);
    }

    @Test
    void textIsRefusedOrRepairedAsTheColumnSays() throws Exception {
        PayloadDecoder raw = (payload, record, rows) -> {
            rows.putBytes(0, payload, 0, payload.limit()).putInt(1, 0);
            rows.endRow();
        };
        byte[] text = {'a', (byte) 0xff};
        try (LogSink refusing = LogSink.builder(folder).decoder(WORDS, raw).build();
                LogSink repairing = LogSink.builder(folder)
                        .name("repaired")
                        .column("word", ColumnOptions.DEFAULT.withRepair(true))
                        .decoder(WORDS, raw)
                        .build()) {
            assertThat(refusing.tryRecord(text)).isTrue();
            assertThat(repairing.tryRecord(text)).isTrue();
            assertThat(refusing.rotate(LONG)).isTrue();
            assertThat(repairing.rotate(LONG)).isTrue();
            assertThat(refusing.stats().rejected()).isEqualTo(1);
            assertThat(repairing.stats().rejected()).isZero();
        }
        assertThat(rejects().get(0).getString("reason", 0)).contains("invalid UTF-8: column=word");
        assertThat(Duck.query(folder, "select word from {}")).hasToString("[[a\uFFFD]]");
    }

    @Test
    void schemasThatCannotBeWrittenAreRefusedWhereTheyAreGiven() {
        for (String[] bad : new String[][] {
            {"message m { required int32 a = 3; }", "field id 3 is one of ours"},
            {"message m { required int64 _seq; }", "_seq"},
            {"message m { required group g { } }", "a group without fields"},
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LogSink.builder(folder)
                            .decoder(MessageTypeParser.parseMessageType(bad[0]), DecoderTest::words))
                    .withMessageContaining(bad[1]);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder().column("nope", ColumnOptions.DEFAULT).build())
                .withMessageContaining("nope");
    }

    /** An exception whose text is null, or throws, is a reason like any other. */
    @Test
    @SuppressWarnings({"OverrideThrowableToString", "ToStringReturnsNull"}) // as bad as can be
    void exceptionsThatFailWhenAskedRejectTheirPayloadOnly() throws Exception {
        PayloadDecoder nasty = (payload, record, rows) -> {
            if (payload.get(0) == 'n') {
                throw new IllegalStateException() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String toString() {
                        return null;
                    }
                };
            } else if (payload.get(0) == 't') {
                throw new IllegalStateException() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getMessage() {
                        throw new IllegalStateException("no message");
                    }
                };
            }
            rows.putString(0, "good").putInt(1, 0);
            rows.endRow();
        };
        try (LogSink sink = LogSink.builder(folder).decoder(WORDS, nasty).build()) {
            for (int i = 0; i < 30; i++) {
                send(sink, "good", "n", "t");
            }
            assertThat(sink.rotate(LONG)).isTrue();
            assertThat(sink.stats().rejected()).isEqualTo(60);
            assertThat(sink.stats().abandoned()).isZero();
            assertThat(sink.stats().rowsSealed()).isEqualTo(30);
        }
        assertThat(rejects()).hasSize(60);
        assertThat(rejects().get(0).getString("reason", 0)).contains("DecoderTest");
    }

    @Test
    void rowsAreCountedAsRowsAndRecordsAsRecords() throws Exception {
        try (LogSink sink = builder().build()) {
            send(sink, "one two three", "four");
            assertThat(sink.flush(LONG)).isTrue();
            assertThat(sink.stats().accepted()).isEqualTo(2);
            assertThat(sink.stats().rows()).isEqualTo(4);
        }
    }

    /** A file stands where the directory of rejects should be: that must not cost the rows. */
    @Test
    void rejectsThatCannotBeWrittenDoNotTakeTheRowsWithThem() throws Exception {
        Files.writeString(folder.resolve("_rejects"), "not a directory");
        LogSink sink = builder().durability(Durability.OFF).build();
        send(sink, "good rows here", "!checked", "more");
        assertThat(sink.flush(LONG)).isTrue();
        assertThat(sink.close(Duration.ofMillis(500))).isFalse();
        assertThat(sink.stats().rowsSealed()).isEqualTo(4);
        assertThat(sink.stats().abandoned()).isEqualTo(1);
        assertThat(Duck.number(folder, "select count(*) from {}")).isEqualTo(4);
    }

    /** With a journal nothing has to be given up: rows and rejects come with the next start. */
    @Test
    void rejectsThatCouldNotBeWrittenAreRecoveredWithTheirRows() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("_rejects"), "not a directory");
        LogSink sink = builder().build();
        send(sink, "good rows here", "!checked", "more");
        assertThat(sink.flush(LONG)).isTrue();
        assertThat(sink.close(Duration.ofMillis(500))).isFalse();
        assertThat(sink.stats().abandoned()).isZero();
        Files.delete(inTheWay);
        assertThat(NextStart.of(builder()).recovered()).isEqualTo(3);
        assertThat(Duck.query(folder, "select _seq, word from {} order by _seq"))
                .hasToString("[[0, good], [1, rows], [2, here], [3, more]]");
        assertThat(rejects()).hasSize(1);
        assertThat(rejects().get(0).getString("reason", 0)).contains("no good");
    }

    /** A row a payload, as slow as it is told to be. */
    private record Slow(long millis) implements PayloadDecoder {
        @Override
        public void decode(ByteBuffer payload, RecordHeader record, RowAppender rows) throws Exception {
            Thread.sleep(millis);
            rows.putString(0, "slow").putInt(1, 0);
            rows.endRow();
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aSlowDecoderDoesNotKeepCloseBeyondItsDeadline(Durability durability) throws Exception {
        LogSinkBuilder builder = LogSink.builder(folder).durability(durability);
        LogSink sink = builder.decoder(WORDS, new Slow(20)).build();
        for (int i = 0; i < 400; i++) {
            assertThat(sink.record(new byte[1], LONG)).isTrue();
        }
        long start = System.nanoTime();
        assertThat(sink.close(Duration.ofMillis(300))).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(1_250_000_000L);
        SinkStats stats = sink.stats();
        assertThat(stats.accepted()).isEqualTo(400);
        if (durability == Durability.OFF) {
            assertThat(stats.abandoned()).isPositive();
            assertThat(stats.rowsSealed() + stats.abandoned()).isEqualTo(stats.accepted());
            return;
        }
        assertThat(stats.abandoned()).isZero();
        NextStart.of(builder.decoder(WORDS, new Slow(0)));
        assertThat(Duck.query(folder, "select count(*), count(distinct _seq), max(_seq) from {}"))
                .hasToString("[[400, 400, 399]]");
    }
}
