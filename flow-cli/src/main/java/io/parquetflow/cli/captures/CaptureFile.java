package io.parquetflow.cli.captures;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Opens captures: tells how a file is compressed and what is in it by its first bytes, never by its name.
 *
 * <p>Thread-safe: it has no state. The reader that it gives is not.
 */
public final class CaptureFile {
    private static final int MAGIC_BYTES = 4;
    /** What is looked at to tell text from other bytes: a header of any binary format is shorter. */
    private static final int PROBE_BYTES = 4096;

    private static final int ESCAPE = 0x1b;
    private static final int DELETE = 0x7f;

    private CaptureFile() {}

    /**
     * Opens a pcap, pcapng or text file, which may be compressed with gzip or zstd.
     *
     * @param path the file, or a pipe
     * @param filter which packets are wanted; a text file has none, so only {@link PacketFilter#EVERYTHING} suits it
     * @param progress told how far it is, on the thread that reads
     * @return a reader, to be closed
     * @throws IOException in one line with the file first, when there is no such file, it cannot be read, or it is
     *     none of these formats
     */
    public static PayloadReader open(Path path, PacketFilter filter, Progress progress) throws IOException {
        return open(path.toString(), openRaw(path, progress), filter);
    }

    /** Closes {@code raw} with the reader, and at once where there is none. */
    static PayloadReader open(String file, FileBytes raw, PacketFilter filter) throws IOException {
        try {
            return reader(new ByteSource(file, raw, compression(file, raw)), filter);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static Compression compression(String file, FileBytes raw) throws IOException {
        try {
            return Compression.of(raw);
        } catch (IOException e) {
            throw new IOException(Compression.NONE.damage(file, raw, 0, e).line(), e);
        }
    }

    private static FileBytes openRaw(Path path, Progress progress) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("[" + path + "] is a directory: name the captures in it");
        }
        try {
            long size = Files.isRegularFile(path) ? Files.size(path) : PayloadReader.UNKNOWN_SIZE;
            return new FileBytes(Files.newInputStream(path), size, progress);
        } catch (NoSuchFileException e) {
            throw new IOException("[" + path + "] no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("[" + path + "] no permission to read it", e);
        } catch (IOException e) {
            throw new IOException("[" + path + "] cannot be opened: " + e.getMessage(), e);
        }
    }

    private static PayloadReader reader(ByteSource source, PacketFilter filter) throws IOException {
        int have = source.want(MAGIC_BYTES);
        if (have < MAGIC_BYTES && source.damage() != null) {
            throw new IOException(source.damage().line());
        }
        if (have >= MAGIC_BYTES) {
            long number = Bytes.u32(source.bytes(), source.at());
            if (number == PcapngReader.SECTION) {
                return new PcapngReader(source, filter);
            }
            if (PcapReader.isMagic(number) || PcapReader.isMagic(Integer.reverseBytes((int) number) & 0xffffffffL)) {
                return new PcapReader(source, filter);
            }
        }
        refuseBinary(source);
        if (!filter.isEverything()) {
            throw new IOException("[" + source.file() + "] is text, which has no ports and hosts to filter by: "
                    + "leave out --udp-port and --host");
        }
        return new LineReader(source);
    }

    private static void refuseBinary(ByteSource source) throws IOException {
        int have = Math.min(source.want(PROBE_BYTES), PROBE_BYTES);
        byte[] bytes = source.bytes();
        int at = source.at();
        for (int i = 0; i < have; i++) {
            if (!isText(Bytes.u8(bytes, at + i))) {
                String magic = HexFormat.of().formatHex(bytes, at, at + Math.min(have, MAGIC_BYTES));
                throw new IOException("[" + source.file() + "] wrong magic: offset=0, found=0x" + magic
                        + "; pcap, pcapng and text can be imported, plain, gzip or zstd");
            }
        }
    }

    /** Text has no control characters but those that move the cursor or begin an escape sequence. */
    private static boolean isText(int value) {
        boolean movesCursor = '\b' <= value && value <= '\r';
        return movesCursor || value == ESCAPE || (value >= ' ' && value != DELETE);
    }
}
