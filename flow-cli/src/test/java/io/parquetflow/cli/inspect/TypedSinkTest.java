package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSink;
import io.parquetflow.spi.PayloadDecoder;
import io.parquetflow.spi.RecordHeader;
import io.parquetflow.spi.RowAppender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink with a decoder leaves: typed segments, and rejects beside them. */
class TypedSinkTest {
    private static final MessageType TRADE = MessageTypeParser.parseMessageType(
            """
            message trade {
              required int64 seq;
              required int64 lost;
              required binary payload (STRING);
              optional int32 price (DECIMAL(9,2));
              optional group flags (LIST) { repeated group list { required int32 element; } }
            }
            """);

    private static final int PAYLOADS = 100;
    private static final int REJECTED = 15;

    @TempDir
    Path directory;

    /** Payload n makes n % 3 rows, and none at all for every seventh, which it cannot read. */
    private static final class Trades implements PayloadDecoder {
        @Override
        public void decode(ByteBuffer payload, RecordHeader record, RowAppender rows) throws IOException {
            int number = payload.getInt(0);
            if (number % 7 == 0) {
                throw new IOException("not a trade: number=" + number);
            }
            for (int row = 0; row < number % 3; row++) {
                rows.putLong(0, -number).putLong(1, number).putString(2, "row " + row);
                if (number % 2 == 0) {
                    rows.putInt(3, number).addInt(4, row).addInt(4, number);
                }
                rows.endRow();
            }
        }
    }

    private void writeTrades(String sink) throws IOException {
        try (LogSink trades = LogSink.builder(directory)
                .name(sink)
                .decoder(TRADE, new Trades())
                .build()) {
            for (int i = 0; i < PAYLOADS; i++) {
                assertThat(trades.tryRecord(ByteBuffer.allocate(4).putInt(0, i).array()))
                        .isTrue();
            }
        }
    }

    private static long rows() {
        long rows = 0;
        for (int i = 0; i < PAYLOADS; i++) {
            rows += i % 7 == 0 ? 0 : i % 3;
        }
        return rows;
    }

    private Path only(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path rejects() throws IOException {
        return only(directory.resolve("_rejects"), ".parquet.rejects");
    }

    @Test
    void verifyTakesRowsForWhatTheyAreAndReadsTheRejects() throws Exception {
        writeTrades("trades");

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out())
                .contains("ok, rejects\n")
                .contains("ok: 1 segment, " + rows() + " rows")
                .contains("; " + REJECTED + " rejected payloads in 1 file\n")
                .doesNotContain("note:");
        assertThat(run.code()).isZero();
        assertThat(CommandRun.of("verify", "--json", directory).out()).contains("\"rejects\" : [ {");
    }

    @Test
    void aDamagedFileOfRejectsIsAnError() throws Exception {
        writeTrades("trades");
        byte[] bytes = Files.readAllBytes(rejects());
        bytes[60] ^= 1;
        Files.write(rejects(), bytes);

        CommandRun verify = CommandRun.of("verify", directory);
        assertThat(verify.out()).contains("error: [" + rejects() + "] offset=").contains("crc mismatch");
        assertThat(verify.code()).isEqualTo(1);

        Files.writeString(rejects(), "not Parquet, and longer than a footer");
        CommandRun stats = CommandRun.of("stats", directory);
        assertThat(stats.err())
                .startsWith("flow: [" + rejects() + "] offset=0: ")
                .hasLineCount(1);
        assertThat(stats.code()).isEqualTo(1);
    }

    @Test
    void aSinkWhosePayloadsWereAllRejectedIsSound() throws Exception {
        try (LogSink trades = LogSink.builder(directory)
                .name("trades")
                .decoder(TRADE, new Trades())
                .build()) {
            trades.tryRecord(new byte[4]);
            trades.tryRecord(new byte[4]);
        }

        CommandRun run = CommandRun.of("verify", directory);

        assertThat(run.out()).contains("ok: 1 segment, 0 rows").contains("; 2 rejected payloads in 1 file\n");
        assertThat(CommandRun.of("cat", directory).code()).isZero();
        assertThat(CommandRun.of("stats", directory).out()).contains("rejected 2 payloads");
    }

