package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.testing.Children;
import io.parquetflow.testing.LeftOvers;
import io.parquetflow.testing.RecoveryChild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process of another user left, in a directory of the group's. The other user is the one whom files are given to;
 * we are root without a root's rights, for whom permissions count.
 */
class OtherUserTest {
    private static final int THIRD = 50;
    private static final int OTHER_USER = 12_345;

    @TempDir
    Path home;

    private LeftOvers left;

    private void leave() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root") && Files.exists(Path.of("/usr/bin/setpriv")));
        left = LeftOvers.copy(LeftOvers.make(home.resolve("made"), "raw", THIRD), home.resolve("left"));
        give(left.data(), "rwxrwx---", "rw-rw----");
        give(left.slabs(), "rwx------", "rw-------");
    }

    private static void give(Path tree, String directories, String files) throws Exception {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.toList()) {
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? directories : files));
                Files.setAttribute(path, "unix:uid", OTHER_USER);
            }
        }
    }

    private String recoverAsOneOfTheGroup() throws Exception {
        List<String> command =
                new ArrayList<>(List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all", "--"));
        command.addAll(Children.java(
                System.getProperty("java.class.path"),
                RecoveryChild.class,
                left.data().toString(),
                home.resolve("new").toString(),
                "raw",
                "at-once"));
        Children.Result result = Children.run(command);
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out().strip();
    }

    @Test
    void aGroupRecoversWhatIsOnTheDisk() throws Exception {
        leave();
        try (Stream<Path> slabs = Files.list(left.slabs())) {
            for (Path slab : slabs.toList()) { // memory, which went with the container
                Files.delete(slab);
            }
        }
        Files.delete(left.slabs());
        assertThat(recoverAsOneOfTheGroup()).isEqualTo(Integer.toString(THIRD));
        assertThat(left.texts("payload")).hasSize(2 * THIRD);
        assertThat(left.internal("")).isEmpty();
    }

    @Test
    void whereTheSlabIsAnotherUsersAllIsLeftForHim() throws Exception {
        leave();
        List<Path> before = left.internal("");
        assertThat(recoverAsOneOfTheGroup()).isEqualTo("0");
        assertThat(left.internal("")).containsExactlyElementsOf(before);
        assertThat(left.slab()).exists();

        give(left.slabs(), "rwx------", "rw-------");
        Files.setAttribute(left.slabs(), "unix:uid", 0); // and now it is his
        Files.setAttribute(left.slab(), "unix:uid", 0);
        assertThat(left.recover("raw").recovered()).isEqualTo(2 * THIRD);
        assertThat(left.texts("payload")).hasSize(3 * THIRD);
    }

    @Test
    void everyFileHasTheModeThatWasAskedFor() throws Exception {
        try (LogSink sink = LogSink.builder(home.resolve("data"))
                .fileMode("0660")
                .jmx(false)
                .build()) {
            sink.tryRecord(new byte[1]);
            assertThat(sink.flush(Duration.ofSeconds(20))).isTrue();
            try (Stream<Path> files = Files.list(home.resolve("data/_flow"))) {
                List<Path> all = files.toList();
                assertThat(all).hasSizeGreaterThanOrEqualTo(3); // lock, journal, segment
                for (Path file : all) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as("%s", file)
                            .isEqualTo("rw-rw----");
                }
            }
        }
    }
}
