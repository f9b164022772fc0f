package io.parquetflow.column;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** SNAPPY. */
final class SnappyPages extends PageCompressor {
    SnappyPages() {
        Snappy.getNativeLibraryVersion(); // loads the native part now, not in the middle of a row group
    }

    @Override
    public CompressionCodecName codecName() {
        return CompressionCodecName.SNAPPY;
    }

    @Override
    void compress(ByteBuffer from, int at, int length, DirectBytes to) {
        int bound = Snappy.maxCompressedLength(length);
        to.ensure(bound);
        try {
            int written = Snappy.compress(window(from, at, length), window(to.memory(), to.size(), bound));
            to.memory().clear();
            from.clear();
            to.skip(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
