package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parquetflow.testing.ChildJvm;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is alive, told across processes and class loaders. */
class WriterLockTest {
    private final String writer = WriterId.random();

    @TempDir
    Path root;

    private Path internal;

    @BeforeEach
    void makeDirectory() throws Exception {
        FlowDirectory directory = new FlowDirectory(root);
        directory.create();
        internal = directory.internal();
    }

    private Path lockFile() {
        return internal.resolve(writer + ".lock");
    }

    @Test
    void aWriterOfAnotherProcessLivesUntilItIsClosed() throws Exception {
        try (ChildJvm other = ChildJvm.start(LockChild.class, root.toString())) {
            assertThat(other.ask("take " + writer)).isEqualTo("taken");
            assertThat(WriterLock.isLive(internal, writer)).isTrue();
            WriterLock.deleteIfDead(lockFile());
            assertThat(lockFile()).exists();
            assertThat(other.ask("close")).isEqualTo("closed");
            assertThat(WriterLock.isLive(internal, writer)).isFalse();
            assertThat(lockFile()).doesNotExist();
        }
    }

    @Test
    void aKilledWriterIsDead() throws Exception {
        try (ChildJvm other = ChildJvm.start(LockChild.class, root.toString())) {
            assertThat(other.ask("take " + writer)).isEqualTo("taken");
            assertThat(WriterLock.isLive(internal, writer)).isTrue();
            other.kill();
        }
        assertThat(lockFile()).exists();
        assertThat(WriterLock.isLive(internal, writer)).isFalse();
        WriterLock.deleteIfDead(lockFile());
        assertThat(lockFile()).doesNotExist();
    }

    /** Closing any descriptor of the file would drop the lock, and the other process would see a dead writer. */
    @Test
    void lookingAtALivingWriterFromItsOwnProcessDoesNotDropItsLock() throws Exception {
        try (ChildJvm other = ChildJvm.start(LockChild.class, root.toString())) {
            try (WriterLock lock = WriterLock.take(internal, writer, 0640)) {
                assertThat(lock).isNotNull();
                assertThat(WriterLock.isLive(internal, writer)).isTrue();
                WriterLock.deleteIfDead(lockFile());
                new FlowDirectory(root).setAsideLeftOvers(Set.of());
                lookThroughAnotherClassLoader();
                assertThat(lockFile()).exists();
                assertThat(other.ask("live " + writer)).isEqualTo("true");
            }
            assertThat(other.ask("live " + writer)).isEqualTo("false");
        }
        assertThat(WriterLock.isLive(internal, writer)).isFalse();
    }

    /** As an agent and an application that both carry the library. */
    private void lookThroughAnotherClassLoader() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> other = loader.loadClass(WriterLock.class.getName());
            assertThat(other).isNotSameAs(WriterLock.class);
            Method isLive = other.getDeclaredMethod("isLive", Path.class, String.class);
            isLive.setAccessible(true);
            assertThat(isLive.invoke(null, internal, writer)).isEqualTo(true);
            Method deleteIfDead = other.getDeclaredMethod("deleteIfDead", Path.class);
            deleteIfDead.setAccessible(true);
            deleteIfDead.invoke(null, lockFile());
        }
    }

    @Test
    void aWriterWithoutALockFileIsDead() throws Exception {
        assertThat(WriterLock.isLive(internal, writer)).isFalse();
    }

    @Test
    void whereTheLockCannotBeMadeNobodyLives() {
        Path missing = root.resolve("missing");
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> WriterLock.take(missing, writer, 0640));
        assertThat(System.getProperties().stringPropertyNames()).noneMatch(name -> name.contains(writer));
    }

    @Test
    void foreignLockFilesAreNotTouched() throws Exception {
        Path foreign = Files.createFile(internal.resolve("package-manager.lock"));
        WriterLock.deleteIfDead(foreign);
        assertThat(foreign).exists();
    }

    /** Between making the file and locking it another process may take the new writer for a dead one. */
    @Test
    void aStartBesideTheStartsOfOthersHoldsItsLock() throws Exception {
        try (ChildJvm other = ChildJvm.start(LockChild.class, root.toString());
                ChildJvm witness = ChildJvm.start(LockChild.class, root.toString())) {
            assertThat(other.ask("aside-until-told")).isEqualTo("begun");
            for (int i = 0; i < 1_500; i++) {
                String id = WriterId.random();
                try (WriterLock lock = WriterLock.take(internal, id, 0640)) {
                    assertThat(lock).isNotNull();
                    assertThat(internal.resolve(id + ".lock")).as("round " + i).exists();
                    if (i % 100 == 0) {
                        assertThat(witness.ask("live " + id)).as("round " + i).isEqualTo("true");
                    }
                }
            }
            assertThat(other.ask("aside")).isEqualTo("0");
        }
        try (var left = Files.list(internal)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whoAdoptsALockReadsItsNote() throws Exception {
        WriterLock lock = WriterLock.take(internal, writer, 0640);
        lock.note("/dev/shm/some.slab");
        lock.leave();
        try (WriterLock adopted = WriterLock.adopt(internal, writer).orElseThrow()) {
            assertThat(adopted.note()).isEqualTo("/dev/shm/some.slab");
        }
        assertThat(lockFile()).doesNotExist();
    }

    /** Adopting writes behind the note for a moment; killed right then, it leaves that there. */
    @Test
    void aNoteOutlivesADeathWhileItIsAdopted() throws Exception {
        WriterLock lock = WriterLock.take(internal, writer, 0640);
        lock.note("/dev/shm/some.slab");
        lock.leave();
        Files.writeString(lockFile(), "probe 5f", StandardOpenOption.APPEND);
        try (WriterLock adopted = WriterLock.adopt(internal, writer).orElseThrow()) {
            assertThat(adopted.note()).isEqualTo("/dev/shm/some.slab");
        }
    }

    /** POSIX drops a process's locks on a file when it closes any descriptor of it. */
    @Test
    void anAdoptedLockIsHeldAgainstOtherProcesses() throws Exception {
        Files.writeString(lockFile(), "a note");
        try (WriterLock adopted = WriterLock.adopt(internal, writer).orElseThrow();
                ChildJvm other = ChildJvm.start(LockChild.class, root.toString())) {
            assertThat(adopted.note()).isEqualTo("a note");
            assertThat(other.ask("live " + writer)).isEqualTo("true");
        }
    }
}
