package io.parquetflow.ring;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The first page of a slab file, little endian.
 *
 * <pre>
 *  at    bytes  what
 *  0     8      magic "PQFLSLAB"; stored last, so that a slab without it was never used
 *  8     4      version, 1
 *  12    4      CRC-32C of bytes 16 to 3583
 *  16    4      ring bytes
 *  20    4      block bytes
 *  24    4      largest payload, bytes
 *  28    4      0
 *  32    8      nonce of the markers: secret, which is why the file is for its owner only
 *  40    ...    writer, sink, data directory (as a URI): each 2 bytes of length, then UTF-8; then 0
 *  ----- from here on written while the ring is used, not covered by the checksum
 *  3584  8      released: no record in front of this position is needed any more
 *  3592  504    0
 *  4096         the blocks
 * </pre>
 *
 * <p>A URI, because a path that is not of the locale's character set does not survive as text.
 *
 * <p>Thread-safe: immutable; {@link #release} is the writer thread's.
 */
final class SlabHeader {
    static final int BYTES = 4096;
    static final int RELEASED = 3584;

    static final int MAGIC = 0;
    static final int VERSION = 8;
    static final int CRC = 12;
    static final int RING_BYTES = 16;
    static final int BLOCK_BYTES = 20;
    static final int MAX_PAYLOAD = 24;
    static final int NONCE = 32;
    static final int TEXTS = 40;

    static final int THIS_VERSION = 1;
    /** "PQFLSLAB", first letter in the lowest byte. */
    private static final long MAGIC_WORD = 0x42414c534c465150L;

    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    final int ringBytes;
    final int blockBytes;
    final int maxPayload;
    final long nonce;
    final String writer;
    final String sink;
    final Path dataDirectory;

    SlabHeader(
            int ringBytes, int blockBytes, int maxPayload, long nonce, String writer, String sink, Path dataDirectory) {
        this.ringBytes = ringBytes;
        this.blockBytes = blockBytes;
        this.maxPayload = maxPayload;
        this.nonce = nonce;
        this.writer = writer;
        this.sink = sink;
        this.dataDirectory = dataDirectory;
    }

    /** The whole file's length. */
    static long fileBytes(long ringBytes, long blockBytes, long maxPayload) {
        return BYTES + ringBytes + Slab.tailBytes(blockBytes, maxPayload);
    }

    /** The page as it is in the file, but for the magic. */
    ByteBuffer page() throws IOException {
        ByteBuffer page = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        page.putInt(VERSION, THIS_VERSION)
                .putInt(RING_BYTES, ringBytes)
                .putInt(BLOCK_BYTES, blockBytes)
                .putInt(MAX_PAYLOAD, maxPayload)
                .putLong(NONCE, nonce);
        page.position(TEXTS);
        for (String text : new String[] {writer, sink, dataDirectory.toUri().toString()}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length + Short.BYTES > RELEASED - page.position()) {
                throw new IOException("[" + dataDirectory + "] the names of writer, sink and directory do not fit into"
                        + " the slab's header: bytes of room=" + (RELEASED - TEXTS) + "; use shorter ones");
            }
            page.putShort((short) bytes.length).put(bytes);
        }
        page.clear();
        page.putInt(CRC, checksum(page));
        return page;
    }

    /** Makes a file that holds {@link #page} a slab. */
    static void finish(ByteBuffer memory) {
        LONG.setRelease(memory, MAGIC, MAGIC_WORD);
    }

    /** Where a reader has to start. Release: whoever sees room in the ring may write over the blocks in front of it. */
    static void release(ByteBuffer memory, long position) {
        LONG.setRelease(memory, RELEASED, position);
    }

    static long released(ByteBuffer memory) {
        return (long) LONG.getAcquire(memory, RELEASED);
    }

    private static int checksum(ByteBuffer page) {
        CRC32C crc = new CRC32C();
        crc.update(page.duplicate().position(RING_BYTES).limit(RELEASED));
        return (int) crc.getValue();
    }

    /** Reads what may be anything. */
    static SlabHeader read(Path file, ByteBuffer page) throws IOException {
        long magic = page.getLong(MAGIC);
        if (magic != MAGIC_WORD) {
            throw new DeadSlab.NotASlab(
                    file,
                    "magic=" + Long.toHexString(magic) + ", expected=" + Long.toHexString(MAGIC_WORD)
                            + (magic == 0 ? ": its writer died while it made it" : ""),
                    magic == 0);
        }
        int version = page.getInt(VERSION);
        if (Integer.compareUnsigned(version, THIS_VERSION) > 0) {
            throw new DeadSlab.NewerVersion(file, Integer.toUnsignedString(version));
        }
        if (version != THIS_VERSION || page.getInt(CRC) != checksum(page)) {
            throw new DeadSlab.NotASlab(
                    file,
                    "version=" + version + ", checksum=" + Integer.toHexString(page.getInt(CRC)) + ", expected="
                            + Integer.toHexString(checksum(page)),
                    false);
        }
        String fault = Slab.fault(page.getInt(RING_BYTES), page.getInt(BLOCK_BYTES), page.getInt(MAX_PAYLOAD));
        if (fault != null) {
            throw new DeadSlab.NotASlab(file, fault, false);
        }
        ByteBuffer texts =
                page.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(TEXTS).limit(RELEASED);
        return new SlabHeader(
                page.getInt(RING_BYTES),
                page.getInt(BLOCK_BYTES),
                page.getInt(MAX_PAYLOAD),
                page.getLong(NONCE),
                text(file, texts),
                text(file, texts),
                path(file, text(file, texts)));
    }

    private static String text(Path file, ByteBuffer texts) throws IOException {
        int length = texts.remaining() < Short.BYTES ? Integer.MAX_VALUE : texts.getShort() & 0xffff;
        if (length > texts.remaining()) {
            throw new DeadSlab.NotASlab(file, "a name in its header is longer than the header", false);
        }
        byte[] bytes = new byte[length];
        texts.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Path path(Path file, String uri) throws IOException {
        try {
            return Path.of(URI.create(uri));
        } catch (IllegalArgumentException | FileSystemNotFoundException | SecurityException e) {
            throw new DeadSlab.NotASlab(file, "its data directory is no path: " + uri, false);
        }
    }
}
