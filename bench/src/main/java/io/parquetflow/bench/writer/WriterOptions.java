package io.parquetflow.bench.writer;

import io.parquetflow.spi.Codec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.Type.Repetition;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What {@code flow bench writer} takes and hands on to the process that writes. What is not given is the workload's own.
 *
 * <p>Not thread-safe.
 */
public final class WriterOptions {
    private static final int DEFAULT_RUNS_OF_PEERS = 5;
    private static final int MOST_RUNS = 1000;
    private static final int DEFAULT_ZSTD_LEVEL = 1;
    private static final int DEFAULT_GZIP_LEVEL = 6;

    @Option(
            names = "--workload",
            defaultValue = "bytes",
            description = {
                "bytes: one column of payloads that no codec makes smaller (if not given);",
                "text: one column of log lines; int32: three INT32 columns; trades: nine columns."
            })
    private Workload workload;

    @Option(
            names = "--rows",
            description = "Rows of the file; bytes, text 1000000, int32 10000000, trades 3000000 if not given.")
    private Long rows;

    @Option(
            names = "--row-size",
            defaultValue = "256",
            description =
                    "Bytes of a payload, of each element where they are repeated; of a line about; 256 if not given.")
    private int rowSize;

    @Option(
            names = "--row-group-rows",
            description = "Rows of a row group; bytes, text 4096, int32 500000, trades 250000 if not given.")
    private Integer rowGroupRows;

    @Option(
            names = "--repetition",
            description = {
                "required, optional, repeated: of every column; repeated is one to four elements a row.",
                "int32 optional, the others required if not given."
            })
    private Repetition repetition;

    @Option(
            names = "--null-every",
            description = "In optional columns every how manyth value is null, 0 for none; int32 20, the others 8.")
    private Integer nullEvery;

    @Option(
            names = "--compression",
            description = "uncompressed, gzip, zstd, snappy, lz4_raw; text zstd, the others uncompressed if not given.")
    private Codec codec;

    @Option(names = "--level", description = "Of zstd, 1 if not given, or gzip, 6 if not given.")
    private Integer level;

    @Option(
            names = "--distinct",
            description = {
                "Row groups that differ, the others repeat them: bytes 1, text 16, int32, trades 4 if not given.",
                "What they take together decides whether the rows come from cache or from memory."
            })
    private Integer distinct;

    @Option(
            names = "--page-bytes",
            defaultValue = "0",
            description = "Of pages before compression, ours and parquet-java's; each one's own if not given.")
    private int pageBytes;

    @Option(
            names = "--page-rows",
            defaultValue = "0",
            description = "Of pages at most, ours and parquet-java's; each one's own if not given.")
    private int pageRows;

    @Option(
            names = "--peers",
            description = "Also raw writes, parquet-java, DuckDB and Arrow, in turns on the same rows, compared first.")
    private boolean peers;

    @Option(
            names = "--only",
            split = ",",
            description = "With --peers: names of contenders, if not all; for example raw,flow.copied.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--form",
            description = {
                "Without --peers: auto, copied, together: how the rows are handed over.",
                "Text and bytes copied, the others auto if not given."
            })
    private FlowWriter.Form form;

    @Option(names = "--runs", description = "Timed, each contender; 5 with --peers, otherwise 1 if not given.")
    private Integer runs;

    @Option(names = "--warmup", defaultValue = "8", description = "Runs before, beside the one that is compared; 8.")
    private int warmup;

    @Option(
            names = "--output",
            description = {
                "A file, overwritten; without --peers it stays, with --peers all write beside it and are deleted.",
                "If not given: in a directory of /dev/shm where there is one, deleted afterwards."
            })
    private Path output;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Makes sense of it all, or says what does not.
     *
     * @throws ParameterException naming the option
     */
    public void check() {
        task();
        if (runs() < 1 || runs() > MOST_RUNS) {
            throw wrong("runs out of range: runs=" + runs + "; take 1 to " + MOST_RUNS);
        }
        if (warmup < 0 || warmup > MOST_RUNS) {
            throw wrong("warmup out of range: warmup=" + warmup + "; take 0 to " + MOST_RUNS);
        }
        if (!peers && !only.isEmpty()) {
            throw wrong("--only chooses among peers: only=" + only + "; add --peers");
        }
        if (peers && form != null) {
            throw wrong("--peers has all forms: form=" + form + "; leave --form out, or name contenders with --only");
        }
        if (!peers && !ours().unfit(task()).isEmpty()) {
            throw wrong("form does not fit: form=" + form + ", workload=" + workload + "; " + ours().unfit(task()));
        }
        if (output != null && output.toFile().isDirectory()) {
            throw wrong("output is a directory: output=" + output + "; name a file in it");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    Task task() {
        Codec asked = codec == null ? workload.codec : codec;
        try {
            return new Task(
                            workload,
                            rows == null ? workload.rows : rows,
                            rowSize,
                            rowGroupRows == null ? workload.rowGroupRows : rowGroupRows,
                            repetition == null ? workload.repetition : repetition,
                            nullEvery == null ? workload.nullEvery : nullEvery,
                            asked,
                            level == null ? defaultLevel(asked) : level,
                            distinct == null ? workload.distinct : distinct)
                    .withPages(pageBytes, pageRows);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private static int defaultLevel(Codec codec) {
        return codec == Codec.GZIP ? DEFAULT_GZIP_LEVEL : DEFAULT_ZSTD_LEVEL;
    }

    boolean hasPeers() {
        return peers;
    }

    List<String> only() {
        return only;
    }

    FlowWriter ours() {
        FlowWriter.Form fallback = workload.isBinary() ? FlowWriter.Form.COPIED : FlowWriter.Form.AUTO;
        return new FlowWriter(task(), form == null ? fallback : form);
    }

    int runs() {
        return runs != null ? runs : peers ? DEFAULT_RUNS_OF_PEERS : 1;
    }

    int warmup() {
        return warmup;
    }

    /** Null when nobody named one. */
    Path output() {
        return output;
    }

    /**
     * The same once more, for the other process.
     *
     * @return options with their values
     */
    public List<String> arguments() {
        List<String> all = new ArrayList<>();
        add(all, "--workload", workload);
        add(all, "--rows", rows);
        add(all, "--row-size", rowSize);
        add(all, "--row-group-rows", rowGroupRows);
        add(all, "--repetition", repetition);
        add(all, "--null-every", nullEvery);
        add(all, "--compression", codec);
        add(all, "--level", level);
        add(all, "--distinct", distinct);
        add(all, "--page-bytes", pageBytes);
        add(all, "--page-rows", pageRows);
        add(all, "--peers", peers);
        add(all, "--only", only.isEmpty() ? null : String.join(",", only));
        add(all, "--form", form);
        add(all, "--runs", runs);
        add(all, "--warmup", warmup);
        add(all, "--output", output);
        return all;
    }

    private static void add(List<String> all, String name, Object value) {
        if (value != null) {
            all.add(name + "=" + value);
        }
    }
}
