package io.parquetflow.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What every journal file begins with: whose it is, and what its payloads are, in words, so that another process, another
 * release or a person can tell.
 *
 * <pre>
 *   0  magic "PFLOWJNL"
 *   8  version, 1
 *  12  length of the text
 *  16  CRC32C of version, length and text
 *  20  text: number of pairs, then key and value, each a length and UTF-8
 * </pre>
 *
 * <p>Thread-safe: immutable.
 */
public final class JournalHeader {
    /** The version that this release writes, and the newest it reads. */
    public static final int VERSION = 1;

    static final int FIXED_BYTES = 20;

    private static final byte[] MAGIC = "PFLOWJNL".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_TEXT_BYTES = 16 << 20;
    private static final String WRITER = "writer";

    private final SortedMap<String, String> values;
    private final int bytes;

    private JournalHeader(Map<String, String> values, int bytes) {
        this.values = new TreeMap<>(values);
        this.bytes = bytes;
    }

    /**
     * Makes one.
     *
     * @param writer the writer's name
     * @param values what else there is to say
     * @return a header
     */
    public static JournalHeader of(String writer, Map<String, String> values) {
        Map<String, String> all = new TreeMap<>(values);
        all.put(WRITER, writer);
        return new JournalHeader(all, 0);
    }

    /**
     * The writer's name.
     *
     * @return 13 characters
     */
    public String writer() {
        return get(WRITER);
    }

    /**
     * One value.
     *
     * @param key its name
     * @return the value, empty where there is none
     */
    public String get(String key) {
        return values.getOrDefault(key, "");
    }

    byte[] writerBytes() {
        return writer().getBytes(StandardCharsets.UTF_8);
    }

    /** The same for another file of this writer. */
    Map<String, String> values() {
        return values;
    }

    /** Where the frames begin; 0 when it was not read from a file. */
    int bytes() {
        return bytes;
    }

    byte[] toBytes() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(text)) {
            out.writeInt(values.size());
            for (Map.Entry<String, String> e : values.entrySet()) {
                put(out, e.getKey());
                put(out, e.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no device behind it
        }
        byte[] all = new byte[FIXED_BYTES + text.size()];
        ByteBuffer to = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        to.put(MAGIC).putInt(VERSION).putInt(text.size()).putInt(0).put(text.toByteArray());
        to.putInt(16, checksum(all));
        return all;
    }

    private static void put(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static int checksum(byte[] all) {
        CRC32C crc = new CRC32C();
        crc.update(all, 8, 8);
        crc.update(all, FIXED_BYTES, all.length - FIXED_BYTES);
        return (int) crc.getValue();
    }

    /**
     * Reads one.
     *
     * @param channel a file
     * @return its header; null when the file ends within it: then nothing was ever written behind it
     * @throws NotAJournal when it is something else, or damaged, or of a newer release
     * @throws IOException when it cannot be read
     */
    static JournalHeader read(FileChannel channel, String file) throws IOException {
        long size = channel.size();
        ByteBuffer fixed = read(channel, 0, (int) Math.min(size, FIXED_BYTES));
        for (int i = 0; i < Math.min(MAGIC.length, fixed.limit()); i++) {
            if (fixed.get(i) != MAGIC[i]) {
                throw new NotAJournal("[" + file + "] is no journal: it does not begin with PFLOWJNL");
            }
        }
        if (size < FIXED_BYTES) {
            return null;
        }
        int version = fixed.getInt(8);
        int length = fixed.getInt(12);
        if (version != VERSION) {
            throw new NotAJournal("[" + file + "] journal of version " + version + ", this release reads " + VERSION
                    + ": use the release that wrote it, or a newer one");
        }
        if (length < 0 || length > MOST_TEXT_BYTES) {
            throw new NotAJournal("[" + file + "] damaged journal header: length=" + length);
        }
        if (size < FIXED_BYTES + (long) length) {
            // A frame behind a header that never ended: then its length is what is wrong.
            if (hasFrame(read(channel, 0, (int) size))) {
                throw new NotAJournal("[" + file + "] damaged journal header: length=" + length + ", bytes=" + size);
            }
            return null;
        }
        byte[] all = new byte[FIXED_BYTES + length];
        read(channel, 0, FIXED_BYTES + length).get(all);
        if (fixed.getInt(16) != checksum(all)) {
            throw new NotAJournal("[" + file + "] damaged journal header: the checksum does not agree");
        }
        return new JournalHeader(parse(all, file), FIXED_BYTES + length);
    }

    private static boolean hasFrame(ByteBuffer file) {
        for (int i = FIXED_BYTES; i + Integer.BYTES <= file.limit(); i++) {
            if (file.getInt(i) == RecordBatch.MAGIC) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> parse(byte[] all, String file) throws IOException {
        Map<String, String> values = new TreeMap<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(all, FIXED_BYTES, all.length - FIXED_BYTES));
        try {
            int pairs = in.readInt();
            for (int i = 0; i < pairs; i++) {
                values.put(text(in), text(in));
            }
        } catch (IOException e) {
            throw new NotAJournal("[" + file + "] damaged journal header: " + e);
        }
        return values;
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length);
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer to = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (to.hasRemaining() && channel.read(to, at + to.position()) >= 0) {
            continue;
        }
        return to.flip();
    }

    /** A file that is none of ours, or not to be understood. It is never deleted. */
    public static final class NotAJournal extends IOException {
        private static final long serialVersionUID = 1;

        NotAJournal(String message) {
            super(message);
        }
    }
}