    @Test
    void statsTellHowManyPayloadsWereRejected() throws Exception {
        writeTrades("trades");

        CommandRun run = CommandRun.of("stats", directory);

        assertThat(run.out())
                .containsPattern("-000001.parquet +" + rows() + " ")
                .containsPattern("flags.list.element +int32 +1 +2 +zstd ")
                .containsPattern("price +int32 decimal\\(9,2\\) +0 +1 +zstd ")
                .contains("accepted 100, dropped 0")
                .contains("rejected " + REJECTED + " payloads, whole in 1 file of _rejects\n");
        assertThat(run.code()).isZero();
        assertThat(CommandRun.of("stats", "--json", directory).out())
                .containsPattern("\"rejects\" : \\{\\s+\"files\" : 1,\\s+\"payloads\" : 15\\s+}");
    }

    /** The users' {@code seq} and {@code lost} are no header, and say nothing of drops. */
    @Test
    void columnsOfTheUserAreNotTakenForTheHeader() throws Exception {
        writeTrades("trades");

        assertThat(CommandRun.of("stats", "--json", directory).out())
                .contains("\"lost\" : 0")
                .contains("\"gaps\" : 0");
    }

    @Test
    void catPrintsRowsAndRejects() throws Exception {
        writeTrades("trades");

        assertThat(CommandRun.of("cat", "--columns", "_seq,payload,price,flags", "--json", directory)
                        .out())
                .startsWith(
                        """
                        {"_seq":0,"payload":"row 0","price":null,"flags":null}
                        {"_seq":1,"payload":"row 0","price":0.02,"flags":[0,2]}
                        """);
        assertThat(CommandRun.of("head", "-n", "2", "--columns", "_seq,price,flags", directory)
                        .out())
                .contains("[0,2]");
        assertThat(CommandRun.of("cat", "--columns", "payload,reason", "--json", rejects())
                        .out()
                        .lines())
                .hasSize(REJECTED)
                .first()
                .isEqualTo(
                        "{\"payload_base64\":\"AAAAAA==\",\"reason\":\"java.io.IOException: not a trade: number=0\"}");
        assertThat(CommandRun.of("schema", rejects()).out()).contains("required binary reason (STRING) = 9;");
        assertThat(CommandRun.of("sql", "select count(*) n from capture", rejects(), "--format", "csv")
                        .out())
                .isEqualTo("n\n" + REJECTED + "\n");
    }

    @Test
    void rawAndTypedSinksEachHaveTheirView() throws Exception {
        writeTrades("trades");
        try (LogSink raw = LogSink.builder(directory).name("raw").build()) {
            raw.tryRecord("hello".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(sql("select payload::varchar p, seq from raw")).isEqualTo("p,seq\nhello,0\n");
        assertThat(sql("select count(*) n, sum(flags[2]) s, max(price) p from trades"))
                .isEqualTo("n,s,p\n" + rows() + ",2050,0.94\n");
        assertThat(CommandRun.of("verify", directory).code()).isZero();
    }

    /** One sink's price is a number, the other's a group: nothing is both. */
    @Test
    void sinksThatDoNotGoTogetherKeepTheirViews() throws Exception {
        DuckFile.write("select 1.5::double price", directory.resolve("a.parquet"));
        DuckFile.write("select {'bid': 1, 'ask': 2} price", directory.resolve("b.parquet"));

        assertThat(sql("select price from a")).isEqualTo("price\n1.5\n");
        assertThat(sql("select price.ask from b")).isEqualTo("ask\n2\n");
        CommandRun all = CommandRun.of("sql", "select * from capture", directory);
        assertThat(all.err())
                .isEqualTo("flow: sql: no view capture of all sinks: column price is a value in a, a group in b;"
                        + " there are a, b\n");
        assertThat(all.code()).isEqualTo(1);
    }

    private String sql(String select) {
        CommandRun run = CommandRun.of("sql", select, directory, "--format", "csv");
        assertThat(run.err()).isEmpty();
        return run.out();
    }
}
