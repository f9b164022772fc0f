package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names are given, never taken from another file. */
class FinalNameTest {
    @TempDir
    Path folder;

    /** A zip file has no hard links. */
    private FileSystem withoutHardLinks() throws Exception {
        return FileSystems.newFileSystem(
                URI.create("jar:" + folder.resolve("files.zip").toUri()), Map.of("create", "true"));
    }

    @Test
    void withoutHardLinksAWholeCopyGetsTheName() throws Exception {
        try (FileSystem files = withoutHardLinks()) {
            Path from = Files.writeString(files.getPath("/a.inprogress"), "rows");
            FinalName.give(from, files.getPath("/a"), false);
            assertThat(Files.readString(files.getPath("/a"))).isEqualTo("rows");
            assertThat(Files.exists(from)).isTrue();
            assertThat(Files.exists(files.getPath("/a.inprogress.copy"))).isFalse();
        }
    }

    @Test
    void aCopyThatFailsLeavesNothingBehind() throws Exception {
        try (FileSystem files = withoutHardLinks()) {
            Path from = Files.writeString(files.getPath("/a.inprogress"), "rows");
            Path taken = Files.writeString(files.getPath("/a"), "another's");
            assertThatExceptionOfType(FileAlreadyExistsException.class)
                    .isThrownBy(() -> FinalName.give(from, taken, false));
            assertThat(Files.readString(taken)).isEqualTo("another's");
            assertThat(Files.exists(files.getPath("/a.inprogress.copy"))).isFalse();
        }
    }

    @Test
    void fileSystemsWithoutHardLinksAreToldByTheirWords() {
        for (String reason : new String[] {
            "Operation not permitted", "Operation not supported", "Function not implemented",
        }) {
            assertThat(FinalName.hasNoHardLinks(new FileSystemException("a", "b", reason)))
                    .as(reason)
                    .isTrue();
        }
        assertThat(FinalName.hasNoHardLinks(new FileSystemException("a", "b", "No space left on device")))
                .isFalse();
        assertThat(FinalName.hasNoHardLinks(new FileSystemException("a"))).isFalse();
    }
}
