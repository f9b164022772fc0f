package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.FlowCommand;
import io.parquetflow.cli.shell.Json;
import io.parquetflow.cli.shell.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prints the Parquet schema and how each column is stored.
 *
 * <p>Not thread-safe: one run on one thread.
 */
@Command(
        name = "schema",
        description = "Print the schema with logical types and field ids, and codec and encodings of each column. Of a"
                + " directory: each different schema once.")
public final class SchemaCommand extends FlowCommand {
    @Parameters(paramLabel = "FILE|DIR", description = "A segment, or a sink's directory.")
    private Path target;

    @Mixin
    private LiveOption live;

    @Option(names = "--json", description = "One JSON object a schema and line.")
    private boolean json;

    /** What picocli fills in. */
    public SchemaCommand() {}

    @Override
    public Integer call() throws IOException {
        Map<String, Same> schemas = new LinkedHashMap<>();
        try (SegmentSet segments = live.open(target)) {
            segments.tell(err());
            for (Path file : segments.files()) {
                try (SegmentBytes bytes = SegmentBytes.open(file)) {
                    SegmentFooter footer = SegmentFooter.read(bytes);
                    schemas.computeIfAbsent(footer.schema().toString(), Same::new)
                            .add(file, footer);
                }
            }
        }
        boolean first = true;
        for (Same same : schemas.values()) {
            if (json) {
                Json.lines(out()).write(same.asMap());
            } else {
                out().print(first ? "" : System.lineSeparator());
                print(same, schemas.size() > 1 || same.files.size() > 1);
            }
            first = false;
        }
        return OK;
    }

    private void print(Same same, boolean named) {
        if (named) {
            String others = same.files.size() > 1 ? " and " + Text.counted(same.files.size() - 1L, "other") : "";
            out().println(terminal().bold(Text.printable(same.files.get(0).toString()) + others));
        }
        for (String line : same.schema.strip().split("\n", -1)) {
            out().println(Text.printable(line));
        }
        out().println();
        ColumnSummary.table(same.columns.values()).print(out(), terminal());
    }

    /** The files of one schema. */
    private static final class Same {
        private final String schema;
        private final List<Path> files = new ArrayList<>();
        private final Map<String, ColumnSummary> columns = new LinkedHashMap<>();

        Same(String schema) {
            this.schema = schema;
        }

        void add(Path file, SegmentFooter footer) {
            files.add(file);
            ColumnSummary.addAll(columns, footer);
        }

        Map<String, Object> asMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("schema", schema);
            map.put("files", files.stream().map(Path::toString).toList());
            map.put(
                    "columns",
                    columns.values().stream().map(ColumnSummary::asMap).toList());
            return map;
        }
    }
}
