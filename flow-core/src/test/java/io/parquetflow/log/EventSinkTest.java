package io.parquetflow.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.log.PlainDraft.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an appender may rely on, without a framework: DuckDB reads what was written. */
class EventSinkTest {
    @TempDir
    private Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private EventSink<Event> sink;

    private EventSink<Event> open(String... keys) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("directory", directory.toString()));
        for (int i = 0; i < keys.length; i += 2) {
            all.put(keys[i], keys[i + 1]);
        }
        sink = EventSink.open(
                "PLAIN", all, Map.of(), PlainDraft::new, (level, line, cause) -> told.add(level + " " + line));
        return sink;
    }

    private boolean log(Event event) {
        return sink.append(event, event.severity());
    }

    private List<String> rows(String sql) throws Exception {
        sink.close();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "create view logs as from read_parquet('" + directory + "/*.parquet', union_by_name=true)");
            statement.execute("create view footers as select decode(key) as key, decode(value) as value from"
                    + " parquet_kv_metadata('" + directory + "/*.parquet')");
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(result.getString(i));
                    }
                    rows.add(String.join("|", row));
                }
            }
            return rows;
        }
    }

    @AfterEach
    void close() {
        if (sink != null) {
            sink.close();
        }
    }

    @Test
    void longEventsAreCutAndSaySo() throws Exception {
        open("columns", "wide");
        assertThat(log(Event.of("INFO", "x".repeat(200_000)))).isTrue();
        assertThat(log(Event.of("INFO", "é".repeat(100_000) + "{}", "y".repeat(200_000))))
                .isTrue();
        assertThat(log(Event.of("INFO", "{}".repeat(1_000), (Object[]) new String[1_000])))
                .isTrue();
        Object[] attributes = new Object[1_000];
        for (int i = 0; i < attributes.length; i += 2) {
            attributes[i] = "name" + i;
            attributes[i + 1] = "v".repeat(1_000);
        }
        assertThat(log(Event.of("INFO", "attributes").with(attributes))).isTrue();
        assertThat(log(Event.of("INFO", "promoted").with("wide", "w".repeat(100_000))))
                .isTrue();
        RuntimeException deep = new RuntimeException("m".repeat(100_000), new RuntimeException("n".repeat(100_000)));
        assertThat(sink.append(new Event("ERROR", "thrown", new Object[0], deep), Severity.ERROR))
                .isTrue();
        assertThat(log(Event.of("INFO", "short"))).isTrue();
        assertThat(rows(
                        "select truncated, strlen(body) between 5 and 65536, left(body, 2), octet_length(encode(body)) % 2"
                                + " from logs order by seq"))
                .startsWith("true|true|xx|0", "true|true|éé|0")
                .endsWith("true|true|th|0", "false|true|sh|1")
                .hasSize(7)
                .filteredOn(row -> row.startsWith("true"))
                .hasSize(6);
    }

    @Test
    void whatIsWrongInTheConfigurationIsToldAndPassedOver() throws Exception {
        open(
                "rotateBytes", "many",
                "rotate-interval", "10 minutes",
                "colour", "blue",
                "dropBelow", "LOUD",
                "maxEventBytes", "7",
                "columns", "body,orderId,orderId",
                "mask", "([",
                "args", "perhaps",
                "encoding.nothing", "plain");
        assertThat(told)
                .anyMatch(line -> line.contains("key=rotate-bytes, value=many") && line.contains("64KB"))
                .anyMatch(line -> line.contains("key=colour"))
                .anyMatch(line -> line.contains("key=drop-below, value=LOUD") && line.contains("WARN"))
                .anyMatch(line -> line.contains("key=max-event-bytes, value=7") && line.contains("4KB"))
                .anyMatch(line -> line.contains("key=columns, value=body"))
                .anyMatch(line -> line.contains("key=mask, value=(["))
                .anyMatch(line -> line.contains("key=args, value=perhaps"));
    }

    @Test
    void aMaskThatIsNoPatternHidesEverything() throws Exception {
        open("mask", "([");
        assertThat(log(Event.of("INFO", "secret {}", "4111").with("k", "4111"))).isTrue();
        assertThat(rows("select body, template, args[1], map_keys(attributes)[1], map_values(attributes)[1] from logs"))
                .containsExactly("[mask invalid]|[mask invalid]|[mask invalid]|[mask invalid]|[mask invalid]");
    }

    @Test
    void withoutADirectoryTheApplicationGoesOn() {
        sink = EventSink.open("PLAIN", Map.of(), Map.of(), PlainDraft::new, (level, line, cause) -> told.add(line));
        assertThat(log(Event.of("WARN", "lost"))).isFalse();
        assertThat(sink.droppedByLevel()).containsExactly(Map.entry("WARN", 1L));
        assertThat(told).anyMatch(line -> line.contains("key=directory"));
    }

    @Test
    void aDirectoryThatCannotBeUsedIsTriedAgain() throws Exception {
        Path blocked = directory.resolve("logs");
        Files.writeString(blocked, "a file where a directory should be");
        open("directory", blocked.toString());
        assertThat(log(Event.of("ERROR", "too early"))).isFalse();
        assertThat(sink.droppedByLevel()).containsExactly(Map.entry("ERROR", 1L));
        Files.delete(blocked);
        for (int i = 0; i < 300 && !sink.isOpen(); i++) {
            Thread.sleep(100);
        }
        assertThat(log(Event.of("ERROR", "in time"))).isTrue();
        directory = blocked;
        assertThat(rows("select body from logs where logger <> 'io.parquetflow'"))
                .containsExactly("in time");
    }

    @Test
    void dropsAreCountedByLevelInTheFooterAndToldInTheFile() throws Exception {
        open("memory-limit", "1MB", "codec-level", "19", "row-group-bytes", "64KB");
        String large = "x".repeat(30_000);
        long taken = 0;
        long refused = 0;
        for (int i = 0; refused < 50 || i < 300; i++) {
            boolean kept = log(Event.of(i % 2 == 0 ? "INFO" : "DEBUG", large + i));
            taken += kept ? 1 : 0;
            refused += kept ? 0 : 1;
        }
        for (int i = 0; i < 100 && told.stream().noneMatch(line -> line.contains("were dropped")); i++) {
            Thread.sleep(50);
        }
        assertThat(told).anyMatch(line -> line.startsWith("WARN PLAIN: ") && line.contains("events were dropped"));
        Map<String, Long> byLevel = sink.droppedByLevel();
        assertThat(byLevel.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(refused);
        List<String> footers = rows("select key || '=' || max(value::bigint) from footers where key like"
                + " 'flow.log.dropped.%' group by key order by key");
        assertThat(footers)
                .containsExactly(
                        "flow.log.dropped.DEBUG=" + byLevel.get("DEBUG"),
                        "flow.log.dropped.INFO=" + byLevel.get("INFO"));
        assertThat(
                        rows(
                                "select count(*) filter (where logger <> 'io.parquetflow'), count(*) filter (where logger ="
                                        + " 'io.parquetflow' and severity_text = 'WARN' and body like '%events were dropped%') > 0,"
                                        + " sum(lost) + (select max(value::bigint) from footers where key = 'flow.lost_tail') from logs"))
                .containsExactly(taken + "|true|" + refused);
    }

    @Test
    void whatMattersHasRoomWhereTheRestIsDropped() throws Exception {
        open(
                "memory-limit",
                "1MB",
                "codec-level",
                "19",
                "row-group-bytes",
                "64KB",
                "drop-below",
                "WARN",
                "wait-at-most",
                "1s");
        String large = "x".repeat(10_000);
        for (int i = 0; i < 2_000; i++) {
            log(Event.of("INFO", large + i));
            if (i % 20 == 0) {
                assertThat(log(Event.of("WARN", "matters"))).isTrue();
            }
        }
        assertThat(sink.droppedByLevel()).containsOnlyKeys("INFO");
        assertThat(sink.stats().droppedByCause().get(io.parquetflow.spi.DropCause.RESERVED))
                .isPositive();
    }

    @Test
    void sealingAtTheEndOfTheProcessGoesOnTakingEvents() throws Exception {
        open();
        assertThat(log(Event.of("INFO", "before"))).isTrue();
        sink.sealWhenQuiet();
        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(1);
        }
        assertThat(log(Event.of("INFO", "after"))).isTrue();
        assertThat(rows("select body from logs order by seq")).containsExactly("before", "after");
    }

    @Test
    void aClosedSinkCountsWhatComesAfterwards() throws Exception {
        open();
        sink.close();
        assertThat(log(Event.of("INFO", "late"))).isFalse();
        assertThat(sink.droppedByLevel()).containsExactly(Map.entry("INFO", 1L));
    }

    @Test
    void aTraceIdThatIsPromotedIsInBothColumns() throws Exception {
        open("columns", "traceId");
        assertThat(log(Event.of("INFO", "m").with("traceId", "b7ad6b7169203331", "spanId", "no hexadecimal")))
                .isTrue();
        assertThat(rows("select hex(trace_id), \"traceId\", coalesce(hex(span_id), 'none'), attributes from logs"))
                .containsExactly("0000000000000000B7AD6B7169203331|b7ad6b7169203331|none|{spanId=no hexadecimal}");
    }

    @Test
    void numbersStayNumbersAndLaterValuesCount() throws Exception {
        open();
        assertThat(log(Event.of("INFO", "m")
                        .with("a", 1, "b", 2.5f, "a", 7L, "c", new java.math.BigDecimal("1.10"), "d", true)))
                .isTrue();
        assertThat(rows("select attributes_long, attributes_double, attributes from logs"))
                .containsExactly("{a=7}|{b=2.5}|{c=1.10, d=true}");
    }
}
