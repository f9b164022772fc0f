package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.SinkStats;
import java.io.IOException;
import java.time.Duration;

/** The next opening of a sink: whatever the one before left in slab and journal is in sealed segments after it. */
public final class NextStart {
    private static final Duration LONG = Duration.ofSeconds(30);

    private NextStart() {}

    /** Opens, records nothing, closes; nothing may be left then. */
    public static SinkStats of(LogSinkBuilder builder) throws IOException {
        LogSink sink = builder.build();
        assertThat(sink.close(LONG)).isTrue();
        assertThat(sink.config().directory().resolve("_flow")).isEmptyDirectory();
        return sink.stats();
    }
}
