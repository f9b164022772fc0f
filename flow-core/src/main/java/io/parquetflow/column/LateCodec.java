package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * A codec that is loaded ahead of its first page by another thread, or with it. Native ones unpack a library to a temporary
 * file and link it: nobody who opens a sink has to wait for that.
 *
 * <p>{@link #load} and {@link #close} on any thread, all else as {@link PageCompressor}.
 */
final class LateCodec extends PageCompressor {
    private final Supplier<PageCompressor> how;
    private volatile PageCompressor loaded;
    private boolean isClosed;

    LateCodec(Supplier<PageCompressor> how) {
        this.how = how;
    }

    @Override
    public void load() {
        loaded();
    }

    /** Null only behind a close. */
    private PageCompressor loaded() {
        PageCompressor there = loaded;
        return there == null ? loadNow() : there;
    }

    private synchronized PageCompressor loadNow() {
        if (loaded == null && !isClosed) {
            loaded = how.get();
        }
        return loaded;
    }

    @Override
    public CompressionCodecName codecName() {
        return loaded().codecName();
    }

    @Override
    void compress(ByteBuffer from, int at, int length, DirectBytes to) {
        loaded().compress(from, at, length, to);
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (loaded != null) {
            loaded.close();
        }
    }
}
