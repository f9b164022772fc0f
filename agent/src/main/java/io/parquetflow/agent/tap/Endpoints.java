package io.parquetflow.agent.tap;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is known of the application's channels and sockets, by identity, as long as the application keeps them. Looking one up
 * allocates nothing and waits for nobody.
 *
 * <p>Thread-safe.
 */
final class Endpoints {
    private static final int FIRST_SLOTS = 64;

    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private volatile AtomicReferenceArray<Entry> slots = new AtomicReferenceArray<>(FIRST_SLOTS);
    private int size;

    private static final class Entry extends WeakReference<Object> {
        private final int hash;
        private final Endpoint endpoint;
        private final Entry next;

        Entry(Object key, int hash, Endpoint endpoint, Entry next, ReferenceQueue<Object> gone) {
            super(key, gone);
            this.hash = hash;
            this.endpoint = endpoint;
            this.next = next;
        }
    }

    /**
     * What is known of a channel.
     *
     * @param make asked for what is not known yet
     */
    Endpoint of(Object channel, Function<Object, Endpoint> make) {
        int hash = System.identityHashCode(channel);
        Endpoint known = find(channel, hash);
        return known != null ? known : add(channel, hash, make.apply(channel));
    }

    private Endpoint find(Object channel, int hash) {
        AtomicReferenceArray<Entry> now = slots;
        for (Entry entry = now.get(hash & (now.length() - 1)); entry != null; entry = entry.next) {
            if (entry.hash == hash && entry.refersTo(channel)) {
                return entry.endpoint;
            }
        }
        return null;
    }

    /** Answers another thread's, if that was faster: a channel has one number. */
    private synchronized Endpoint add(Object channel, int hash, Endpoint endpoint) {
        Endpoint known = find(channel, hash);
        if (known != null) {
            return known;
        }
        forgetTheGone();
        if (size >= slots.length()) {
            slots = copy(2 * slots.length());
        }
        int slot = hash & (slots.length() - 1);
        slots.set(slot, new Entry(channel, hash, endpoint, slots.get(slot), gone));
        size++;
        return endpoint;
    }

    private void forgetTheGone() {
        if (gone.poll() != null) {
            while (gone.poll() != null) {
                // all of them at once
            }
            slots = copy(slots.length());
        }
    }

    private AtomicReferenceArray<Entry> copy(int length) {
        AtomicReferenceArray<Entry> to = new AtomicReferenceArray<>(length);
        int[] count = new int[1];
        forEach(slots, entry -> {
            Object key = entry.get();
            if (key != null) {
                int slot = entry.hash & (length - 1);
                to.set(slot, new Entry(key, entry.hash, entry.endpoint, to.get(slot), gone));
                count[0]++;
            }
        });
        size = count[0];
        return to;
    }

    private static void forEach(AtomicReferenceArray<Entry> of, Consumer<Entry> action) {
        for (int i = 0; i < of.length(); i++) {
            for (Entry entry = of.get(i); entry != null; entry = entry.next) {
                action.accept(entry);
            }
        }
    }

    synchronized boolean hasDatagrams() {
        boolean[] has = new boolean[1];
        forEach(slots, entry -> has[0] |= entry.endpoint.datagrams() != null);
        return has[0];
    }

    synchronized void forEachDatagram(Consumer<Endpoint> action) {
        forEach(slots, entry -> {
            if (entry.endpoint.datagrams() != null && !entry.refersTo(null)) {
                action.accept(entry.endpoint);
            }
        });
    }
}
