package io.parquetflow.file;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A segment's name:
 * {@code <sink>[.<stream>]-<yyyyMMddTHHmmssSSSZ>-<writer>-<000001>[-recovered].parquet}. Parsed from the right, so that
 * sink {@code feed} never owns a segment of {@code feed-a}.
 *
 * @param sink the sink's name, without a dot
 * @param stream the stream's name where it has a schema of its own, else empty
 * @param opened when it was opened, in milliseconds
 * @param writer 13 characters
 * @param number from 1, per writer
 * @param recovered whether recovery wrote it
 */
public record SegmentName(String sink, String stream, Instant opened, String writer, int number, boolean recovered) {
    /** The ending of a sealed segment. */
    public static final String SUFFIX = ".parquet";

    private static final Pattern PATTERN = Pattern.compile(
            "(?<source>.+)-(?<opened>\\d{8}T\\d{9}Z)-(?<writer>[a-z2-7]{13})-(?<number>\\d{6,9})(?<recovered>-recovered)?"
                    + "\\.parquet");

    private static final DateTimeFormatter OPENED = new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMdd'T'HHmmss")
            .appendValue(ChronoField.MILLI_OF_SECOND, 3)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * The file's name.
     *
     * @return with the ending
     */
    public String fileName() {
        return sink
                + (stream.isEmpty() ? "" : "." + stream)
                + '-'
                + OPENED.format(opened)
                + '-'
                + writer
                + '-'
                + String.format(Locale.ROOT, "%06d", number)
                + (recovered ? "-recovered" : "")
                + SUFFIX;
    }

    /**
     * Takes a file's name apart.
     *
     * @param fileName without directories
     * @return empty when no sink of ours gave it
     */
    public static Optional<SegmentName> parse(String fileName) {
        Matcher m = PATTERN.matcher(fileName);
        if (!m.matches()) {
            return Optional.empty();
        }
        String source = m.group("source");
        int dot = source.indexOf('.');
        try {
            SegmentName name = new SegmentName(
                    dot < 0 ? source : source.substring(0, dot),
                    dot < 0 ? "" : source.substring(dot + 1),
                    OPENED.parse(m.group("opened"), Instant::from),
                    m.group("writer"),
                    Integer.parseInt(m.group("number")),
                    m.group("recovered") != null);
            // 30 February, leading zeros, nothing in front of the dot: close to ours, and what we never write
            boolean ours = !name.sink.isEmpty() && name.fileName().equals(fileName);
            return ours ? Optional.of(name) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty(); // eight digits, and no date
        }
    }
}
