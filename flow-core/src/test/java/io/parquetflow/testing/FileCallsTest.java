package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.testing.FileCalls.Kept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link FileCalls} makes of the calls of two threads that come between each other's halves. */
class FileCallsTest {
    @TempDir
    Path home;

    private final List<String> log = new ArrayList<>();

    @Test
    void aDescriptorIsTheNextFilesBeforeTheEndOfItsCloseIsTold() throws IOException {
        made("a", 7);
        line(1, "close(7 <unfinished ...>");
        line(2, "openat(AT_FDCWD, " + text(root().toString()) + ", O_RDONLY) = 7");
        line(1, "<... close resumed>) = 0");
        line(2, "fsync(7) = 0");
        assertThat(leftOf(Kept.FORCED)).containsExactly("a");
    }

    @Test
    void aForceIsNotOfWhatIsWrittenWhileItRuns() throws IOException {
        made("a", 7);
        line(2, "openat(AT_FDCWD, " + text(root().toString()) + ", O_RDONLY) = 8");
        line(2, "fsync(8 <unfinished ...>");
        made("b", 9);
        line(2, "<... fsync resumed>) = 0");
        assertThat(leftOf(Kept.FORCED)).containsExactly("a");
        assertThat(leftOf(Kept.ALL)).containsExactly("a", "b");
    }

    private Path root() {
        return home.resolve("data");
    }

    private void made(String name, int descriptor) {
        line(
                1,
                "openat(AT_FDCWD, " + text(root().resolve(name).toString()) + ", O_RDWR|O_CREAT, 0666) = "
                        + descriptor);
    }

    private void line(int thread, String call) {
        log.add(thread + " " + call);
    }

    private static String text(String path) {
        StringBuilder text = new StringBuilder("\"");
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            text.append(String.format("\\x%02x", b));
        }
        return text.append('"').toString();
    }

    /** Names behind the last call. */
    private List<String> leftOf(Kept kept) throws IOException {
        FileCalls calls = FileCalls.read(Files.write(home.resolve("strace"), log), root());
        Path left = Files.createTempDirectory(home, "left");
        calls.leave(calls.count(), kept, -1, left);
        try (Stream<Path> files = Files.list(left)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
