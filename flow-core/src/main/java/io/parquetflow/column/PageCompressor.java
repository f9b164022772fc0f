package io.parquetflow.column;

import io.parquetflow.spi.Codec;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses pages from direct memory to direct memory. Holds native state: close it.
 *
 * <p>Not thread-safe.
 */
public abstract sealed class PageCompressor implements AutoCloseable
        permits PageCompressor.None, LateCodec, ZstdPages, SnappyPages, GzipPages, Lz4Pages {
    private Runnable after = () -> {};

    PageCompressor() {}

    /**
     * Loads the codec.
     *
     * @param codec which
     * @param level its level, where it has one
     * @return a compressor
     * @throws LinkageError when its library is not there, or the native part cannot be loaded, as where no temporary
     *     directory can be written
     */
    public static PageCompressor of(Codec codec, int level) {
        return switch (codec) {
            case UNCOMPRESSED -> new None();
            case SNAPPY -> new SnappyPages();
            case GZIP -> new GzipPages(level);
            case ZSTD -> new ZstdPages(level);
            case LZ4_RAW -> new Lz4Pages();
        };
    }

    /**
     * Loads a codec with its first page, unless {@link #load} comes before.
     *
     * @param how answers the codec, once, on either thread; never one that does not compress
     * @return a compressor
     */
    public static PageCompressor late(Supplier<PageCompressor> how) {
        return new LateCodec(how);
    }

    /** Loads the codec now, if that was left for later. On any thread. */
    public void load() {}

    /**
     * The codec's name in the file.
     *
     * @return as parquet-java has it
     */
    public abstract CompressionCodecName codecName();

    /** Appends what becomes of {@code length} bytes of {@code from}. Moves both buffers' position and limit. */
    abstract void compress(ByteBuffer from, int at, int length, DirectBytes to);

    /** As {@link #compress}, and then what {@link #afterEach} was given. */
    final void compressPage(ByteBuffer from, int at, int length, DirectBytes to) {
        compress(from, at, length, to);
        after.run();
    }

    /**
     * Has something done after each page: a row group is many pages.
     *
     * @param work never throws
     */
    public void afterEach(Runnable work) {
        after = work;
    }

    Runnable afterEach() {
        return after;
    }

    boolean isNone() {
        return false;
    }

    @Override
    public void close() {}

    /** A view of {@code length} bytes; the codecs move it as they like. */
    static ByteBuffer window(ByteBuffer memory, int at, int length) {
        return memory.limit(at + length).position(at);
    }

    static final class None extends PageCompressor {
        @Override
        public CompressionCodecName codecName() {
            return CompressionCodecName.UNCOMPRESSED;
        }

        @Override
        void compress(ByteBuffer from, int at, int length, DirectBytes to) {
            to.put(from, at, length);
        }

        @Override
        boolean isNone() {
            return true;
        }
    }
}
