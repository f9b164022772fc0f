package io.parquetflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.cli.captures.PayloadHandler;
import io.parquetflow.cli.captures.PayloadReader;
import io.parquetflow.cli.captures.TestCaptures;
import io.parquetflow.cli.shell.CommandFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    private static final String ROWS = "select stream, ts_ns, source_ts_ns, payload from {} order by seq";

    @TempDir
    Path folder;

    private Path directory;

    @BeforeEach
    void nameTheDirectory() {
        directory = folder.resolve("segments");
    }

    @Test
    void packetsBecomeRowsWithTheirOwnTimeAndTheNameOfTheFile() throws IOException, SQLException {
        Path file = file("feed.pcap", TestCaptures.pcap("one", "two"));

        ImportRun run = ImportRun.of(file, "--directory", directory);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith(file + ": 2 records, 6 payload bytes\nin " + directory
                        + ": 2 records, 6 payload bytes, 1 segment of ");
        assertThat(ImportRun.query(directory, ROWS))
                .containsExactly(
                        List.of("feed.pcap", 1_000_000_000L, 1_000_000_000L, "one"),
                        List.of("feed.pcap", 2_000_000_000L, 2_000_000_000L, "two"));
    }

    @Test
    void linesBecomeRowsWithOurTimeAndNoOther() throws IOException, SQLException {
        long before = System.currentTimeMillis() * 1_000_000L;
        Path file = file("app.log", text("first\n\nthird"));

        ImportRun run = ImportRun.of(file, "-d", directory, "--name", "logs");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("3 records, 10 payload bytes");
        assertThat(ImportRun.query(directory, "select payload from {} order by seq"))
                .containsExactly(List.of("first"), List.of(""), List.of("third"));
        assertThat(ImportRun.query(
                        directory, "select count(*) from {} where source_ts_ns is null and ts_ns >= " + before))
                .containsExactly(List.of(3L));
        try (var segments = Files.newDirectoryStream(directory, "logs-*.parquet")) {
            assertThat(segments).hasSize(1);
        }
    }

    @Test
    void aTruncatedTailFailsAndWhatCameBeforeIsSealed() throws IOException, SQLException {
        Path file = file("feed.pcap", TestCaptures.truncatedPcap("whole"));

        ImportRun run = ImportRun.of(file, "-d", directory);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("flow: [" + file + "] truncated inside a packet: offset=87, expected=1490, found=460\n");
        assertThat(ImportRun.query(directory, "select payload from {}")).containsExactly(List.of("whole"));
    }

    @Test
    void badFilesAreOneLineEachAndTheOthersAreImported() throws IOException, SQLException {
        Path missing = folder.resolve("missing.pcap");
        Path magic = file("magic.pcap", new byte[] {0, 1, 2, 3, 4});
        Path gzip = file("garbage.gz", text("\u001f\u008bno gzip stream at all"));
        Path empty = file("empty.pcap", TestCaptures.pcap());
        Path corrupt = file("corrupt.pcap", TestCaptures.corruptPcap("before"));
        Path good = file("good.pcap", TestCaptures.pcap("good"));

        ImportRun run = ImportRun.of(missing, magic, gzip, empty, corrupt, good, folder, "-d", directory);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly(
                        "flow: [" + missing + "] no such file",
                        "flow: [" + magic + "] wrong magic: offset=0, found=0x00010203; pcap, pcapng and text can be"
                                + " imported, plain, gzip or zstd",
                        "flow: [" + gzip + "] gzip stream is corrupt (Unsupported compression method): offset=0",
                        "flow: [" + folder + "] is a directory: name the captures in it",
                        "flow: [" + empty + "] no packet in it: offset=24",
                        "flow: [" + corrupt + "] captured length is out of bounds: offset=88, expected=262144,"
                                + " found=4294967295");
        assertThat(ImportRun.query(directory, "select payload from {} order by seq"))
                .containsExactly(List.of("before"), List.of("good"));
    }

    @Test
    void theReportAsJsonSaysTheSame() throws IOException {
        Path file = file("feed.pcap", TestCaptures.truncatedPcap("whole"));
        Path missing = folder.resolve("missing.pcap");

        ImportRun run = ImportRun.of(file, missing, "-d", directory, "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("{\n")
                .contains("\"ok\" : false", "\"records\" : 1", "\"payload_bytes\" : 5", "\"segments\" : 1")
                .contains("\"stream\" : \"feed.pcap\"", "\"format\" : \"pcap\"", "\"fragments\" : 0")
                .contains("\"kind\" : \"truncated_tail\"", "\"expected\" : 1490", "\"found\" : 460")
                .contains("\"error\" : \"[" + missing + "] no such file\"");
        assertThat(run.err()).contains("[" + file, "[" + missing + "] no such file");
    }

    @Test
    void filtersLeaveTheOthersOutAndCountThem() throws IOException, SQLException {
        Path file = file("feed.pcap", TestCaptures.pcap("one", "two"));

        ImportRun none = ImportRun.of(file, "-d", directory, "--udp-port", "1", "--udp-port", "2-3");
        ImportRun all = ImportRun.of(file, "-d", directory, "--udp-port", "16648", "--host", "192.0.2.0/24");

        assertThat(none.code()).isZero();
        assertThat(none.out()).contains("0 records, 0 payload bytes (filtered=2)", "0 segments");
        assertThat(all.out()).contains("2 records, 6 payload bytes\n");
        assertThat(ImportRun.query(directory, "select count(*) from {}")).containsExactly(List.of(2L));
    }

    @Test
    void wrongUsageIsOneLineAndExitCodeTwo() throws IOException {
        Path file = file("feed.pcap", TestCaptures.pcap("one"));

        assertUsage(ImportRun.of(file), "Missing required option: '--directory=DIR'");
        assertUsage(ImportRun.of("-d", directory), "Missing required parameter: 'FILE'");
        assertUsage(ImportRun.of(file, "-d", directory, "--udp-port", "http"), "--udp-port is no port");
        assertUsage(ImportRun.of(file, "-d", directory, "--host", "example.com"), "--host is no IP address");
        assertUsage(ImportRun.of(file, "-d", directory, "--name", "a/b"), "key=name");
        assertThat(directory).doesNotExist();
    }

    @Test
    void aDirectoryThatCannotBeOneIsOneLine() throws IOException {
        Path file = file("feed.pcap", TestCaptures.pcap("one"));

        ImportRun run = ImportRun.of(file, "-d", file);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("flow: [" + file + "] is a file: name another --directory\n");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aDirectoryWithoutRightsIsOneLine() throws IOException {
        Path file = file("feed.pcap", TestCaptures.pcap("one"));
        Files.createDirectory(directory);
        boolean bound = directory.toFile().setWritable(false) && !Files.isWritable(directory);
        assumeTrue(bound, "skipped: rights do not bind this user");

        ImportRun run = ImportRun.of(file, "-d", directory);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("flow: [" + directory)
                .contains("permission denied")
                .hasLineCount(1);
    }

    @Test
    void aSinkThatTakesNoMoreEndsTheImportWithTheWayOut() throws IOException {
        try (ImportSink sink = ImportSink.open(directory, "capture", new PrintWriter(new StringWriter()))) {
            PayloadHandler handler = sink.handler("feed");
            handler.payload(text("taken"), 0, 5, PayloadReader.NO_TIME);
            assertThat(sink.seal().rowsSealed()).isEqualTo(1);

            assertThatThrownBy(() -> handler.payload(text("too late"), 0, 8, PayloadReader.NO_TIME))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessage("[" + directory + "] the sink takes no more: state=CLOSED, waited=60s at most, last"
                            + " error=none; make room on the disk and import the rest again");
        }
    }

    private static void assertUsage(ImportRun run, String what) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("flow: ").contains(what).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
