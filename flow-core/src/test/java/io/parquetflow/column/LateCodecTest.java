package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

class LateCodecTest {
    private final AtomicInteger loads = new AtomicInteger();

    private PageCompressor load() {
        loads.incrementAndGet();
        return PageCompressor.of(Codec.GZIP, 1);
    }

    private static int compress(PageCompressor codec) {
        DirectBytes to = new DirectBytes(64);
        codec.compressPage(ByteBuffer.allocateDirect(1_000), 0, 1_000, to);
        return to.size();
    }

    @Test
    void isLoadedWithItsFirstPageAndOnce() {
        try (PageCompressor late = PageCompressor.late(this::load);
                PageCompressor gzip = PageCompressor.of(Codec.GZIP, 1)) {
            assertThat(loads).hasValue(0);
            assertThat(compress(late)).isEqualTo(compress(gzip));
            assertThat(compress(late)).isEqualTo(compress(gzip));
            assertThat(late.codecName()).isEqualTo(CompressionCodecName.GZIP);
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void twoThreadsLoadItOnce() throws InterruptedException {
        CountDownLatch loading = new CountDownLatch(1);
        try (PageCompressor late = PageCompressor.late(() -> {
            loading.countDown();
            return load();
        })) {
            Thread other = new Thread(late::load);
            other.start();
            loading.await(); // in the middle of it
            late.load();
            other.join();
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    void isNotLoadedBehindAClose() {
        PageCompressor late = PageCompressor.late(this::load);
        late.close();
        late.load();
        assertThat(loads).hasValue(0);
    }
}
