package io.parquetflow.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments of little traffic. */
class LogbackSegmentsTest {
    private static final int EVENTS = 100;
    private static final int MOST_BYTES = 16 << 10;
    private static final long PATIENCE_MS = 20_000;

    @TempDir
    private Path directory;

    private List<Path> segments() throws Exception {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    @Test
    void aSegmentIsSealedByTheClockThoughNobodyLogsAndIsSmall() throws Exception {
        LoggerContext context =
                Contexts.of(directory, "<service>gateway</service><rotateInterval>1 seconds</rotateInterval>");
        for (int i = 0; i < EVENTS; i++) {
            Logger logger = context.getLogger("com.acme.orders.Part" + i % 5);
            context.getMDCAdapter().put("user", "user" + i % 7);
            context.getMDCAdapter().put("requestId", Integer.toHexString(i * 0x9e3779b9));
            if (i % 3 == 0) {
                logger.info("order {} of {} filled at {}", i * 1_000_003L, "user" + i % 7, i * 0.25);
            } else if (i % 20 == 1) {
                logger.error("order {} failed", i, new IllegalStateException("no price for " + i));
            } else {
                logger.debug("cache {} has {} entries", "prices", i);
            }
        }
        long deadline = System.currentTimeMillis() + PATIENCE_MS;
        while (segments().isEmpty() && System.currentTimeMillis() < deadline) {
            Thread.sleep(50);
        }
        assertThat(segments()).as("sealed without another event").hasSize(1);
        assertThat(Rows.of(directory, "select count(*) from logs")).containsExactly(Integer.toString(EVENTS));
        Path segment = segments().get(0);
        List<String> columns = Rows.of(
                directory,
                "select path_in_schema, total_compressed_size, encodings from parquet_metadata('" + segment
                        + "') order by total_compressed_size desc");
        context.stop();
        assertThat(Files.size(segment))
                .as("bytes, of which in columns %s", columns)
                .isLessThanOrEqualTo(MOST_BYTES);
        assertThat(segments()).as("nothing came after it").hasSize(1);
    }
}
