package io.parquetflow.cli;

import io.parquetflow.cli.captures.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar over the bytes of all captures, as they are on disk, where a person looks on; nothing otherwise. */
final class ImportProgress implements Progress, AutoCloseable {
    private static final long MEGABYTE = 1 << 20;

    private final ProgressBar bar;
    private long before;
    private long inThisFile;

    private ImportProgress(ProgressBar bar) {
        this.bar = bar;
    }

    static ImportProgress start(List<Path> files, boolean visible) {
        return new ImportProgress(visible ? bar(total(files)) : null);
    }

    @Override
    public void fetched(long positionBytes, long sizeBytes) {
        inThisFile = positionBytes;
        if (bar != null) {
            bar.stepTo(before + positionBytes);
        }
    }

    void nextFile() {
        before += inThisFile;
        inThisFile = 0;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** A file that cannot be looked at counts for nothing; it is reported when its turn comes. */
    private static long total(List<Path> files) {
        long total = 0;
        for (Path file : files) {
            try {
                total += Files.isRegularFile(file) ? Files.size(file) : 0;
            } catch (IOException reportedLater) {
                continue;
            }
        }
        return total;
    }

    private static ProgressBar bar(long total) {
        return new ProgressBarBuilder()
                .setTaskName("import")
                .setInitialMax(total)
                .setUnit(" MB", MEGABYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build();
    }
}
