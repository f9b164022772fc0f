package io.parquetflow.cli.inspect;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Decompresses into exactly as many bytes as the page header promises, never more. */
final class PageCodec {
    private PageCodec() {}

    /**
     * Fills {@code out} from {@code outFrom} to its end.
     *
     * @throws IOException when the bytes do not decompress, or to another length
     */
    static void decompress(CompressionCodec codec, byte[] in, int inFrom, byte[] out, int outFrom) throws IOException {
        int inLength = in.length - inFrom;
        int outLength = out.length - outFrom;
        long made;
        try {
            made = switch (codec) {
                case UNCOMPRESSED -> copy(in, inFrom, out, outFrom);
                case SNAPPY -> snappy(in, inFrom, out, outFrom);
                case GZIP -> gzip(in, inFrom, out, outFrom);
                case ZSTD -> zstd(in, inFrom, out, outFrom);
                case LZ4_RAW -> new Lz4Decompressor().decompress(in, inFrom, inLength, out, outFrom, outLength);
                case LZ4, LZO, BROTLI -> throw new IOException("codec " + codec + " is not supported");
            };
        } catch (RuntimeException e) {
            throw new IOException("does not decompress (" + codec + "): " + SegmentException.words(e), e);
        } catch (LinkageError e) {
            throw new IOException("the native library of " + codec + " does not load: " + SegmentException.words(e), e);
        }
        if (made != outLength) {
            throw new IOException(
                    "decompresses to another length (" + codec + "): expected=" + outLength + ", actual=" + made);
        }
    }

    private static long copy(byte[] in, int inFrom, byte[] out, int outFrom) {
        int length = in.length - inFrom;
        if (length == out.length - outFrom) {
            System.arraycopy(in, inFrom, out, outFrom, length);
        }
        return length;
    }

    /** The library trusts the length in the stream, so it is compared first. */
    private static long snappy(byte[] in, int inFrom, byte[] out, int outFrom) throws IOException {
        int inLength = in.length - inFrom;
        int promised = Snappy.uncompressedLength(in, inFrom, inLength);
        if (promised != out.length - outFrom) {
            return promised;
        }
        return Snappy.uncompress(in, inFrom, inLength, out, outFrom);
    }

    private static long gzip(byte[] in, int inFrom, byte[] out, int outFrom) throws IOException {
        try (GZIPInputStream unzip =
                new GZIPInputStream(new ByteArrayInputStream(in, inFrom, in.length - inFrom), 8192)) {
            int made = unzip.readNBytes(out, outFrom, out.length - outFrom);
            return unzip.read() < 0 ? made : made + 1L;
        }
    }

    private static long zstd(byte[] in, int inFrom, byte[] out, int outFrom) throws IOException {
        long made = Zstd.decompressByteArray(out, outFrom, out.length - outFrom, in, inFrom, in.length - inFrom);
        if (Zstd.isError(made)) {
            throw new IOException("does not decompress (ZSTD): " + Zstd.getErrorName(made));
        }
        return made;
    }
}
