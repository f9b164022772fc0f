package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar over the bytes to read, where a person looks on; nothing otherwise. */
final class ScanProgress implements LongConsumer, AutoCloseable {
    private static final long MEGABYTE = 1 << 20;

    /** A bar that is gone before it can be read is only a flicker. */
    private static final long LEAST_BYTES = 64 * MEGABYTE;

    private final ProgressBar bar;

    private ScanProgress(ProgressBar bar) {
        this.bar = bar;
    }

    static ScanProgress start(List<Path> files, boolean interactive) throws IOException {
        if (!interactive) {
            return new ScanProgress(null);
        }
        long total = 0;
        for (Path file : files) {
            total += Files.size(file);
        }
        return new ScanProgress(total < LEAST_BYTES ? null : bar(total));
    }

    @Override
    public void accept(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static ProgressBar bar(long total) {
        return new ProgressBarBuilder()
                .setTaskName("verify")
                .setInitialMax(total)
                .setUnit(" MB", MEGABYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build();
    }
}
