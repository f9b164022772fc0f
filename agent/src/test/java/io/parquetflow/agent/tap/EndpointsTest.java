package io.parquetflow.agent.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final Filter ANY = new Filter(0, 65_535, null);

    private final AtomicLong made = new AtomicLong();
    private final Endpoints endpoints = new Endpoints();

    private Endpoint of(Object channel) {
        return endpoints.of(channel, key -> new Endpoint(made.getAndIncrement(), null, null, false, null, ANY));
    }

    @Test
    void asksOnceForEachChannelWhateverItEquals() {
        IdentityHashMap<Object, Endpoint> known = new IdentityHashMap<>();
        List<String> channels = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String channel = new String(new char[] {'s'}); // equal, and another one
            channels.add(channel);
            known.put(channel, of(channel));
        }
        assertThat(made).hasValue(10_000);
        for (String channel : channels) {
            assertThat(of(channel)).isSameAs(known.get(channel));
        }
        assertThat(made).hasValue(10_000);
    }

    @Test
    void aChannelHasOneNumberHoweverManyThreadsSeeItFirst() {
        Object channel = new Object();
        Endpoint inner = new Endpoint(7, null, null, false, null, ANY);
        Endpoint outer = endpoints.of(channel, key -> {
            assertThat(endpoints.of(channel, same -> inner)).isSameAs(inner); // another thread, in between
            return new Endpoint(8, null, null, false, null, ANY);
        });
        assertThat(outer).isSameAs(inner);
        assertThat(of(channel)).isSameAs(inner);
    }

    @Test
    void doesNotKeepTheApplicationsChannels() throws InterruptedException {
        Object channel = new Object();
        WeakReference<Object> reference = new WeakReference<>(channel);
        assertThat(of(channel)).isNotNull();
        channel = null;
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(reference.get()).isNull();
        assertThat(of(new Object()).id()).isEqualTo(1);
    }
}
