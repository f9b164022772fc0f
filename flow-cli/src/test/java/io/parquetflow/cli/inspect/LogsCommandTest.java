package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.cli.shell.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogsCommandTest {
    @TempDir
    Path directory;

    private CommandRun logs(Object... words) {
        List<Object> all = new ArrayList<>(List.of("logs", directory, "--utc"));
        all.addAll(Arrays.asList(words));
        return CommandRun.of(all.toArray());
    }

    /** What was printed of each event, in order. */
    private List<String> bodies(Object... words) {
        CommandRun run = logs(words);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return run.out()
                .lines()
                .map(line -> line.substring(line.indexOf(" : ") + 3))
                .toList();
    }

    private List<Path> segments() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList();
        }
    }

    private void levels() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            log.event(0, 1, "TRACE", "com.acme.Orders", "t")
                    .event(1, 5, "DEBUG", "com.acme.Orders", "d")
                    .event(2, 9, "INFO", "com.acme.web.Page", "i")
                    .event(3, 13, "WARN", "com.acmeXweb", "w")
                    .event(4, 14, "NOTICE", "org.other.Thing", "w2")
                    .event(5, 17, "ERROR", "com.acme", "e")
                    .event(6, 21, "FATAL", "com_acme", "f");
        }
    }

    @Test
    void anEventIsALineAndItsStackTraceFollows() throws Exception {
        try (LogSamples log = LogSamples.in(directory, "tenant")) {
            Map<String, Object> more = new TreeMap<>();
            more.put("thread_name", "main");
            more.put("attributes", Map.of("user", "eve"));
            more.put("attributes_long", Map.of("amount", 17L));
            more.put("attributes_double", Map.of("ratio", 0.5));
            more.put("tenant", "t1");
            more.put("trace_id", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, (byte) 255});
            more.put("exception_type", "java.lang.IllegalStateException");
            more.put("exception_stacktrace", "java.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\n");
            log.event(LogSamples.START, 13, "WARN", "com.acme.Orders", "late", more);
            log.info(1, "first\nsecond", Map.of("exception_type", "a.B", "exception_message", "no trace"));
            log.info(2, "cut", Map.of("truncated", true));
        }

        CommandRun run = logs();

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        """
                        2026-11-21 17:02:03.123456 WARN  [main] com.acme.Orders : late {amount=17, ratio=0.5, tenant=t1, trace_id=0102030405060708090a0b0c0d0e0fff, user=eve}
                        java.lang.IllegalStateException: no
                        \tat a.B.c(B.java:1)
                        2026-11-21 17:02:04.123456 INFO  com.acme.Orders : first
                        second
                        a.B: no trace
                        2026-11-21 17:02:05.123456 INFO  com.acme.Orders : cut (truncated)
                        """);
        assertThat(run.code()).isZero();
    }

    @Test
    void eventsOfAllWritersComeInTheOrderOfTheirOwnTimes() throws Exception {
        try (LogSamples one = LogSamples.in(directory);
                LogSamples other = LogSamples.rotating(directory, "other", 2)) {
            for (int i = 0; i < 10; i++) {
                (i % 3 == 0 ? one : other).info(9 - i, "n" + (9 - i));
            }
        }

        assertThat(bodies()).containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WARN|w,w2",
                "warn+|w,w2,e,f",
                "Info|i",
                "WARN2|w2",
                "14|w2",
                "14+|w2,e,f",
                "FATAL+|f",
                "trace+|t,d,i,w,w2,e,f",
                "22|''"
            })
    void aLevelIsExactAndWithAPlusThatAndAbove(String level, String expected) throws Exception {
        levels();

        assertThat(String.join(",", bodies("--level", level))).isEqualTo(expected);
    }

    @Test
    void loggersAreNamedByGlobsInWhichNothingElseIsSpecial() throws Exception {
        levels();

        assertThat(bodies("--logger", "com.acme.*")).containsExactly("t", "d", "i");
        assertThat(bodies("--logger", "com.acme")).containsExactly("e");
        assertThat(bodies("--logger", "com_acme*")).containsExactly("f");
        assertThat(bodies("--logger", "com?acme")).containsExactly("e", "f");
        assertThat(bodies("--logger", "org.*", "--logger", "*.Page")).containsExactly("i", "w2");
        assertThat(bodies("--logger", "it's\\")).isEmpty();
    }

    @Test
    void grepIsATextAndNotAPattern() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(0, "100% of A_B").info(1, "1000 of AxB").info(2, "it's Ünwell");
            log.info(3, "odd", Map.of("exception_stacktrace", "x.Timeout\n\tat 100%\n"));
        }

        assertThat(bodies("--grep", "a_b")).containsExactly("100% of A_B");
        assertThat(logs("--grep", "100%").out())
                .contains("100% of A_B", "x.Timeout")
                .doesNotContain("1000");
        assertThat(bodies("--grep", "IT'S üNW")).containsExactly("it's Ünwell");
        assertThat(logs("--grep", "timeOUT").out()).contains("odd").doesNotContain("A_B");
        assertThat(bodies("--grep", ".*")).isEmpty();
    }

    @Test
    void sinceIsIncludedAndUntilIsNot() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            for (int i = 0; i < 5; i++) {
                log.info(i, "n" + i);
            }
        }

        assertThat(bodies("--since", "2026-11-21T17:02:05.123456Z")).containsExactly("n2", "n3", "n4");
        assertThat(bodies("--since", "2026-11-21 17:02:05.123457")).containsExactly("n3", "n4");
        assertThat(bodies("--until", "2026-11-21T18:02:05.123456+01:00")).containsExactly("n0", "n1");
        assertThat(bodies("--since", "2026-11-21T17:02:04", "--until", "2026-11-21T17:02:05"))
                .containsExactly("n1");
        assertThat(bodies("--since", "2026-11-21")).hasSize(5);
        assertThat(bodies("--until", "2026-11-21")).isEmpty();
    }

    @Test
    void durationsCountBackFromNow() throws Exception {
        Instant now = Instant.now();
        try (LogSamples log = LogSamples.in(directory)) {
            log.event(now.minusSeconds(3600), 9, "INFO", "a", "old", Map.of());
            log.event(now.minusSeconds(60), 9, "INFO", "a", "new", Map.of());
        }

        assertThat(bodies("--since", "10m")).containsExactly("new");
        assertThat(bodies("--since", "2h")).containsExactly("old", "new");
        assertThat(bodies("--until", "10 minutes")).containsExactly("old");
    }

    @Test
    void theTimeZoneIsForWhatIsPrintedAndForWhatIsRead() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(0, "n0").info(60, "n1");
        }

        CommandRun run = CommandRun.of("logs", directory, "--zone", "Asia/Tokyo", "--since", "2026-11-22T02:03");

        assertThat(run.out()).isEqualTo("2026-11-22 02:03:03.123456 INFO  com.acme.Orders : n1\n");
    }

    @Test
    void whereIsAnyExpressionOverTheColumns() throws Exception {
        try (LogSamples log = LogSamples.in(directory, "tenant")) {
            log.info(0, "a", Map.of("attributes", Map.of("k", "v"), "tenant", "t1"));
            log.info(1, "b", Map.of("attributes_long", Map.of("n", 7L)));
        }

        assertThat(bodies("--where", "attributes['k'] = 'v' -- of k", "--format", "pattern"))
                .containsExactly("a {k=v, tenant=t1}");
        assertThat(bodies("--where", "attributes_long['n'] > 6 or false")).containsExactly("b {n=7}");
        assertThat(bodies("--where", "tenant = 't1'")).hasSize(1);

        CommandRun typo = logs("--where", "tenannt = 't1'", "--since", "1m");
        assertThat(typo.code()).isEqualTo(1);
        assertThat(typo.err())
                .startsWith("flow: logs: Binder Error")
                .contains("tenant")
                .hasLineCount(1);
        CommandRun other = logs("--where", "body in (select content from read_text('/etc/passwd'))");
        assertThat(other.code()).isEqualTo(1);
        CommandRun two = logs("--where", "true); copy (select 1) to '" + directory.resolve("x") + "'; select (1");
        assertThat(two.code()).isEqualTo(1);
        assertThat(directory.resolve("x")).doesNotExist();
    }

    @Test
    void aColumnThatOnlySomeSegmentsHaveIsNullInTheOthers() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(0, "without");
        }
        try (LogSamples log = LogSamples.in(directory, "tenant", "Region")) {
            log.info(100, "with", Map.of("tenant", "t1", "Region", "eu"));
        }

        assertThat(bodies()).containsExactly("without", "with {Region=eu, tenant=t1}");
        assertThat(bodies("--where", "tenant is null")).containsExactly("without");
        assertThat(bodies("--where", "tenant = 't1'", "--until", "2026-11-21T17:02:10"))
                .isEmpty();
    }

    @Test
    void tailIsTheLastOfThoseThatAreWantedInOrder() throws Exception {
        try (LogSamples log = LogSamples.rotating(directory, "many", 100)) {
            for (int i = 0; i < 1000; i++) {
                log.event(i / 10.0, i % 4 == 0 ? 13 : 9, i % 4 == 0 ? "WARN" : "INFO", "a", "n" + i);
            }
        }

        assertThat(bodies("--tail", "3")).containsExactly("n997", "n998", "n999");
        assertThat(bodies("-n", "3", "--level", "WARN")).containsExactly("n988", "n992", "n996");
        assertThat(bodies("--tail", "250")).hasSize(250).startsWith("n750").endsWith("n999");
        assertThat(bodies("--tail", "5000")).hasSize(1000);
        assertThat(bodies("--tail", "0")).isEmpty();
        assertThat(bodies("--limit", "2")).containsExactly("n0", "n1");
        assertThat(bodies("--limit", "0")).isEmpty();
    }

    @Test
    void whatWasLostIsToldWhateverElseIsWanted() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            String large = "x".repeat(LogSamples.MOST_BYTES);
            log.info(0, "a").info(1, large).info(2, large).info(3, "b").info(4, "c");
            log.info(5, large).event(6, 17, "ERROR", "com.acme.Orders", "d");
        }

        assertThat(logs().out())
                .isEqualTo(
                        """
                        2026-11-21 17:02:03.123456 INFO  com.acme.Orders : a
                        2026-11-21 17:02:06.123456 LOST  2 events of app were lost here
                        2026-11-21 17:02:06.123456 INFO  com.acme.Orders : b
                        2026-11-21 17:02:07.123456 INFO  com.acme.Orders : c
                        2026-11-21 17:02:09.123456 LOST  1 event of app was lost here
                        2026-11-21 17:02:09.123456 ERROR com.acme.Orders : d
                        """);
        assertThat(logs("--level", "ERROR").out().lines())
                .containsExactly(
                        "2026-11-21 17:02:06.123456 LOST  2 events of app were lost here",
                        "2026-11-21 17:02:09.123456 LOST  1 event of app was lost here",
                        "2026-11-21 17:02:09.123456 ERROR com.acme.Orders : d");
        assertThat(logs("--level", "FATAL").out().lines()).hasSize(2);
        assertThat(logs("--until", "2026-11-21T17:02:05").out()).doesNotContain("LOST");
        assertThat(logs("--format", "json", "--grep", "b").out())
                .contains("\"lost\":2")
                .hasLineCount(1);
    }

    @Test
    void jsonHasAllColumnsThatAreNotNull() throws Exception {
        try (LogSamples log = LogSamples.in(directory, "tenant")) {
            log.info(
                    0,
                    "he said \"\u009b31m\u202e\u001b\"",
                    Map.of(
                            "markers",
                            List.of("A", "B"),
                            "attributes",
                            Map.of("k", "v"),
                            "tenant",
                            "t1",
                            "span_id",
                            "12345678".getBytes(StandardCharsets.US_ASCII)));
        }

        CommandRun run = logs("--format", "json");

        assertThat(run.out().replaceAll("\"writer\":\"[a-z2-7]{13}\"", "\"writer\":\"w\""))
                .isEqualTo("{\"ts\":\"2026-11-21T17:02:03.123457Z\",\"ts_ns\":1795280523123457000,"
                        + "\"source_ts_ns\":1795280523123456000,\"writer\":\"w\",\"stream\":\"app\",\"seq\":0,\"lost\":0,"
                        + "\"service\":\"shop\",\"host\":\"here\",\"severity_number\":9,\"severity_text\":\"INFO\","
                        + "\"logger\":\"com.acme.Orders\",\"body\":\"he said \\\"\\u009b31m\\u202e\\u001B\\\"\","
                        + "\"span_id\":\"3132333435363738\",\"attributes\":{\"k\":\"v\"},\"markers\":[\"A\",\"B\"],"
                        + "\"truncated\":false,\"tenant\":\"t1\"}\n");
    }

    @Test
    void nothingOfAnEventMovesTheCursor() throws Exception {
        String evil = "a\u001b[2J\u009b1m\u0007\r\u202eb";
        try (LogSamples log = LogSamples.in(directory, "tenant")) {
            log.event(
                    LogSamples.START,
                    9,
                    evil,
                    evil + "\n",
                    evil + "\tc\r\nd",
                    Map.of(
                            "thread_name",
                            evil + "\n",
                            "attributes",
                            Map.of(evil, evil + "\n"),
                            "tenant",
                            evil,
                            "exception_stacktrace",
                            evil + "\n\tat " + evil));
        }
        String shown = "a\\u001b[2J\\u009b1m\\u0007\\r\\u202eb";

        CommandRun run = logs();

        assertThat(run.out())
                .isEqualTo("2026-11-21 17:02:03.123456 " + shown + " [" + shown + "\\n] " + shown + "\\n : " + shown
                        + "\tc\nd {" + shown + "=" + shown + "\\n, tenant=" + shown + "}\n" + shown + "\n\tat " + shown
                        + "\n");
    }

    @Test
    void coloursAreForTerminalsOnly() throws Exception {
        levels();

        CommandRun colours = CommandRun.on(new Terminal(true, true, 80), "logs", directory, "--utc");
        assertThat(colours.out().lines())
                .contains(
                        "2026-11-21 17:02:06.123456 \u001b[33mWARN \u001b[0m com.acmeXweb : w",
                        "2026-11-21 17:02:08.123456 \u001b[31mERROR\u001b[0m com.acme : e");
        CommandRun noColour = CommandRun.on(new Terminal(true, false, 80), "logs", directory, "--utc");
        assertThat(noColour.out()).isEqualTo(logs().out()).doesNotContain("\u001b");
    }

    @Test
    void segmentsOfOtherSinksAreLeftOutWhateverTheyAreCalled() throws Exception {
        SampleSegments raw = new SampleSegments();
        raw.sink = "applog";
        raw.write(directory);
        assertThat(logs().err())
                .startsWith("flow: [" + directory + "] no log events here: ")
                .hasLineCount(1);
        assertThat(logs().code()).isEqualTo(1);
        assertThat(logs("--since", "1s").code()).isEqualTo(1);

        levels();

        assertThat(bodies()).containsExactly("t", "d", "i", "w", "w2", "e", "f");
    }

    @Test
    void aBrokenFileIsToldAndTheOthersArePrinted() throws Exception {
        levels();
        Path broken = Files.writeString(directory.resolve("x.parquet"), "not Parquet, but long enough");

        CommandRun run = logs();

        assertThat(run.out()).hasLineCount(7);
        assertThat(run.err()).startsWith("flow: [" + broken + "] offset=").hasLineCount(1);
        assertThat(run.code()).isEqualTo(1);
    }

    /** Files that are not opened cannot be found to be broken. */
    @Test
    void filesThatWereWrittenLongBeforeAreNotOpened() throws Exception {
        levels();
        Path broken = Files.writeString(directory.resolve("x.parquet"), "not Parquet, but long enough");
        Files.setLastModifiedTime(broken, FileTime.from(LogSamples.START.minus(Duration.ofHours(25))));

        assertThat(bodies("--since", "2026-11-21T17:02:03")).hasSize(7);

        Files.setLastModifiedTime(broken, FileTime.from(LogSamples.START.minus(Duration.ofHours(23))));
        assertThat(logs("--since", "2026-11-21T17:02:03").err()).contains("x.parquet");
    }

    /** Row groups that are not read cannot be found to be broken. */
    @Test
    void rowGroupsOutsideTheTimeOrTheLevelAreNotRead() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            for (int i = 0; i < 1000; i++) {
                log.info(0, "early " + i);
            }
            log.event(100, 17, "ERROR", "a", "late");
        }
        Path file = segments().get(0);
        try (SegmentBytes bytes = SegmentBytes.open(file)) {
            List<Chunk> early = SegmentFooter.read(bytes).chunks(0);
            assertThat(SegmentFooter.read(bytes).meta().getRow_groups()).hasSize(2);
            byte[] damaged = Files.readAllBytes(file);
            for (Chunk chunk : early) {
                if (List.of("body", "logger", "seq").contains(chunk.name())) {
                    Arrays.fill(damaged, (int) chunk.start(), (int) chunk.end(), (byte) 0x55);
                }
            }
            Files.write(file, damaged);
        }

        assertThat(bodies("--since", "2026-11-21T17:02:10")).containsExactly("late");
        assertThat(bodies("--level", "WARN+")).containsExactly("late");
        assertThat(logs().code()).isEqualTo(1);
        assertThat(logs().err())
                .startsWith("flow: logs: ")
                .contains("flow verify " + directory)
                .hasLineCount(1);
    }

    @Test
    void aSegmentThatRetentionDeletesMeanwhileIsNoLongerWanted() throws Exception {
        levels();
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(50, "stays");
        }
        LogSegments found = LogSegments.among(SegmentFiles.list(directory), Long.MIN_VALUE);
        Files.delete(segments().get(0));
        LogFilter all = new LogFilter(Long.MIN_VALUE, Long.MAX_VALUE, SeverityRange.ALL, List.of(), null, null);
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);

        try (LogQuery query = new LogQuery(found, all, Map.of())) {
            assertThat(query.print(new LogLines(printer, Terminal.PLAIN, ZoneOffset.UTC), printer, -1, -1))
                    .isEqualTo(1);
        }

        assertThat(out.toString()).contains("stays").hasLineCount(1);
    }

    @Test
    void eventsWithoutATimeOfTheirOwnHaveTheCapturesAndFilesMayLackStatistics() throws Exception {
        levels();
        Path real = segments().get(0);
        DuckFile.write(
                "select * replace (null::bigint as source_ts_ns, 'copied' as body) from '" + real + "' where seq < 2",
                directory.resolve("copy.parquet"));

        assertThat(bodies("--since", "2026-11-21T17:02:04.123457Z", "--level", "DEBUG"))
                .containsExactly("copied");
        assertThat(bodies("--until", "2026-11-21T17:02:04.12"))
                .as("the copy is a microsecond later than the event")
                .containsExactly("t", "copied");
    }

    @Test
    void oneSegmentCanBeRead() throws Exception {
        levels();
        CommandRun run = CommandRun.of("logs", segments().get(0));
        assertThat(run.out()).hasLineCount(7);
    }

    @Test
    void liveShowsWhatIsNotSealed() throws Exception {
        try (LogSamples log = LogSamples.in(directory)) {
            log.info(0, "sealed");
            log.sink().rotate(Duration.ofSeconds(20));
            log.info(1, "journaled");
            while (log.sink().journaledSequence() < 1) {
                Thread.onSpinWait();
            }

            assertThat(bodies()).containsExactly("sealed");
            assertThat(bodies("--live")).containsExactly("sealed", "journaled");
            assertThat(CommandRun.of(
                                    "sql", "--live", "--format", "csv", "select body from logs order by seq", directory)
                            .out())
                    .isEqualTo("body\nsealed\njournaled\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--level LOUD",
                "--level WARN5",
                "--since yesterday",
                "--since 10",
                "--since 10x",
                "--since 2026-13-01",
                "--until 199999d",
                "--since +999999999-01-01T00:00:00Z",
                "--limit -1",
                "--limit 1 --tail 1",
                "--zone Nowhere/Land",
                "--utc --zone UTC",
                "--follow --until 1m",
                "--where  ",
                "--format xml"
            })
    void wrongUsageIsOneLine(String words) throws Exception {
        levels();
        List<Object> line = new ArrayList<>(List.of("logs", directory));
        line.addAll(Arrays.asList(words.split(" ", -1)));
        line.removeIf(""::equals);
        if (words.endsWith("--where  ")) {
            line.add(" ");
        }

        CommandRun run = CommandRun.of(line.toArray());

        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("flow: ")
                .contains("see 'flow logs --help'")
                .hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void helpHasExamples() {
        assertThat(CommandRun.of("logs", "--help").out())
                .contains("Examples:", "flow logs logs --since 10m --level WARN+", "--follow");
    }
}
