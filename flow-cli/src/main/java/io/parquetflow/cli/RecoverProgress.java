package io.parquetflow.cli;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar over the bytes of the journals of the dead, where a person looks on; nothing otherwise.
 *
 * <p>Not thread-safe.
 */
final class RecoverProgress implements LongConsumer, AutoCloseable {
    private static final long MEGABYTE = 1 << 20;

    /** A bar that is gone before it can be read is only a flicker. */
    private static final long LEAST_BYTES = 64 * MEGABYTE;

    private final ProgressBar bar;

    private RecoverProgress(ProgressBar bar) {
        this.bar = bar;
    }

    static RecoverProgress start(long bytes, boolean visible) {
        return new RecoverProgress(visible && bytes >= LEAST_BYTES ? bar(bytes) : null);
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
                .setTaskName("recover")
                .setInitialMax(total)
                .setUnit(" MB", MEGABYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .build();
    }
}
