package io.parquetflow.cli;

import io.parquetflow.capture.DirectoryRecovery.Outcome;
import io.parquetflow.capture.DirectoryRecovery.Result;
import io.parquetflow.capture.DirectoryRecovery.WriterReport;
import io.parquetflow.cli.shell.Failures;
import io.parquetflow.cli.shell.Json;
import io.parquetflow.cli.shell.Terminal;
import io.parquetflow.cli.shell.Text;
import io.parquetflow.cli.shell.TextTable;
import io.parquetflow.file.WriterLock.Life;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What recovery did, or would do: a line a writer, then what there is to say of each, then what was set aside.
 *
 * <p>Thread-safe: immutable.
 *
 * @param dryRun nothing was changed
 * @param lines by writer
 * @param setAside files that nobody understands, by now
 */
record RecoverReport(boolean dryRun, List<Line> lines, List<Path> setAside) {
    /**
     * A writer.
     *
     * @param writer what was found of it
     * @param state in a word or a few
     * @param records recovered, or to be
     * @param segments written
     * @param remarks what else there is to say
     * @param failed something of it is not recovered, and would not be
     */
    record Line(
            WriterReport writer,
            String state,
            long records,
            List<String> segments,
            List<String> remarks,
            boolean failed) {
        static Line planned(WriterReport writer, boolean raw) {
            boolean undecoded = writer.life() == Life.DEAD && needsDecoder(writer);
            List<String> remarks = new ArrayList<>(writer.remarks());
            if (undecoded && !raw) {
                remarks.add(wayOut(writer));
            }
            String state =
                    switch (writer.life()) {
                        case ALIVE -> "alive";
                        case DEAD -> "dead";
                        case UNKNOWN -> "another user's";
                    };
            boolean failed = writer.life() != Life.ALIVE
                    && (writer.life() == Life.UNKNOWN || (undecoded && !raw) || writer.notUnderstood() > 0);
            long records = writer.life() == Life.DEAD && (raw || !undecoded) ? writer.records() : 0;
            return new Line(writer, state, records, List.of(), remarks, failed);
        }

        static Line done(WriterReport writer, Outcome outcome) {
            List<String> remarks = new ArrayList<>(outcome.remarks());
            if (outcome.result() == Result.NEEDS_DECODER) {
                remarks.add(wayOut(writer));
            }
            if (outcome.raw()) {
                remarks.add("kept as payloads, in _recovered: they were for decoder " + writer.decoder());
            }
            String state =
                    switch (outcome.result()) {
                        case RECOVERED -> "recovered";
                        case ALIVE -> "alive";
                        case NOT_OURS -> "busy, or another user's";
                        case NEEDS_DECODER -> "needs its decoder";
                        case STOPPED -> "the disk refuses";
                    };
            boolean whole = outcome.result() == Result.RECOVERED || outcome.result() == Result.ALIVE;
            return new Line(
                    writer, state, outcome.records(), outcome.segments(), remarks, !whole || outcome.setAside() > 0);
        }

        static Line broken(WriterReport writer, Exception failure) {
            return new Line(writer, "failed", 0, List.of(), List.of(Failures.line(failure)), true);
        }

        private static boolean needsDecoder(WriterReport writer) {
            return !writer.decoder().isEmpty();
        }

        private static String wayOut(WriterReport writer) {
            return "payloads are for decoder " + writer.decoder() + ": the next start of sink " + writer.sink()
                    + " with it recovers them; --raw keeps them as they are";
        }
    }

    boolean failed() {
        return lines.stream().anyMatch(Line::failed);
    }

    void printText(PrintWriter out, Terminal terminal) {
        if (lines.isEmpty()) {
            out.println("nothing to recover");
        } else {
            TextTable table = new TextTable(
                    "writer", "sink", "state", ">journal", dryRun ? ">to recover" : ">records", "segments");
            for (Line line : lines) {
                table.add(
                        line.writer().writer(),
                        line.writer().sink(),
                        line.state(),
                        Text.bytes(line.writer().journalBytes()),
                        line.writer().life() == Life.ALIVE ? "" : Text.count(line.records()),
                        String.join(" ", line.segments()));
            }
            table.print(out, terminal);
        }
        for (Line line : lines) {
            for (String remark : line.remarks()) {
                out.println((line.failed() ? terminal.red("error:") : "note:") + " writer "
                        + Text.printable(line.writer().writer()) + ": " + Text.oneLine(remark));
            }
        }
        for (Path file : setAside) {
            out.println("note: set aside, never deleted by us: " + Text.printable(file.toString()));
        }
    }

    void printJson(PrintWriter out) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", !failed());
        document.put("dry_run", dryRun);
        document.put("writers", lines.stream().map(RecoverReport::asMap).toList());
        document.put("set_aside", setAside.stream().map(Path::toString).toList());
        Json.document(out).write(document);
    }

    private static Map<String, Object> asMap(Line line) {
        WriterReport writer = line.writer();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("writer", writer.writer());
        map.put("sink", writer.sink());
        map.put("state", line.state());
        map.put("decoder", writer.decoder());
        map.put("journal_files", writer.journalFiles());
        map.put("journal_bytes", writer.journalBytes());
        map.put("sealed_rows", writer.sealedRows());
        map.put("journaled", writer.journaled());
        map.put("in_slab", writer.inSlab());
        map.put("records", line.records());
        map.put("segments", line.segments());
        map.put("remarks", line.remarks());
        map.put("ok", !line.failed());
        return map;
    }
}
