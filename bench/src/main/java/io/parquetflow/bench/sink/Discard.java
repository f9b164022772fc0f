package io.parquetflow.bench.sink;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where the figures of a warm-up go. */
final class Discard {
    static final PrintStream STREAM = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private Discard() {}
}
