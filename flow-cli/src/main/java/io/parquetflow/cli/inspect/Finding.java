package io.parquetflow.cli.inspect;

/**
 * Something that verification has to say about a file.
 *
 * @param error false for a note: worth knowing, nothing is wrong
 * @param file the file's path as given
 * @param offset in the file, from 0
 * @param detail what and where
 */
record Finding(boolean error, String file, long offset, String detail) {
    String line() {
        return SegmentException.line(file, offset, detail);
    }
}
