package io.parquetflow.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The small parts that an event goes through. */
class LogPartsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void severitiesHaveOpenTelemetrysNumbersAndNames() {
        assertThat(List.of("trace", "DEBUG", "info", "Warn", "ERROR", "fatal", "loud"))
                .map(Severity::of)
                .containsExactly(1, 5, 9, 13, 17, 21, 0);
        assertThat(List.of(1, 5, 11, 13, 16, 24, 0, 99))
                .map(Severity::name)
                .containsExactly("TRACE", "DEBUG", "INFO3", "WARN", "WARN4", "FATAL4", "TRACE", "FATAL4");
    }

    @Test
    void dropsAreToldAtTheFirstThenOnceAnIntervalThenInTotal() {
        DropTally tally = new DropTally();
        DropReports reports = new DropReports(tally, 60 * SECOND, 5 * SECOND);
        assertThat(reports.next(0)).isNull();
        tally.count(Severity.INFO, DropTally.Cause.RING_FULL);
        assertThat(reports.next(SECOND).byLevel()).isEqualTo(Map.of("INFO", 1L));
        for (int second = 2; second < 61; second++) {
            tally.count(Severity.WARN, DropTally.Cause.RING_FULL);
            assertThat(reports.next(second * SECOND)).as("second %d", second).isNull();
        }
        tally.count(Severity.WARN, DropTally.Cause.RING_FULL);
        DropReports.Report summary = reports.next(61 * SECOND);
        assertThat(summary.over()).isFalse();
        assertThat(summary.byLevel()).isEqualTo(Map.of("WARN", 60L));
        assertThat(reports.next(65 * SECOND)).isNull();
        DropReports.Report total = reports.next(66 * SECOND);
        assertThat(total.over()).isTrue();
        assertThat(total.byLevel()).isEqualTo(Map.of("INFO", 1L, "WARN", 60L));
        assertThat(reports.next(67 * SECOND)).isNull();
        tally.count(Severity.ERROR, DropTally.Cause.RING_FULL);
        assertThat(reports.isBehind()).isTrue();
        assertThat(reports.next(100 * SECOND).byLevel()).isEqualTo(Map.of("ERROR", 1L));
    }

    @Test
    void aResourceIsWhatTheKeysSayBeforeTheEnvironment() {
        Map<String, String> environment = Map.of(
                "OTEL_SERVICE_NAME", "otel",
                "OTEL_RESOURCE_ATTRIBUTES", "service.name=attribute,deployment.environment=a%2Cb,nothing,=x");
        assertThat(Resource.of("", "", environment::get).service()).isEqualTo("otel");
        assertThat(Resource.of("", "", environment::get).attributes())
                .isEqualTo(Map.of("deployment.environment", "a,b"));
        assertThat(Resource.of("", "service.name=key, team = risk", environment::get)
                        .service())
                .isEqualTo("key");
        assertThat(Resource.of("own", "service.name=key", environment::get).service())
                .isEqualTo("own");
        assertThat(Resource.of("", "", name -> null).service()).isEqualTo("unknown_service:java");
        assertThat(Resource.of("", "host.name=h1", name -> null).host()).isEqualTo("h1");
    }

    @Test
    void aMaskThatFailsHidesTheTextAndIsCounted() {
        LongAdder failures = new LongAdder();
        Masks deep = new Masks(List.of(new Masks.Mask(Pattern.compile("(a|b)*c"), "*")), failures);
        assertThat(deep.apply("a".repeat(100_000))).isEqualTo(Masks.FAILED);
        Masks group = new Masks(List.of(new Masks.Mask(Pattern.compile("x"), "$7")), failures);
        assertThat(group.apply("x")).isEqualTo(Masks.FAILED);
        assertThat(failures.sum()).isEqualTo(2);
        String nothing = "nothing to hide";
        assertThat(group.apply(nothing)).isSameAs(nothing);
    }

    @Test
    void namesMatchGlobsInAnyCase() {
        Pattern glob = AttributeRules.glob("*-secret?");
        assertThat(glob.matcher("DB-Secret1").matches()).isTrue();
        assertThat(glob.matcher("db-secret").matches()).isFalse();
        assertThat(AttributeRules.glob("a.b").matcher("axb").matches()).isFalse();
    }

    @Test
    void aTextIsKeptWhenItComesAgainAsTheSameObject() {
        TextCache cache = new TextCache(null);
        String text = new String("template {}");
        assertThat(cache.get(text)).isNull();
        byte[] kept = cache.get(text);
        assertThat(kept).isEqualTo("template {}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(cache.get(text)).isSameAs(kept);
        assertThat(cache.get(new String("template {}"))).isNull();
    }

    @Test
    void textsAreUtf8WhateverTheyAre() {
        PackedRow row = new PackedRow(1_000);
        row.begin(new byte[0]);
        row.putText("aé€😀\ud800x\udc00", 1_000);
        String read = new String(row.array(), 4, row.size() - 4, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(read).isEqualTo("aé€😀\ufffdx\ufffd");
        assertThat(row.isCut()).isFalse();
        row.begin(new byte[0]);
        row.putText("ab😀", 4 + 5);
        assertThat(new String(row.array(), 4, row.size() - 4, java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("ab");
        assertThat(row.isCut()).isTrue();
    }
}
