package io.parquetflow.iex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.LogSink;
import io.parquetflow.SinkStats;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.Segments;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real market feed through the ring and a decoder into typed columns. */
class IexDecodingInteropTest {
    private static final Path FEED = Path.of(System.getProperty("project.root"), "../shared/data/iex-deep-1.0.pcap.gz");
    private static final int UDP_PAYLOAD_AT = 14 + 20 + 8;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** Payloads of a little-endian pcap of Ethernet, IPv4 and UDP, up to where it is cut off. */
    private static void payloads(Consumer<byte[]> to) throws IOException {
        assumeTrue(Files.exists(FEED), "the real feed is not there: " + FEED);
        try (InputStream file = Files.newInputStream(FEED);
                DataInputStream in = new DataInputStream(new GZIPInputStream(file, 1 << 16))) {
            in.readFully(new byte[24]);
            byte[] header = new byte[16];
            while (true) {
                in.readFully(header);
                byte[] packet = new byte
                        [ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(8)];
                in.readFully(packet);
                int udpBytes = ByteBuffer.wrap(packet).getShort(UDP_PAYLOAD_AT - 4) - 8;
                to.accept(java.util.Arrays.copyOfRange(packet, UDP_PAYLOAD_AT, UDP_PAYLOAD_AT + udpBytes));
            }
        } catch (EOFException e) {
            return; // real captures end in the middle of a packet
        }
    }

    private LogSink sink() throws IOException {
        return LogSink.builder(folder)
                .decoder(IexDecoder.SCHEMA, new IexDecoder())
                .build();
    }

    @Test
    void everyMessageOfARealFeedIsARow() throws Exception {
        Map<String, Integer> expected = new HashMap<>();
        int[] messages = new int[1];
        SinkStats stats;
        try (LogSink sink = sink()) {
            payloads(payload -> {
                sink.record(payload, LONG);
                count(payload, expected, messages);
            });
            assertThat(sink.rotate(LONG)).isTrue();
            stats = sink.stats();
        }
        assertThat(stats.accepted()).isEqualTo(121_314);
        assertThat(stats.rejected()).isZero();
        assertThat(stats.rowsSealed()).isEqualTo(391_999).isEqualTo(messages[0]);
        assertThat(expected).hasSize(20).containsEntry("MSFT", 12_077).containsEntry("AA-", 7_675);

        Map<String, Integer> byDuckDb = new HashMap<>();
        Duck.query(folder, "select symbol, count(*) from {} where type in ('5', '8', 'T') group by 1")
                .forEach(row -> byDuckDb.put((String) row.get(0), ((Number) row.get(1)).intValue()));
        assertThat(byDuckDb).isEqualTo(expected);
        assertThat(Duck.query(
                        folder,
                        "select count(*), count(distinct _seq), min(_seq), max(_seq), sum(_lost), count(price),"
                                + " typeof(any_value(price)), typeof(any_value(time)), min(price) > 0 from {}"))
                .hasToString("[[391999, 391999, 0, 391998, 0, 110984, DECIMAL(18,4), TIMESTAMPTZ_NS, true]]");
        assertParquetJavaAgrees(byDuckDb);
    }

    /** Price levels and trades: what symbols are counted by. */
    private static void count(byte[] payload, Map<String, Integer> symbols, int[] messages) {
        ByteBuffer packet = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        int at = 40;
        for (int i = packet.getShort(14); i > 0; i--) {
            int length = packet.getShort(at);
            messages[0]++;
            if ("58T".indexOf(packet.get(at + 2)) >= 0) {
                String symbol = new String(payload, at + 2 + 10, 8, java.nio.charset.StandardCharsets.US_ASCII);
                symbols.merge(symbol.trim(), 1, Integer::sum);
            }
            at += 2 + length;
        }
    }

    private void assertParquetJavaAgrees(Map<String, Integer> symbols) throws Exception {
        Map<String, Integer> found = new HashMap<>();
        long prices = 0;
        for (Group row : Segments.allRows(folder)) {
            if ("58T".contains(row.getString("type", 0))) {
                found.merge(row.getString("symbol", 0), 1, Integer::sum);
            }
            if (row.getFieldRepetitionCount("price") > 0) {
                prices += row.getLong("price", 0);
            }
        }
        assertThat(found).isEqualTo(symbols);
        BigDecimal sum = (BigDecimal)
                Duck.query(folder, "select sum(price) from {}").get(0).get(0);
        assertThat(sum.unscaledValue().longValueExact()).isEqualTo(prices);
    }

    @Test
    void payloadsThatLieAreRejectedWholeAndTheOthersAreRows() throws Exception {
        List<byte[]> bad = new ArrayList<>();
        SinkStats stats;
        int[] good = new int[1];
        try (LogSink sink = sink()) {
            int[] n = new int[1];
            payloads(payload -> {
                if (n[0] >= 3_000) {
                    return;
                }
                byte[] changed = payload.clone();
                switch (n[0]++ % 6) {
                    case 1 -> changed[14] = (byte) 0xff; // more messages than there are
                    case 2 -> changed = java.util.Arrays.copyOf(payload, payload.length - 1);
                    case 3 -> changed = new byte[0];
                    case 4 -> changed = java.util.Arrays.copyOf(new byte[] {3}, 7); // no header
                    default -> {}
                }
                boolean isBad = !java.util.Arrays.equals(payload, changed);
                if (isBad) {
                    bad.add(changed);
                } else {
                    good[0]++;
                }
                sink.record(changed, LONG);
            });
            assertThat(sink.rotate(LONG)).isTrue();
            stats = sink.stats();
        }
        assertThat(stats.accepted()).isEqualTo(bad.size() + good[0]);
        assertThat(bad.size()).isGreaterThan(1_500);
        assertThat(stats.rejected()).isEqualTo(bad.size());
        List<Path> rejects;
        try (var all = Files.list(folder.resolve("_rejects"))) {
            rejects = all.toList();
        }
        assertThat(rejects).hasSize(1);
        assertThat(rejects.get(0).getFileName().toString()).endsWith(".parquet.rejects");
        List<Group> rows = Segments.rows(rejects.get(0));
        HexFormat hex = HexFormat.of();
        assertThat(rows.stream()
                        .map(r -> hex.formatHex(r.getBinary("payload", 0).getBytes()))
                        .toList())
                .isEqualTo(bad.stream().map(hex::formatHex).toList());
        assertThat(rows).allSatisfy(r -> {
            assertThat(r.getString("decoder", 0)).isEqualTo(IexDecoder.class.getName());
            assertThat(r.getString("reason", 0)).containsAnyOf("length=", "bytes behind", "IndexOutOfBounds");
        });
        assertThat(Duck.number(folder, "select count(*) from {}")).isEqualTo(stats.rowsSealed());
    }
}
