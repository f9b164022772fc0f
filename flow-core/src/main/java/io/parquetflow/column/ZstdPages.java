package io.parquetflow.column;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** ZSTD, one context for all pages. */
final class ZstdPages extends PageCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx();

    ZstdPages(int level) {
        context.setLevel(level);
    }

    @Override
    public CompressionCodecName codecName() {
        return CompressionCodecName.ZSTD;
    }

    @Override
    void compress(ByteBuffer from, int at, int length, DirectBytes to) {
        int bound = Math.toIntExact(Zstd.compressBound(length));
        to.ensure(bound);
        int written = context.compressDirectByteBuffer(to.memory(), to.size(), bound, from, at, length);
        to.skip(written);
    }

    @Override
    public void close() {
        context.close();
    }
}
