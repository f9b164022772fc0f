package io.parquetflow.testing;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.spi.Durability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Recovers what lies in a directory, or lives in one, in a process that can be killed. */
public final class RecoveryChild {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int RECORDS = 10;

    private RecoveryChild() {}

    /** Arguments: directory, slab directory, form or "live", "at-once" not to be asked first. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Path slabs = Path.of(args[1]);
        if (args[2].equals("live")) {
            live(LeftOverChild.builder(directory, slabs, "raw").build());
        }
        if (args.length < 4) {
            System.out.println("ready");
            System.in.read();
        }
        LogSinkBuilder builder = LeftOverChild.builder(directory, slabs, args[2]);
        if (args.length == 4) { // so the records join no segment of its own: how far its recovery has come is luck
            builder.durability(Durability.OFF);
        }
        LogSink sink = builder.build();
        boolean all = sink.close(LONG);
        System.out.println(all ? Long.toString(sink.stats().recovered()) : "not closed: " + sink.stats());
    }

    private static void live(LogSink sink) throws Exception {
        for (int n = 0; n < RECORDS; n++) {
            sink.record(Integer.toString(n).getBytes(StandardCharsets.UTF_8), LONG);
        }
        sink.flush(LONG);
        System.out.println("recorded");
        Thread.sleep(LONG.toMillis());
    }
}
