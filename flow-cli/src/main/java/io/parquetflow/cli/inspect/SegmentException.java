package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Text;
import java.io.IOException;

/**
 * A file that is not what it should be: {@code [file] offset=123: what is wrong}.
 *
 * <p>Thread-safe: immutable.
 */
final class SegmentException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String detail;

    SegmentException(String file, long offset, String detail) {
        this(file, offset, detail, null);
    }

    SegmentException(String file, long offset, String detail, Throwable cause) {
        super(line(file, offset, detail), cause);
        this.offset = offset;
        this.detail = detail;
    }

    long offset() {
        return offset;
    }

    String detail() {
        return detail;
    }

    static String line(String file, long offset, String detail) {
        return Text.oneLine("[" + file + "] offset=" + offset + ": " + detail);
    }

    /** The words of a library's error, without its class names where it has words of its own. */
    static String words(Throwable failure) {
        String message = failure.getMessage();
        String words = message == null ? failure.getClass().getSimpleName() : message;
        return Text.cut(Text.oneLine(words), 300);
    }
}
