package io.parquetflow.column;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.column.Encoding;

/**
 * The closed pages of a column chunk, as they will lie in the file.
 *
 * <pre>
 *  [room for a header .. header][page] [room .. header][page] ...
 * </pre>
 *
 * A header's length is known only when its page is, so there is room in front of each page, and the header ends where
 * the page begins: one write for both, no copy. The dictionary page comes last here and is written first.
 *
 * <p>Not thread-safe.
 */
final class ChunkPages {
    /** A V1 header with CRC takes about 35 bytes, at most about 60; V2 ten more. */
    static final int HEADER_ROOM = 80;

    private final DirectBytes memory;
    private final CompactThrift header;
    private final CRC32 crc = new CRC32();
    /** The first {@link #count} are closed; the others wait to be used again. */
    private final List<ClosedPage> closed = new ArrayList<>();

    private int count;
    private final ClosedPage dictionary = new ClosedPage();
    private boolean hasDictionary;

    /** Where a page lies, and what the indexes need. */
    private static final class ClosedPage {
        private int headerAt;
        private int dataAt;
        private int end;
        private int rows;
        private int uncompressedBytes;
        private int encoding;

        int bytesInFile() {
            return end - headerAt;
        }

        /** As a chunk's total counts it: header and uncompressed data. */
        int bytesUncompressed() {
            return dataAt - headerAt + uncompressedBytes;
        }
    }

    /** What a data page V2 tells of itself in addition. */
    record V2(int nulls, int repetitionBytes, int definitionBytes, boolean compressed) {}

    ChunkPages(DirectBytes memory, CompactThrift scratch) {
        this.memory = memory;
        this.header = scratch;
    }

    DirectBytes memory() {
        return memory;
    }

    void clear() {
        memory.clear();
        count = 0;
        hasDictionary = false;
    }

    /** Room for the header of a page that begins behind it. */
    void open() {
        memory.skip(HEADER_ROOM);
    }

    /**
     * Closes a data page that ends at the end of the memory.
     *
     * @param dataAt its first byte behind the header
     * @param uncompressed bytes before compression, levels included
     * @param entries values and nulls
     * @param rows rows
     * @param encoding of the values
     * @param v2 null for data page V1
     */
    void close(int dataAt, int uncompressed, int entries, int rows, Encoding encoding, V2 v2) {
        int bytes = memory.size() - dataAt;
        int checksum = crc(dataAt);
        if (v2 == null) {
            PageHeaders.dataV1(header, uncompressed, bytes, checksum, entries, encoding);
        } else {
            PageHeaders.dataV2(header, uncompressed, bytes, checksum, entries, rows, encoding, v2);
        }
        if (count == closed.size()) {
            closed.add(new ClosedPage());
        }
        place(closed.get(count++), dataAt, uncompressed, rows, encoding);
    }

    /** Closes the dictionary page that ends at the end of the memory: PLAIN entries. */
    void closeDictionary(int dataAt, int uncompressed, int entries) {
        int checksum = crc(dataAt);
        PageHeaders.dictionary(header, uncompressed, memory.size() - dataAt, checksum, entries);
        place(dictionary, dataAt, uncompressed, 0, Encoding.PLAIN);
        hasDictionary = true;
    }

    /** Puts the header in front of a page. */
    private void place(ClosedPage page, int dataAt, int uncompressed, int rows, Encoding encoding) {
        if (header.size() > HEADER_ROOM) {
            throw new IllegalStateException("page header longer than its room: bytes=" + header.size());
        }
        page.headerAt = dataAt - header.size();
        memory.memory().put(page.headerAt, header.array(), 0, header.size());
        page.dataAt = dataAt;
        page.end = memory.size();
        page.rows = rows;
        page.uncompressedBytes = uncompressed;
        page.encoding = PageHeaders.number(encoding);
    }

    boolean hasDictionary() {
        return hasDictionary;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Data pages. */
    int count() {
        return count;
    }

    /** Number of the encoding of a data page's values. */
    int encoding(int page) {
        return closed.get(page).encoding;
    }

    private int crc(int dataAt) {
        crc.reset();
        crc.update(PageCompressor.window(memory.memory(), dataAt, memory.size() - dataAt));
        memory.memory().clear();
        return (int) crc.getValue();
    }

    /** Writes the dictionary page; nothing where there is none. */
    void writeDictionary(ChunkTarget target) throws IOException {
        if (hasDictionary) {
            write(dictionary, target);
        }
    }

    /** Writes the data pages. */
    void writeData(ChunkTarget target) throws IOException {
        for (int page = 0; page < count; page++) {
            write(closed.get(page), target);
        }
    }

    /** Writes a list of {@code PageLocation} of parquet.thrift: pages one behind the other, the first one at a place. */
    void writeLocations(CompactThrift out, int field, long firstPage) {
        out.list(field, CompactThrift.STRUCTS, count);
        long at = firstPage;
        long row = 0;
        for (int i = 0; i < count; i++) {
            ClosedPage page = closed.get(i);
            out.begin();
            out.i64(1, at);
            out.i32(2, page.bytesInFile());
            out.i64(3, row);
            out.end();
            at += page.bytesInFile();
            row += page.rows;
        }
    }

    private void write(ClosedPage page, ChunkTarget target) throws IOException {
        target.write(PageCompressor.window(memory.memory(), page.headerAt, page.bytesInFile()));
        memory.memory().clear();
    }

    /** All pages, headers included, before compression. */
    long uncompressedBytes() {
        long sum = hasDictionary ? dictionary.bytesUncompressed() : 0;
        for (int page = 0; page < count; page++) {
            sum += closed.get(page).bytesUncompressed();
        }
        return sum;
    }
}
