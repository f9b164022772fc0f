package io.parquetflow.bench.writer;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where printed lines go in tests. */
final class Lines {
    static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private Lines() {}

    static PrintStream into(List<String> lines) {
        ByteArrayOutputStream line = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(int b) {
                if (b == '\n') {
                    lines.add(toString(StandardCharsets.UTF_8));
                    reset();
                } else {
                    super.write(b);
                }
            }

            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    write(bytes[offset + i]);
                }
            }
        };
        return new PrintStream(line, true, StandardCharsets.UTF_8);
    }
}
