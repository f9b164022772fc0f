package io.parquetflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.parquetflow.cli.shell.Session;
import io.parquetflow.cli.shell.Terminal;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTest {
    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... words) {
        return runOn(Terminal.PLAIN, words);
    }

    private int runOn(Terminal terminal, Object... words) {
        return Flow.commandLine(new Flow(new Session(terminal)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }

    @Test
    void helpListsTheCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "cat ",
                        "head ",
                        "schema ",
                        "stats ",
                        "verify ",
                        "sql ",
                        "logs ",
                        "recover ",
                        "attach ",
                        "agent ",
                        "Exit codes: 0 done");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "head", "schema", "stats", "verify", "sql", "logs", "recover"})
    void everyCommandHasHelpAndRefusesWhatItDoesNotKnow(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: flow " + command).contains("--debug");

        assertThat(run(command, "--nonsense", "x", "y")).isEqualTo(2);
        assertThat(err.toString()).startsWith("flow: Unknown option").contains("see 'flow " + command + " --help'");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "head", "schema", "stats", "verify", "sql", "logs"})
    void whateverReadsSegmentsReadsLive(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("--live");

        Object[] words = command.equals("sql")
                ? new Object[] {command, "--live", "select 1", directory}
                : new Object[] {command, "--live", directory};
        assertThat(run(words)).isEqualTo(1);
        assertThat(err.toString()).contains("no sealed segments").contains("nothing in a journal");
    }

    @Test
    void aMissingOrMisspeltCommandIsUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("verfy", "x")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "flow: a command is missing; see 'flow --help'",
                        "flow: Unmatched arguments from index 0: 'verfy', 'x', did you mean verify or recover?; see 'flow --help'");
    }

    @Test
    void versionIsPrinted() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("flow ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "head", "schema", "stats", "verify", "logs", "recover"})
    void aMissingFileIsNamed(String command) {
        Path missing = directory.resolve("no\u001b[31m.parquet");

        assertThat(run(command, missing)).isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo("flow: [" + directory + "/no\\u001b[31m.parquet] no such file or directory\n");
    }

    @Test
    void stackTracesAreForDebugOnly() {
        assertThat(run("head", "--debug", directory)).isEqualTo(1);
        assertThat(err.toString()).contains("no sealed segments").contains("\tat io.parquetflow");
    }

    @Test
    void aDirectoryWithoutRightsIsOneLine() throws Exception {
        Path locked = Files.createDirectory(directory.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(locked))
                .as("the superuser may read everything")
                .isFalse();

        assertThat(run("verify", locked)).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("flow: [" + locked + "] permission denied; check the rights of the file and of the"
                        + " directories above it\n");
    }

    @Test
    void aPipeDoesNotHang() throws Exception {
        Path pipe = directory.resolve("pipe.parquet");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assumeThat(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0).isTrue();

        assertThat(run("head", pipe)).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("flow: [" + pipe + "] offset=0: not a regular file\n");
        assertThat(run("verify", directory)).isEqualTo(1);
    }

    @Test
    void coloursAreForTerminalsOnly() throws Exception {
        Files.writeString(directory.resolve("x.parquet"), "not Parquet, but long enough");

        run("verify", directory);
        assertThat(out.toString()).doesNotContain("\u001b");

        runOn(new Terminal(true, true, 80), "verify", directory);
        assertThat(out.toString()).contains("\u001b[31merror:\u001b[0m");
    }

    @Test
    void aFullDiskIsToldAndAReaderThatHasGoneIsNot() throws Exception {
        assumeThat(Files.exists(Path.of("/dev/full"))).isTrue();
        Process full = flow("--help").redirectOutput(new File("/dev/full")).start();
        String complaint = new String(full.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(full.waitFor()).isEqualTo(1);
        assertThat(complaint).startsWith("flow: the output cannot be written: ").hasLineCount(1);

        Process gone = flow("--help").start();
        gone.getInputStream().close();
        assertThat(gone.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(gone.getErrorStream().readAllBytes()).isEmpty();
    }

    /** The commands that look into one file must not wait for DuckDB's native library. */
    @Test
    void lightCommandsLoadNoDuckDb() throws Exception {
        Process process =
                flow("schema", directory.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(output)
                .contains("no sealed segments")
                .contains("SchemaCommand")
                .doesNotContain("org.duckdb");
    }

    private static ProcessBuilder flow(String... words) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(words[0].equals("schema") ? "-verbose:class" : "-Xshare:auto", "-cp"));
        line.add(System.getProperty("java.class.path"));
        line.add("io.parquetflow.cli.Flow");
        line.addAll(List.of(words));
        return new ProcessBuilder(line);
    }
}
