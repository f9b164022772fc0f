package io.parquetflow.column;

import io.airlift.compress.lz4.Lz4Compressor;
import java.nio.ByteBuffer;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** LZ4_RAW. */
final class Lz4Pages extends PageCompressor {
    private final Lz4Compressor compressor = new Lz4Compressor();

    @Override
    public CompressionCodecName codecName() {
        return CompressionCodecName.LZ4_RAW;
    }

    @Override
    void compress(ByteBuffer from, int at, int length, DirectBytes to) {
        int bound = compressor.maxCompressedLength(length);
        to.ensure(bound);
        ByteBuffer target = window(to.memory(), to.size(), bound);
        compressor.compress(window(from, at, length), target);
        int written = target.position() - to.size();
        to.memory().clear();
        from.clear();
        to.skip(written);
    }
}
