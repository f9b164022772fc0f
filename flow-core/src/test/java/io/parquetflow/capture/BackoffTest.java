package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When to try again. */
class BackoffTest {
    private static final long MS = 1_000_000L;

    private final Backoff backoff = new Backoff();

    @Test
    void theFirstTryIsAtOnce() {
        assertThat(backoff.mayTry(Long.MIN_VALUE)).isTrue();
        assertThat(backoff.succeeded()).isFalse();
    }

    @Test
    void theWaitDoublesFromTenMillisecondsToASecond() {
        long now = Long.MAX_VALUE - 3 * MS; // nanoTime may overflow
        for (long wait : new long[] {10, 20, 40, 80, 160, 320, 640, 1000, 1000, 1000, 1000, 1000, 1000}) {
            backoff.failed(now);
            assertThat(backoff.mayTry(now)).isFalse();
            assertThat(backoff.mayTry(now + wait * MS - 1)).as("wait=" + wait).isFalse();
            assertThat(backoff.mayTry(now + wait * MS)).as("wait=" + wait).isTrue();
            now += wait * MS;
        }
        assertThat(backoff.failures()).isEqualTo(13);
    }

    @Test
    void afterASuccessItBeginsAgain() {
        backoff.failed(0);
        backoff.failed(0);
        assertThat(backoff.succeeded()).isTrue();
        assertThat(backoff.succeeded()).isFalse();
        assertThat(backoff.mayTry(0)).isTrue();
        backoff.failed(0);
        assertThat(backoff.mayTry(10 * MS)).isTrue();
    }
}
