package io.parquetflow.cli.inspect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a segment's file name says: {@code <sink>[.<stream>]-<yyyyMMddTHHmmssSSSZ>-<writer>-<000001>[-recovered].parquet}.
 * Read from the right, so that sink {@code feed} never owns a segment of {@code feed-a}.
 *
 * <p>Thread-safe: immutable.
 *
 * @param sink the sink's name, without a dot
 * @param stream the stream's name where it has a schema of its own, else null
 * @param opened when the segment was opened, as written in the name
 * @param writer 13 characters of base 32
 * @param number from 1, per writer
 * @param recovered made from the journal after a crash
 */
record SegmentName(String sink, String stream, String opened, String writer, int number, boolean recovered) {
    static final String SUFFIX = ".parquet";

    private static final Pattern FORM = Pattern.compile("(?<sink>[^.]+)(\\.(?<stream>.+))?-(?<opened>\\d{8}T\\d{9}Z)"
            + "-(?<writer>[a-z0-9]{13})-(?<number>\\d{6,9})(?<recovered>-recovered)?\\.parquet");

    static Optional<SegmentName> parse(String fileName) {
        Matcher form = FORM.matcher(fileName);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new SegmentName(
                form.group("sink"),
                form.group("stream"),
                form.group("opened"),
                form.group("writer"),
                Integer.parseInt(form.group("number")),
                form.group("recovered") != null));
    }
}
