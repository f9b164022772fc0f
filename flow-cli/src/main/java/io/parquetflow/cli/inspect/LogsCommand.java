package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.cli.shell.FlowCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints the events that appenders have written, like a log file.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "logs",
        description = {
            "Print log events in the order of their times, like a log file. Segments of other sinks in the directory are"
                    + " left out.",
            "A TIME is how long ago (10m, 36h, 7d), or 2026-11-21T17:02:03Z, or in the time zone that is printed"
                    + " 2026-11-21T17:02, 2026-11-21 or 17:02.",
            "Where events were lost, a line says how many, whatever else is wanted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flow logs logs --since 10m --level WARN+",
            "  flow logs logs --logger 'com.acme.*' --grep timeout --tail 20",
            "  flow logs logs --where \"attributes['customer'] = '17'\" --format json",
            "  flow logs logs --follow --tail 10"
        })
public final class LogsCommand extends FlowCommand {
    /** What an event is printed as. */
    enum Format {
        /** A line, and more for a stack trace. */
        PATTERN,
        /** One JSON object a line. */
        JSON
    }

    @Parameters(paramLabel = "DIR", description = "An appender's directory, or one segment.")
    private Path target;

    @Mixin
    private LiveOption live;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Only events from this time on. Segments that were last written more than a day before are not"
                            + " opened.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only events before this time.")
    private String until;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "TRACE, DEBUG, INFO, WARN, ERROR, FATAL or a severity number; WARN+ for that and above.")
    private String level;

    @Option(
            names = "--logger",
            paramLabel = "GLOB",
            description = "Only of loggers of this name; * is any text, ? any character. May be repeated.")
    private List<String> loggers = new ArrayList<>();

    @Option(
            names = "--grep",
            paramLabel = "TEXT",
            description = "Only with this text in the message or in the stack trace; upper or lower case.")
    private String grep;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Only where this expression over the columns is true; flow schema names them.")
    private String where;

    @Option(names = "--limit", paramLabel = "N", description = "Print at most N events, the first ones.")
    private Long limit;

    @Option(
            names = {"-n", "--tail"},
            paramLabel = "N",
            description = "Print only the last N events.")
    private Long tail;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing as events come, out of the journals of running processes, until stopped. With"
                    + " --tail, of what there is only the last N.")
    private boolean follow;

    @Option(
            names = "--format",
            defaultValue = "pattern",
            paramLabel = "F",
            description = "pattern, or json: an object a line with all columns that are not null"
                    + " (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "--zone",
            paramLabel = "ID",
            description = "Time zone, Europe/Berlin or +02:00; else this machine's.")
    private String zoneId;

    @Option(names = "--utc", description = "The same as --zone UTC.")
    private boolean utc;

    private boolean failed;

    /** What picocli fills in. */
    public LogsCommand() {}

    @Override
    public Integer call() throws IOException {
        checkOptions();
        ZoneId zone = zone();
        LogFilter filter = filter(zone);
        LogPrinter printer = format == Format.JSON ? new LogJson(out()) : new LogLines(out(), terminal(), zone);
        try {
            if (follow) {
                follow(filter, printer);
            } else {
                print(filter, printer);
            }
        } catch (SQLException e) {
            throw new CommandFailed("logs: " + CaptureDatabase.words(e) + wayOut(e), e);
        }
        return failed ? FAILED : OK;
    }

    private void print(LogFilter filter, LogPrinter printer) throws IOException, SQLException {
        try (SegmentSet files = live.open(target)) {
            files.tellRemarks(err());
            LogSegments segments = LogSegments.among(files.files(), filter.fromNs());
            segments.broken().forEach(this::tell);
            if (!segments.any() && segments.broken().isEmpty()) {
                throw new CommandFailed("[" + target + "] no log events here: what there is (segments="
                        + files.files().size() + ") has other columns; is it an appender's directory, and has a"
                        + " segment been sealed yet? --live shows what is not sealed");
            }
            try (LogQuery query = new LogQuery(segments, filter, Map.of())) {
                query.print(printer, out(), orAll(tail), orAll(limit));
            }
        }
        out().flush();
    }

    /** The engine says what is wrong with an expression, but not which file is damaged. */
    private String wayOut(SQLException e) {
        boolean expression =
                where != null && CaptureDatabase.words(e).matches("(Binder|Parser|Conversion|Catalog) Error.*");
        return expression
                ? "; see --where, flow schema has the columns"
                : "; flow verify " + target + " checks the files";
    }

    private void follow(LogFilter filter, LogPrinter printer) throws IOException, SQLException {
        if (!Files.exists(target)) {
            throw new NoSuchFileException(target.toString());
        }
        if (!Files.isDirectory(target)) {
            throw new NotDirectoryException(target.toString());
        }
        new LogFollow(target, printer, out(), err(), this::tell).run(filter, orAll(tail), orAll(limit));
    }

    /** The others are printed all the same; the exit code says that something is missing. */
    private void tell(IOException broken) {
        complain(broken);
        failed = true;
    }

    private static long orAll(Long number) {
        return number == null ? -1 : number;
    }

    private void checkOptions() {
        if ((limit != null && limit < 0) || (tail != null && tail < 0)) {
            throw misuse("--limit and --tail must not be negative");
        }
        if (limit != null && tail != null && !follow) {
            throw misuse("--limit is for the first events, --tail for the last: give one of them");
        }
        if (utc && zoneId != null) {
            throw misuse("--utc and --zone: give one of them");
        }
        if (follow && until != null) {
            throw misuse("--follow has no end: leave --until away");
        }
        if (where != null && where.isBlank()) {
            throw misuse("--where needs an expression, for example \"event_name = 'login'\"");
        }
    }

    private ZoneId zone() {
        if (utc || zoneId == null) {
            return utc ? ZoneOffset.UTC : ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(zoneId);
        } catch (DateTimeException e) {
            throw misuse("not a time zone: '" + zoneId + "'; write Europe/Berlin, UTC or +02:00");
        }
    }

    private LogFilter filter(ZoneId zone) {
        Instant now = Instant.now();
        try {
            long from = since == null ? Long.MIN_VALUE : LogTime.parse(since, zone, now);
            long to = until == null ? Long.MAX_VALUE : LogTime.parse(until, zone, now);
            SeverityRange severity = level == null ? SeverityRange.ALL : SeverityRange.parse(level);
            return new LogFilter(from, to, severity, loggers, grep, where);
        } catch (IllegalArgumentException e) {
            throw misuse(e.getMessage());
        }
    }
}
