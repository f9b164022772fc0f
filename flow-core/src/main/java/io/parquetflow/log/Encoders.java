package io.parquetflow.log;

import io.parquetflow.spi.VirtualThreads;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A draft and an encoder for whoever logs: each platform thread has its own, virtual threads share a few, and an event that
 * is logged by the text of another event's argument gets a pair that nobody else has.
 *
 * <p>Thread-safe.
 *
 * @param <E> the framework's event
 */
final class Encoders<E> {
    /** Of virtual threads: they hold one for less than a microsecond. */
    private static final int SHARED = 64;

    /** An argument whose text logs an argument whose text logs: somebody's mistake, and not to be followed for ever. */
    private static final int MOST_NESTED = 8;

    private final EventForm form;
    private final Supplier<? extends EventDraft<E>> drafts;

    @SuppressWarnings("ThreadLocalUsage") // each appender has its own columns
    private final ThreadLocal<Own<E>> own = new ThreadLocal<>();

    private final AtomicReferenceArray<Pair<E>> shared = new AtomicReferenceArray<>(SHARED);

    /** What an event is filled into, and what makes a row of it. */
    record Pair<E>(EventDraft<E> draft, EventEncoder encoder) {}

    private static final class Own<E> {
        private final Pair<E> pair;
        private int depth;

        Own(Pair<E> pair) {
            this.pair = pair;
        }
    }

    Encoders(EventForm form, Supplier<? extends EventDraft<E>> drafts) {
        this.form = form;
        this.drafts = drafts;
    }

    private Pair<E> newPair() {
        return new Pair<>(drafts.get(), new EventEncoder(form));
    }

    /** Null when events are nested too deep. Give it back. */
    Pair<E> take() {
        if (VirtualThreads.isVirtual(Thread.currentThread())) {
            Pair<E> one = shared.getAndSet(slot(), null);
            return one == null ? newPair() : one;
        }
        Own<E> mine = own.get();
        if (mine == null) {
            mine = new Own<>(newPair());
            own.set(mine);
        }
        if (mine.depth >= MOST_NESTED) {
            return null;
        }
        Pair<E> pair = mine.depth == 0 ? mine.pair : newPair();
        mine.depth++;
        return pair;
    }

    void giveBack(Pair<E> pair) {
        pair.draft().clear();
        if (VirtualThreads.isVirtual(Thread.currentThread())) {
            shared.compareAndSet(slot(), null, pair);
        } else {
            own.get().depth--;
        }
    }

    private static int slot() {
        return (int) Thread.currentThread().getId() & (SHARED - 1);
    }
}
