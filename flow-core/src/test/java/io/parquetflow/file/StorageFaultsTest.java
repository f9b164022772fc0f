package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full disk is waited for; anything else may be the file's fault. */
class StorageFaultsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "No space left on device",
                "Disk quota exceeded",
                "There is not enough space on the disk",
                "NO SPACE LEFT ON DEVICE"
            })
    void aDiskOrQuotaThatIsUsedUpIsFull(String message) {
        assertThat(StorageFaults.isFull(new IOException(message))).isTrue();
        assertThat(StorageFaults.isFull(new FileSystemException("capture/feed.parquet", null, message)))
                .isTrue();
    }

    @Test
    void tooLittleFreeIsFullWhateverItsMessage() {
        assertThat(StorageFaults.isFull(new StorageFaults.TooLittleFree(""))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Input/output error", "Read-only file system", "Permission denied", "Stale file handle"})
    void otherErrorsAreNot(String message) {
        assertThat(StorageFaults.isFull(new IOException(message))).isFalse();
    }

    @Test
    void anErrorWithoutAMessageIsNot() {
        assertThat(StorageFaults.isFull(new IOException())).isFalse();
    }
}
