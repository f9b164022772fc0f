package io.parquetflow.capture;

import io.parquetflow.spi.DropCause;
import io.parquetflow.spi.SealedSegment;
import io.parquetflow.spi.SinkListener;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Calls the user's listeners, whatever they throw.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Listeners {
    private final List<SinkListener> all;
    private final Progress progress;
    private final long[] droppedTold = new long[DropCause.values().length];

    Listeners(List<SinkListener> all, Progress progress) {
        this.all = List.copyOf(all);
        this.progress = progress;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void sealed(SealedSegment segment) {
        each(l -> l.sealed(segment));
    }

    void failed(Throwable cause) {
        each(l -> l.failed(cause));
    }

    void recovered() {
        each(SinkListener::recovered);
    }

    void dropped(Map<DropCause, Long> totals) {
        totals.forEach((cause, total) -> {
            long since = total - droppedTold[cause.slot()];
            droppedTold[cause.slot()] = total;
            if (since > 0) {
                each(l -> l.dropped(cause, since));
            }
        });
    }

    /** What they want footers to say; keys that are there stay. */
    void addKeys(Map<String, String> keys) {
        each(l -> l.footerKeys().forEach(keys::putIfAbsent));
    }

    private void each(Consumer<SinkListener> call) {
        for (SinkListener listener : all) {
            try {
                call.accept(listener);
            } catch (Throwable t) {
                progress.listenerError();
            }
        }
    }
}
