package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.parquetflow.LogSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process captures, and is killed; meanwhile and afterwards others read what it has not sealed. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("machine")
class LiveReadingCrashTest {
    private static final String PER_PRODUCER = "select stream, count(*), count(distinct n), min(n), max(n) from"
            + " (select stream, " + CapturingChild.NUMBER + " as n from feed) group by 1 order by 1";
    private static final String PER_WRITER =
            "select writer, count(*), count(distinct seq), min(seq), max(seq) from feed group by 1 order by 1";
    private static final String DIRECTORY_IS_READ_ONLY = "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\""
            + " && cd / && ! touch \"$1/x\" 2>/dev/null && shift && exec \"$@\"";

    @TempDir
    Path folder;

    private Path capture() {
        return folder.resolve("capture");
    }

    /** The rows that are there, each producer's without a hole and none twice. */
    private long dense(boolean live) {
        return dense(PER_PRODUCER, live) + 0 * dense(PER_WRITER, live);
    }

    private long dense(String question, boolean live) {
        CommandRun run = live
                ? CommandRun.of("sql", "--live", "--format", "csv", question, capture())
                : CommandRun.of("sql", "--format", "csv", question, capture());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        long rows = 0;
        for (String line : run.out().lines().skip(1).toList()) {
            String[] cells = line.split(",", -1);
            long count = Long.parseLong(cells[1]);
            assertThat(cells[2]).as("no row twice: " + line).isEqualTo(cells[1]);
            assertThat(cells[3]).as("from the first one: " + line).isEqualTo("0");
            assertThat(Long.parseLong(cells[4])).as("no hole: " + line).isEqualTo(count - 1);
            rows += count;
        }
        return rows;
    }

    /** Until records are in it: what is only in the ring is not seen. */
    private void awaitJournal() throws Exception {
        while (list(capture().resolve("_flow"), ".journal").stream()
                        .mapToLong(file -> file.toFile().length())
                        .sum()
                < 16 << 10) {
            Thread.sleep(20);
        }
    }

    private int sealed() throws IOException {
        return list(capture(), ".parquet").size();
    }

