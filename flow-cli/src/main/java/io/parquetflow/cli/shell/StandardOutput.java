package io.parquetflow.cli.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The process's output, which remembers why it could not be written: a {@code PrintWriter} only knows that. A reader that
 * has gone ({@code flow cat x | head}) is no failure worth a line; a full disk is.
 *
 * <p>Not thread-safe.
 */
public final class StandardOutput extends OutputStream {
    private final OutputStream to;
    private IOException failure;

    /** Standard output. */
    public StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            to.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /**
     * What the user should hear of.
     *
     * @return the failure, unless the reader has just gone
     */
    public Optional<CommandFailed> failure() {
        boolean readerGone =
                failure == null || String.valueOf(failure.getMessage()).contains("Broken pipe");
        return readerGone
                ? Optional.empty()
                : Optional.of(new CommandFailed("the output cannot be written: " + failure.getMessage(), failure));
    }
}
