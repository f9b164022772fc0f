package io.parquetflow.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileReader;

/** What {@link OldReader} runs: a path in, the digests of the file's leaves out; an empty line in, the reader's jar out. */
public final class OldReaderChild {
    private OldReaderChild() {}

    /** No arguments. Ends with its standard input. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(line.isEmpty() ? version() : answer(Path.of(line)));
        }
    }

    /** Where the reader's classes are from; the version's own constant is today's, compiled in. */
    private static String version() {
        return String.valueOf(
                ParquetFileReader.class.getProtectionDomain().getCodeSource().getLocation());
    }

    /** Whatever goes wrong is an answer as well: the next file may be read. */
    private static String answer(Path file) {
        try {
            List<String> digests = new ArrayList<>();
            for (Map.Entry<String, List<String>> leaf : Leaves.of(file).entrySet()) {
                digests.add(leaf.getKey() + "=" + Leaves.digest(leaf.getValue()));
            }
            return String.join("\t", digests);
        } catch (IOException | RuntimeException | LinkageError e) {
            StringBuilder why = new StringBuilder();
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                why.append(cause).append(" < ");
            }
            return "=" + why.toString().replaceAll("\\s", " ").replace('=', ':');
        }
    }
}
