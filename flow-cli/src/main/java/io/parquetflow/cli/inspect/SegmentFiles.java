package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.CommandFailed;
import io.parquetflow.file.FlowDirectory;
import io.parquetflow.file.SegmentName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the sealed segments that a user means by a file or a directory. Directories whose name begins with an
 * underscore or a dot ({@code _flow}, {@code _rejects}, {@code _recovered}) hold other things and are never entered.
 */
final class SegmentFiles {
    /** Oldest first; files that are not named like segments come after those that are. */
    static final Comparator<Path> IN_TIME =
            Comparator.comparing(SegmentFiles::timeKey).thenComparing(Path::toString);

    private static final String REJECTS_SUFFIX = ".rejects";
    private static final String RECOVERED_SUFFIX = ".recovered";

    private SegmentFiles() {}

    /**
     * The file itself, or all segments below the directory, oldest first.
     *
     * @throws CommandFailed when a directory has none
     */
    static List<Path> find(Path target) throws IOException {
        if (!Files.exists(target)) {
            throw new NoSuchFileException(target.toString());
        }
        if (!Files.isDirectory(target)) {
            return List.of(target);
        }
        List<Path> found = list(target);
        if (found.isEmpty()) {
            throw new CommandFailed(
                    "[" + target + "] no sealed segments (*.parquet) here; is it the sink's directory, and"
                            + " has a segment been sealed yet? --live shows what is not sealed");
        }
        return found;
    }

    /** All segments below a directory, oldest first; none is fine. */
    static List<Path> list(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(directory, new Walk(directory, found));
        found.sort(IN_TIME);
        return found;
    }

    /** The files of rejects that belong to the directory's segments; none for a single file. */
    static List<Path> rejects(Path target) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(target)) {
            Files.walkFileTree(target, new RejectsWalk(target, found));
        }
        found.sort(IN_TIME);
        return found;
    }

    /** What a file's name says, be it a segment, the rejects of one, or payloads that were to be decoded. */
    static Optional<SegmentName> nameOf(Path file) {
        String name = file.getFileName().toString();
        for (String suffix : List.of(REJECTS_SUFFIX, RECOVERED_SUFFIX)) {
            if (name.endsWith(suffix)) {
                return SegmentName.parse(name.substring(0, name.length() - suffix.length()));
            }
        }
        return SegmentName.parse(name);
    }

    private static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith("_") || name.startsWith(".");
    }

    private static String timeKey(Path file) {
        return nameOf(file)
                .map(n -> String.format("%020d", n.opened().toEpochMilli())
                        + n.writer()
                        + String.format("%09d", n.number()))
                .orElse("1");
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path top;
        private final List<Path> found;

        Walk(Path top, List<Path> found) {
            this.top = top;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (directory.equals(top)) {
                return FileVisitResult.CONTINUE;
            }
            return isHidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        /** Retention deletes while we look. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException && !file.equals(top)) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean parquet = file.getFileName().toString().endsWith(SegmentName.SUFFIX);
            if (parquet && !isHidden(file) && Files.isRegularFile(file)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** Enters what {@link Walk} enters, and the directories of rejects there. */
    private static final class RejectsWalk extends SimpleFileVisitor<Path> {
        private final Path top;
        private final List<Path> found;

        RejectsWalk(Path top, List<Path> found) {
            this.top = top;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean entered = directory.equals(top) || isRejects(directory) || !isHidden(directory);
            return entered ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean rejects = file.getFileName().toString().endsWith(SegmentName.SUFFIX + REJECTS_SUFFIX);
            if (rejects && isRejects(file.getParent()) && attributes.isRegularFile()) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isRejects(Path directory) {
            return directory.endsWith(FlowDirectory.REJECTS);
        }
    }
}
