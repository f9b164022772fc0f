package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** GZIP: one member a page (RFC 1952), so that any reader's decompressor takes it. */
final class GzipPages extends PageCompressor {
    /** Magic, deflate, no flags, no time, no hints, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private static final int STEP = 64 << 10;

    private final Deflater deflater;
    private final CRC32 crc = new CRC32();

    GzipPages(int level) {
        deflater = new Deflater(level, true);
    }

    @Override
    public CompressionCodecName codecName() {
        return CompressionCodecName.GZIP;
    }

    @Override
    void compress(ByteBuffer from, int at, int length, DirectBytes to) {
        to.put(HEADER, 0, HEADER.length);
        crc.reset();
        crc.update(window(from, at, length));
        deflater.reset();
        deflater.setInput(window(from, at, length));
        deflater.finish();
        while (!deflater.finished()) {
            to.ensure(STEP);
            int written = deflater.deflate(window(to.memory(), to.size(), STEP));
            to.memory().clear();
            to.skip(written);
        }
        from.clear();
        to.putInt((int) crc.getValue());
        to.putInt(length);
    }

    @Override
    public void close() {
        deflater.end();
    }
}
