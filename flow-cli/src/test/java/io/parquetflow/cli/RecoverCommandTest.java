package io.parquetflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSink;
import io.parquetflow.cli.shell.Session;
import io.parquetflow.cli.shell.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not a process that was killed: left-overs that nobody understands, and writers of this process. */
class RecoverCommandTest {
    private static final String WRITER = "aaaaaaaaaaaaa";

    @TempDir
    Path directory;

    private Path internal;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeDirectory() throws Exception {
        internal = Files.createDirectories(directory.resolve("_flow"));
    }

    private int run(Object... words) {
        out.getBuffer().setLength(0);
        return Flow.commandLine(new Flow(new Session(Terminal.PLAIN)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }

    @Test
    void whatNobodyUnderstandsIsSetAsideAndNeverDeleted() throws Exception {
        Path journal = internal.resolve(WRITER + "-000001.journal");
        Files.writeString(journal, "this is somebody's diary, and not ours");

        assertThat(run("recover", "--dry-run", directory)).isEqualTo(1);
        assertThat(out.toString()).contains(WRITER, "dead", "does not begin with PFLOWJNL");
        assertThat(journal).hasContent("this is somebody's diary, and not ours");

        assertThat(run("recover", directory)).isEqualTo(1);
        Path aside = internal.resolve(WRITER + "-000001.journal.unknown");
        assertThat(aside).hasContent("this is somebody's diary, and not ours");
        assertThat(out.toString()).contains("set aside, never deleted by us: " + aside);

        assertThat(run("recover", directory)).isZero();
        assertThat(out.toString()).startsWith("nothing to recover").contains("set aside");
        assertThat(aside).exists();
    }

    @Test
    void aJournalThatEndsWithinItsHeaderHoldsNothing() throws Exception {
        Files.write(internal.resolve(WRITER + "-000001.journal"), "PFLOW".getBytes(StandardCharsets.US_ASCII));
        Files.createFile(internal.resolve("bbbbbbbbbbbbb-000001.journal"));

        assertThat(run("recover", directory)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(internal).isEmptyDirectory();
    }

    @Test
    void aWriterOfThisProcessIsAlive() throws Exception {
        try (LogSink sink = LogSink.builder(directory).memoryLimit(8 << 20).build()) {
            assertThat(sink.tryRecord(new byte[] {1})).isTrue();
            assertThat(run("recover", directory)).isZero();
            assertThat(out.toString()).contains("alive");
            assertThat(run("recover", "--json", directory)).isZero();
            assertThat(out.toString()).contains("\"ok\" : true", "\"state\" : \"alive\"");
        }
        assertThat(run("recover", directory)).isZero();
        assertThat(out.toString()).isEqualTo("nothing to recover\n");
        assertThat(run("stats", directory)).isZero();
    }

    @Test
    void aFileIsNoDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("x.parquet"));
        assertThat(run("recover", file)).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("flow: [" + file + "] not a directory\n");
    }

    @Test
    void aDirectoryOfOthersHasNothingToRecover() throws Exception {
        Files.delete(internal);
        assertThat(run("recover", directory)).isZero();
        assertThat(out.toString()).isEqualTo("nothing to recover\n");
    }
}
