package io.parquetflow.testing;

import io.parquetflow.LogSink;
import java.nio.file.Path;
import java.time.Duration;

/** Records payloads and dies: at once, or, where a crash point is armed, while the segment is sealed. */
public final class GuestChild {
    /** More than a guest may have. */
    public static final int MANY = 3_000;

    private static final int BYTES = 1_000;
    private static final Duration LONG = Duration.ofSeconds(30);

    private GuestChild() {}

    /** Arguments: directory, slab directory, records, guests to wait for. */
    public static void main(String[] args) throws Exception {
        LogSink sink = open(Path.of(args[0]), Path.of(args[1]));
        while (sink.stats().recovered() < Long.parseLong(args[3])) {
            Thread.sleep(1);
        }
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            if (!sink.record(new byte[BYTES], LONG)) {
                throw new AssertionError("not taken");
            }
        }
        if (sink.flush(LONG)) {
            sink.rotate(LONG);
        }
        Runtime.getRuntime().halt(1); // the crash point should have been quicker
    }

    /** A sink of the same kind. */
    public static LogSink open(Path directory, Path slabs) throws Exception {
        return LogSink.builder(directory).slabDirectory(slabs).jmx(false).build();
    }
}
