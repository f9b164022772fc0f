package io.parquetflow.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A sealed segment as the directory shows it.
 *
 * @param path where it lies
 * @param name its name, taken apart
 * @param bytes its length
 * @param modified when it was last written
 */
public record SealedFile(Path path, SegmentName name, long bytes, Instant modified) {
    static final Comparator<SealedFile> OLDEST_FIRST = Comparator.comparing(
                    (SealedFile f) -> f.name().opened())
            .thenComparing(f -> f.name().writer())
            .thenComparing(f -> f.name().number());

    static Optional<SealedFile> of(Path path, SegmentName name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Optional.empty(); // others write directories with such names
            }
            return Optional.of(new SealedFile(
                    path, name, attributes.size(), attributes.lastModifiedTime().toInstant()));
        } catch (IOException e) {
            return Optional.empty(); // deleted or moved by its user meanwhile
        }
    }
}
