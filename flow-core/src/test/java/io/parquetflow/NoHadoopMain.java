package io.parquetflow;

import io.parquetflow.spi.Codec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What {@link NoHadoopTest} runs in a JVM of its own: every codec, ten thousand records each. */
public final class NoHadoopMain {
    static final int RECORDS = 10_000;

    private NoHadoopMain() {}

    /** One argument: the directory. */
    public static void main(String[] arguments) throws Exception {
        for (Codec codec : new Codec[] {Codec.ZSTD, Codec.SNAPPY, Codec.GZIP, Codec.LZ4_RAW, Codec.UNCOMPRESSED}) {
            String name = codec.name().toLowerCase(Locale.ROOT);
            LogSink sink = LogSink.builder(Path.of(arguments[0], name))
                    .codec(codec)
                    .pageBytes(16 << 10)
                    .build();
            for (int i = 0; i < RECORDS; i++) {
                sink.record(("message " + i).getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(10));
            }
            boolean all = sink.close(Duration.ofSeconds(30));
            SinkStats stats = sink.stats();
            System.out.println(name + " all=" + all + " sealed=" + stats.rowsSealed() + " dropped=" + stats.dropped()
                    + " error=" + stats.lastError());
        }
    }
}
