package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.ring.DeadSlab;
import io.parquetflow.ring.SlabFile;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a test, no slab in shared memory is of a sink in the test's temporary directory: nobody would ever delete it, and
 * the machine's memory is everybody's.
 */
public final class NoSlabLeft implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Path temporary = temporaryDirectory(context.getRequiredTestInstance());
        Path shared = SlabFile.defaultDirectory().orElse(null);
        if (shared == null || !Files.isDirectory(shared)) {
            return;
        }
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> slabs = Files.newDirectoryStream(shared, "*.slab")) {
            for (Path slab : slabs) {
                if (isOf(slab, temporary)) {
                    left.add(slab);
                }
            }
        }
        for (Path slab : left) {
            SlabFile.delete(slab); // before it is said
        }
        assertThat(left).as("slabs that the test left").isEmpty();
    }

    private static Path temporaryDirectory(Object test) throws IllegalAccessException {
        for (Field field : test.getClass().getDeclaredFields()) {
            if (field.isAnnotationPresent(TempDir.class)) {
                field.setAccessible(true);
                return ((Path) field.get(test)).toAbsolutePath();
            }
        }
        throw new IllegalStateException("no @TempDir in " + test.getClass());
    }

    private static boolean isOf(Path slab, Path directory) {
        try (DeadSlab dead = DeadSlab.open(slab)) {
            return dead.dataDirectory().startsWith(directory);
        } catch (IOException e) {
            return false; // another test's, being made or deleted at the moment
        }
    }
}
