package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSink;
import io.parquetflow.spi.SealedSegment;
import io.parquetflow.spi.SealedSegment.ColumnStatistics;
import io.parquetflow.spi.SinkListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener is told of a sealed segment. */
class SealedReportTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final List<SealedSegment> sealed = new CopyOnWriteArrayList<>();

    private Map<String, ColumnStatistics> record(byte[]... payloads) throws Exception {
        SinkListener listener = new SinkListener() {
            @Override
            public void sealed(SealedSegment segment) {
                sealed.add(segment);
            }
        };
        try (LogSink sink = LogSink.builder(directory)
                .rowGroupRows(3)
                .listener(listener)
                .jmx(false)
                .build()) {
            for (int i = 0; i < payloads.length; i++) {
                long source = i == 0 ? 5 : LogSink.NO_SOURCE;
                assertThat(sink.record(payloads[i], 0, payloads[i].length, 1_000L * i, source, LONG))
                        .isTrue();
            }
        }
        assertThat(sealed).hasSize(1);
        return sealed.get(0).columns().stream()
                .collect(Collectors.toMap(ColumnStatistics::column, Function.identity()));
    }

    @Test
    void statisticsAreMergedOverAllRowGroups() throws Exception {
        Map<String, ColumnStatistics> columns =
                record(new byte[] {4}, new byte[] {1}, new byte[] {2}, new byte[] {9, 9}, new byte[] {3});
        SealedSegment segment = sealed.get(0);
        assertThat(segment.rows()).isEqualTo(5);
        assertThat(segment.firstSeq()).isZero();
        assertThat(segment.lastSeq()).isEqualTo(4);
        assertThat(segment.bytes()).isEqualTo(Files.size(segment.path()));
        assertThat(segment.columns())
                .extracting(ColumnStatistics::column)
                .containsExactly("ts", "ts_ns", "source_ts_ns", "writer", "stream", "seq", "lost", "payload");
        assertThat(columns.get("ts_ns").min()).isEqualTo("0");
        assertThat(columns.get("ts_ns").max()).isEqualTo("4000");
        assertThat(columns.get("ts_ns").values()).isEqualTo(5);
        assertThat(columns.get("source_ts_ns").nulls()).isEqualTo(4);
        assertThat(columns.get("source_ts_ns").max()).isEqualTo("5");
        assertThat(columns.get("stream").min()).isEqualTo("capture");
        assertThat(columns.get("payload").min()).isEqualTo("0x01");
        assertThat(columns.get("payload").max()).isEqualTo("0x0909");
        assertThat(columns.get("payload").compressedBytes()).isPositive();
        assertThat(columns.get("payload").uncompressedBytes()).isPositive();
    }

    @Test
    void whereOneRowGroupHasNoBoundsTheSegmentHasNone() throws Exception {
        byte[] unbounded = new byte[100];
        Arrays.fill(unbounded, (byte) 0xff);
        Map<String, ColumnStatistics> columns =
                record(new byte[] {1}, new byte[] {1}, new byte[] {1}, unbounded, new byte[] {2});
        assertThat(columns.get("payload").min()).isNull();
        assertThat(columns.get("payload").max()).isNull();
        assertThat(columns.get("seq").max()).isEqualTo("4");
    }
}
