package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSink;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.WriterLock;
import io.parquetflow.ring.SlabFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that died while it made its first journal file left a slab, and nobody who says what the payloads are. */
class YoungDeathTest {
    private static final String WRITER = "aaaaaaaaaaaaa";

    @TempDir
    Path directory;

    @TempDir
    Path home;

    @Test
    void whatAWriterWithoutAJournalHeaderLeftIsRecovered() throws Exception {
        FlowDirectory flow = new FlowDirectory(directory);
        flow.create();
        Path slabs = home.resolve("slabs");
        WriterLock lock = WriterLock.take(flow.internal(), WRITER, 0640);
        SlabFile slab = SlabFile.create(slabs, WRITER, 64 << 10, 128, 1_000, directory, "young");
        lock.note(slab.path().toString());
        Files.createFile(flow.internal().resolve(WRITER + "-000001.journal"));
        lock.leave();

        LogSink sink =
                LogSink.builder(directory).name("young").slabDirectory(slabs).build();
        assertThat(sink.close(Duration.ofSeconds(20))).isTrue();
        assertThat(sink.stats().lastError()).isEmpty();
        assertThat(slab.path()).doesNotExist();
        try (Stream<Path> left = Files.list(flow.internal())) {
            assertThat(left.filter(path -> path.toString().contains(WRITER))).isEmpty();
        }
    }
}
