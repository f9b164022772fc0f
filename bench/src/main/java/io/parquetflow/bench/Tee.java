package io.parquetflow.bench;

import java.io.IOException;
import java.io.OutputStream;

/** Writes to two places; closes neither. */
final class Tee extends OutputStream {
    private final OutputStream one;
    private final OutputStream other;

    Tee(OutputStream one, OutputStream other) {
        this.one = one;
        this.other = other;
    }

    @Override
    public void write(int b) throws IOException {
        one.write(b);
        other.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        one.write(bytes, offset, length);
        other.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        one.flush();
        other.flush();
    }
}
