package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Json;
import io.parquetflow.cli.shell.Terminal;
import io.parquetflow.cli.shell.Text;
import io.parquetflow.cli.shell.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What verification prints: a table, the findings, a verdict. */
final class VerifyOutput {
    private final List<SegmentReport> segments;
    private final List<SegmentReport> rejects;
    private final List<SegmentReport> reports;
    private final WriterContinuity continuity;

    VerifyOutput(List<SegmentReport> segments, List<SegmentReport> rejects, WriterContinuity continuity) {
        this.segments = segments;
        this.rejects = rejects;
        this.reports = Stream.concat(segments.stream(), rejects.stream()).toList();
        this.continuity = continuity;
    }

    boolean passed() {
        return errors() == 0;
    }

    void printText(PrintWriter out, Terminal terminal) {
        TextTable table = new TextTable("segment", ">rows", ">row groups", ">pages", ">bytes", "verdict");
        for (SegmentReport report : reports) {
            table.add(
                    report.file(),
                    Text.count(report.rows()),
                    Text.count(report.rowGroups()),
                    Text.count(report.pages()),
                    Text.bytes(report.bytes()),
                    report.verdict());
        }
        table.print(out, terminal);
        for (SegmentReport report : reports) {
            report.findings().kept().forEach(finding -> out.println(line(finding.error(), finding.line(), terminal)));
            int more = report.findings().more();
            if (more > 0) {
                out.println("error: [" + Text.printable(report.file()) + "] " + Text.counted(more, "more error"));
            }
        }
        continuity.errors().forEach(error -> out.println(line(true, Text.oneLine(error), terminal)));
        continuity.notes().forEach(note -> out.println(line(false, Text.oneLine(note), terminal)));
        out.println(verdict(terminal));
    }

    void printJson(PrintWriter out) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", passed());
        document.put("errors", errors());
        document.put("segments", segments.stream().map(VerifyOutput::asMap).toList());
        document.put("rejects", rejects.stream().map(VerifyOutput::asMap).toList());
        document.put("continuity_errors", continuity.errors());
        document.put("continuity_notes", continuity.notes());
        Json.document(out).write(document);
    }

    private static Map<String, Object> asMap(SegmentReport report) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", report.file());
        map.put("bytes", report.bytes());
        map.put("rows", report.rows());
        map.put("row_groups", report.rowGroups());
        map.put("pages", report.pages());
        map.put("pages_without_crc", report.pagesWithoutCrc());
        map.put("parquet_flow", report.ours());
        map.put("ok", report.findings().errors() == 0);
        map.put("errors", report.findings().errors());
        map.put(
                "findings",
                report.findings().kept().stream().map(VerifyOutput::asMap).toList());
        return map;
    }

    private static Map<String, Object> asMap(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("error", finding.error());
        map.put("offset", finding.offset());
        map.put("detail", finding.detail());
        return map;
    }

    private static String line(boolean error, String text, Terminal terminal) {
        return (error ? terminal.red("error:") : "note:") + " " + text;
    }

    private String rejected() {
        long payloads = rejects.stream().mapToLong(SegmentReport::rows).sum();
        return rejects.isEmpty()
                ? ""
                : "; " + Text.counted(payloads, "rejected payload") + " in " + Text.counted(rejects.size(), "file");
    }

    private int errors() {
        return reports.stream().mapToInt(r -> r.findings().errors()).sum()
                + continuity.errors().size();
    }

    private String verdict(Terminal terminal) {
        long rows = segments.stream().mapToLong(SegmentReport::rows).sum();
        long pages = reports.stream().mapToLong(SegmentReport::pages).sum();
        long bare = reports.stream().mapToLong(SegmentReport::pagesWithoutCrc).sum();
        String read = Text.counted(segments.size(), "segment") + ", " + Text.counted(rows, "row") + ", "
                + Text.counted(pages, "page") + (bare > 0 ? " (" + Text.count(bare) + " without a checksum)" : "")
                + rejected();
        return passed()
                ? terminal.green("ok:") + " " + read
                : terminal.red("failed:") + " " + Text.counted(errors(), "error") + " in " + read;
    }
}
