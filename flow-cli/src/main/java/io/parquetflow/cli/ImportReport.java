package io.parquetflow.cli;

import io.parquetflow.SinkStats;
import io.parquetflow.cli.captures.Damage;
import io.parquetflow.cli.captures.ImportTally;
import io.parquetflow.cli.captures.SkipReason;
import io.parquetflow.cli.shell.Failures;
import io.parquetflow.cli.shell.Json;
import io.parquetflow.cli.shell.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an import prints at its end. Immutable. */
final class ImportReport {
    private final Path directory;
    private final List<Imported> files;
    private final SinkStats stats;

    /**
     * What became of one capture.
     *
     * @param file as the user named it
     * @param stream its rows' column {@code stream}
     * @param tally absent when it could not be read to an end
     * @param failure why it could not
     */
    record Imported(Path file, String stream, Optional<ImportTally> tally, Optional<Exception> failure) {
        static Imported read(Path file, String stream, ImportTally tally) {
            return new Imported(file, stream, Optional.of(tally), Optional.empty());
        }

        static Imported failed(Path file, String stream, Exception failure) {
            return new Imported(file, stream, Optional.empty(), Optional.of(failure));
        }

        boolean failed() {
            return failure.isPresent() || tally.map(ImportTally::failed).orElse(true);
        }
    }

    ImportReport(Path directory, List<Imported> files, SinkStats stats) {
        this.directory = directory;
        this.files = List.copyOf(files);
        this.stats = stats;
    }

    boolean failed() {
        return unsealed() != 0 || files.stream().anyMatch(Imported::failed);
    }

    private long unsealed() {
        return stats.accepted() - stats.rowsSealed();
    }

    /** One line for everything that is wrong. */
    List<String> complaints() {
        List<String> lines = new ArrayList<>();
        for (Imported file : files) {
            file.tally().flatMap(ImportTally::damage).ifPresent(damage -> lines.add(damage.line()));
        }
        if (unsealed() != 0) {
            lines.add("[" + directory + "] not everything is in sealed segments: taken=" + stats.accepted()
                    + ", sealed=" + stats.rowsSealed() + ", last error=" + stats.lastError()
                    + "; mend the disk and import again");
        }
        return lines;
    }

    void printText(PrintWriter out) {
        for (Imported file : files) {
            file.tally()
                    .ifPresent(tally -> out.println(Text.printable(file.file().toString()) + ": "
                            + amount(tally.payloads(), tally.payloadBytes()) + notes(tally)));
        }
        out.println("in " + Text.printable(directory.toString()) + ": "
                + amount(stats.rowsSealed(), stats.bytesIn()) + ", "
                + Text.counted(stats.segmentsSealed(), "segment") + " of " + Text.bytes(stats.bytesWritten()));
    }

    void printJson(PrintWriter out) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", !failed());
        document.put("directory", directory.toString());
        document.put("records", stats.rowsSealed());
        document.put("payload_bytes", stats.bytesIn());
        document.put("segments", stats.segmentsSealed());
        document.put("segment_bytes", stats.bytesWritten());
        document.put("files", files.stream().map(ImportReport::asMap).toList());
        Json.document(out).write(document);
    }

    private static String amount(long records, long payloadBytes) {
        return Text.counted(records, "record") + ", " + Text.counted(payloadBytes, "payload byte");
    }

    private static String notes(ImportTally tally) {
        List<String> notes = new ArrayList<>();
        tally.skipped().forEach((reason, count) -> notes.add(reason.key() + "=" + count));
        addUnlessZero(notes, "cutPayloads", tally.cutPayloads());
        addUnlessZero(notes, "splitLines", tally.splitLines());
        addUnlessZero(notes, "withoutTime", tally.withoutTime());
        return notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")";
    }

    private static void addUnlessZero(List<String> notes, String name, long count) {
        if (count != 0) {
            notes.add(name + "=" + count);
        }
    }

    private static Map<String, Object> asMap(Imported imported) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", imported.file().toString());
        map.put("stream", imported.stream());
        map.put("ok", !imported.failed());
        imported.failure().ifPresent(failure -> map.put("error", Failures.line(failure)));
        imported.tally().ifPresent(tally -> {
            map.put("format", tally.format());
            map.put("packets", tally.packets());
            map.put("records", tally.payloads());
            map.put("payload_bytes", tally.payloadBytes());
            map.put("skipped", skipped(tally));
            map.put("cut_payloads", tally.cutPayloads());
            map.put("split_lines", tally.splitLines());
            map.put("without_time", tally.withoutTime());
            map.put("damage", tally.damage().map(ImportReport::asMap).orElse(null));
        });
        return map;
    }

    private static Map<String, Object> skipped(ImportTally tally) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (SkipReason reason : SkipReason.values()) {
            map.put(reason.key(), tally.skipped(reason));
        }
        return map;
    }

    private static Map<String, Object> asMap(Damage damage) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("kind", damage.kind().name().toLowerCase(Locale.ROOT));
        map.put("what", damage.what());
        map.put("offset", damage.offset());
        map.put("expected", damage.expected() == Damage.NOT_KNOWN ? null : damage.expected());
        map.put("found", damage.found() == Damage.NOT_KNOWN ? null : damage.found());
        return map;
    }
}