    private static List<Path> list(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(ending)).toList();
        }
    }

    /** Every file with what is in it and when it was changed. */
    private static Map<String, String> digest(Path directory) throws Exception {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
                digests.put(
                        directory.relativize(file).toString(),
                        HexFormat.of()
                                        .formatHex(MessageDigest.getInstance("SHA-256")
                                                .digest(bytes))
                                + " " + Files.getLastModifiedTime(file));
            }
        }
        return digests;
    }

    @Test
    void aRunningProcessIsReadWhileItSealsAndIsRecoveredWhenItIsDead() throws Exception {
        long before = 0;
        try (CapturingChild child = CapturingChild.start(folder, 400, 3_000, "raw")) {
            awaitJournal();
            int news = 0;
            for (int look = 0; look < 60 && news < 6; look++) { // on a busy machine there may be nothing new for a look
                long rows = dense(PER_PRODUCER, true);
                assertThat(rows).isGreaterThanOrEqualTo(before);
                news += rows > before ? 1 : 0;
                before = rows;
                assertThat(dense(PER_WRITER, true)).isGreaterThanOrEqualTo(before);
            }
            assertThat(news).isEqualTo(6);
            assertThat(sealed()).as("segments were sealed meanwhile").isGreaterThan(2);

            CommandRun alone = CommandRun.of("recover", capture());
            assertThat(alone.code()).isZero();
            assertThat(alone.out()).contains("alive").doesNotContain("recovered");
            assertThat(dense(true)).isGreaterThanOrEqualTo(before);
            child.kill();
            deadIsReadAndRecovered(child, before);
        }
    }

    private void deadIsReadAndRecovered(CapturingChild child, long before) throws Exception {
        Map<String, String> untouched = digest(folder);
        long inJournal = dense(true);
        assertThat(inJournal).isGreaterThanOrEqualTo(before);
        assertThat(CommandRun.of("stats", "--live", capture()).out()).contains("(journal) feed-");
        assertThat(CommandRun.of("verify", "--live", capture()).code()).isZero();

        CommandRun dry = CommandRun.of("recover", "--dry-run", "--json", capture());
        assertThat(dry.code()).isZero();
        assertThat(dry.out()).contains("\"dry_run\" : true", "\"state\" : \"dead\"");
        assertThat(digest(folder)).as("looking changes no byte").isEqualTo(untouched);

        long sealedBefore = dense(false);
        CommandRun recovered = CommandRun.of("recover", capture());
        assertThat(recovered.err()).isEmpty();
        assertThat(recovered.code()).isZero();
        assertThat(recovered.out()).contains("-recovered.parquet").contains("recovered");

        long rows = dense(false);
        long accepted = child.accepted(0) + child.accepted(1);
        assertThat(rows).isBetween(accepted, accepted + CapturingChild.PRODUCERS);
        assertThat(rows).isGreaterThanOrEqualTo(inJournal);
        assertThat(dry.out().replaceAll("\\s", "")).contains("\"records\":" + (rows - sealedBefore) + ",");
        assertThat(dense(true)).isEqualTo(rows);
        assertThat(CommandRun.of("verify", capture()).out()).contains("ok:");
        assertThat(list(capture().resolve("_flow"), "")).isEmpty();
        assertThat(CommandRun.of("recover", capture()).out()).isEqualTo("nothing to recover\n");
    }

    @Test
    void aJournalThatRollsIsReadAndSealedFilesOfItMayGoMeanwhile() throws Exception {
        try (CapturingChild child = CapturingChild.start(folder, 16_000, 4_000, "raw")) {
            awaitJournal();
            Path internal = capture().resolve("_flow");
            Path first = list(internal, "-000001.journal").get(0);
            long before = 0;
            int looks = 0;
            while (Files.exists(first) || looks < 3) {
                long rows = dense(PER_PRODUCER, true);
                assertThat(rows).isGreaterThanOrEqualTo(before);
                before = rows;
                looks++;
            }
            assertThat(list(internal, ".journal")).isNotEmpty();
        }
    }

    @Test
    void catPrintsWhatIsNotSealedAndNothingIsLeftBehind() throws Exception {
        long temporary = temporaries();
        try (CapturingChild child = CapturingChild.start(folder, 100, 1_000_000_000, "raw")) {
            awaitJournal();
            assertThat(CommandRun.of("cat", capture()).err())
                    .contains("no sealed segments")
                    .contains("--live");

            CommandRun cat = CommandRun.of("cat", "--live", "--json", "--columns", "seq", capture());
            assertThat(cat.code()).isZero();
            List<String> rows = cat.out().lines().toList();
            assertThat(rows).isNotEmpty();
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i)).isEqualTo("{\"seq\":" + i + "}");
            }
            assertThat(CommandRun.of("head", "-n", "3", "--live", capture())
                            .out()
                            .lines())
                    .hasSize(4);
            assertThat(CommandRun.of("schema", "--live", capture()).out()).contains("source_ts_ns");
            child.kill();
        }
        assertThat(temporaries()).isEqualTo(temporary);
    }

    @Test
    void aSmallRestInTheNextWritersSegmentIsThereOnceAndVerifies() throws Exception {
        long accepted;
        try (CapturingChild child = CapturingChild.start(folder, 100, 1_000_000_000, "raw")) {
            awaitJournal();
            child.kill();
            accepted = child.accepted(0) + child.accepted(1);
        }
        long own = 0;
        try (LogSink sink = LogSink.builder(capture())
                .name("feed")
                .memoryLimit(8 << 20)
                .rotateRows(5)
                .slabDirectory(folder.resolve("slab"))
                .jmx(false)
                .build()) {
            for (int look = 0; look < 3; look++) {
                for (int i = 0; i < 8; i++) {
                    own += sink.tryRecord(new byte[] {1}) ? 1 : 0;
                }
                assertThat(dense(PER_WRITER, true)).isGreaterThan(0);
            }
        }
        assertThat(dense(PER_WRITER, false)).isBetween(accepted + own, accepted + own + CapturingChild.PRODUCERS);
        CommandRun verified = CommandRun.of("verify", capture());
        assertThat(verified.out()).contains("ok:").doesNotContain("error:");
        assertThat(CommandRun.of("stats", "--json", capture()).out()).contains("\"flow.recovered\" : \"");
    }

    private static long temporaries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("flow-live-"))
                    .count();
        }
    }

    @Test
    void payloadsForADecoderAreShownApartAndRecoveredOnlyWhenAsked() throws Exception {
        try (CapturingChild child = CapturingChild.start(folder, 100, 1_500, "decoded")) {
            while (sealed() == 0) {
                Thread.sleep(20);
            }
            Thread.sleep(200);
            child.kill();
            CommandRun undecoded = CommandRun.of(
                    "sql",
                    "--live",
                    "--format",
                    "csv",
                    "select count(*), count(distinct seq) from feed_undecoded",
                    capture());
            assertThat(undecoded.code()).isZero();
            assertThat(CommandRun.of("sql", "--live", "select payload from capture", capture())
                            .err())
                    .contains("payload");
            assertThat(CommandRun.of("cat", "--live", "-n", "1", capture()).err())
                    .contains("for decoder io.parquetflow.cli.inspect.CapturingChild")
                    .contains("feed_undecoded")
                    .hasLineCount(1);

            Map<String, String> untouched = digest(folder);
            for (String option : List.of("--dry-run", "--no-color")) {
                CommandRun left = CommandRun.of("recover", option, capture());
                assertThat(left.code()).isEqualTo(1);
                assertThat(left.out()).contains("the next start of sink feed").contains("--raw");
                assertThat(digest(folder)).isEqualTo(untouched);
            }

            CommandRun raw = CommandRun.of("recover", "--raw", capture());
            assertThat(raw.code()).isZero();
            assertThat(raw.out()).contains("kept as payloads, in _recovered");
            Path kept = list(capture().resolve("_recovered"), ".recovered").get(0);
            assertThat(CommandRun.of("head", "-n", "1", kept).out()).contains("payload");
            CommandRun verified = CommandRun.of("verify", kept);
            assertThat(verified.out()).contains("ok:").doesNotContain("another name");
            assertThat(CommandRun.of("verify", capture()).code()).isZero();
        }
    }

    /** Permissions do not stop the superuser: there the directory is mounted read-only, for the one process. */
    @Test
    void aDirectoryThatMayOnlyBeReadIsEnoughToLook() throws Exception {
        try (CapturingChild child = CapturingChild.start(folder, 100, 1_000_000_000, "raw")) {
            awaitJournal();
            child.kill();
        }
        boolean superuser = System.getProperty("user.name").equals("root");
        for (List<String> words :
                List.of(List.of("cat", "--live", "-n", "2"), List.of("recover", "--dry-run"), List.of("recover"))) {
            Process flow = readOnly(superuser, words).redirectErrorStream(true).start();
            String said = new String(flow.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            flow.waitFor();
            assumeThat(said)
                    .as("no mount namespace to be had")
                    .doesNotContain("unshare:")
                    .doesNotContain("mount:");
            boolean writes = words.equals(List.of("recover"));
            assertThat(flow.exitValue()).as(said).isEqualTo(writes ? 1 : 0);
            assertThat(said)
                    .contains(writes ? "Read-only file system" : words.get(0).equals("cat") ? "payload" : "dead");
        }
        Files.setPosixFilePermissions(capture(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(CommandRun.of("recover", capture()).code()).isZero();
        assertThat(dense(false)).isPositive();
    }

    private ProcessBuilder readOnly(boolean superuser, List<String> words) throws IOException {
        List<String> flow = CapturingChild.flow(words.toArray());
        flow.add(capture().toString());
        if (superuser) {
            flow.addAll(
                    0,
                    List.of(
                            "unshare",
                            "--mount",
                            "sh",
                            "-c",
                            DIRECTORY_IS_READ_ONLY,
                            "sh",
                            capture().toString()));
        } else {
            for (Path path : List.of(capture(), capture().resolve("_flow"))) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
            }
        }
        return new ProcessBuilder(flow);
    }
}
