package io.parquetflow.column;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndexBuilder;

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

    private static final ParquetMetadataConverter CONVERTER = new ParquetMetadataConverter();

    private final DirectBytes memory;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream(HEADER_ROOM);
    private final CRC32 crc = new CRC32();
    private final List<ClosedPage> closed = new ArrayList<>();
    private ClosedPage dictionary;

    /** Where a page lies, and what the indexes need. */
    private record ClosedPage(
            int headerAt,
            int dataAt,
            int end,
            int rows,
            int uncompressedBytes,
            long byteArrayBytes,
            Encoding encoding) {
        int bytesInFile() {
            return end - headerAt;
        }

        /** As a chunk's total counts it: header and uncompressed data. */
        int bytesUncompressed() {
            return dataAt - headerAt + uncompressedBytes;
        }
    }

    /** What a data page V2 tells of itself in addition. */
    record V2(int rows, int nulls, int repetitionBytes, int definitionBytes, boolean compressed) {}

    ChunkPages(DirectBytes memory) {
        this.memory = memory;
    }

    DirectBytes memory() {
        return memory;
    }

    void clear() {
        memory.clear();
        closed.clear();
        dictionary = null;
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
     * @param byteArrayBytes of its byte arrays, without lengths
     * @param encoding of the values
     * @param v2 null for data page V1
     */
    void close(int dataAt, int uncompressed, int entries, int rows, long byteArrayBytes, Encoding encoding, V2 v2) {
        int bytes = memory.size() - dataAt;
        int checksum = crc(dataAt);
        header.reset();
        try {
            if (v2 == null) {
                CONVERTER.writeDataPageV1Header(
                        uncompressed, bytes, entries, Encoding.RLE, Encoding.RLE, encoding, checksum, header);
            } else {
                CONVERTER.writeDataPageV2Header(
                        uncompressed,
                        bytes,
                        entries,
                        v2.nulls(),
                        v2.rows(),
                        encoding,
                        v2.repetitionBytes(),
                        v2.definitionBytes(),
                        v2.compressed(),
                        checksum,
                        header,
                        null,
                        null);
            }
        } catch (IOException e) {
            throw new AssertionError("a byte array refuses no write", e);
        }
        int headerAt = placeHeader(dataAt);
        closed.add(new ClosedPage(headerAt, dataAt, memory.size(), rows, uncompressed, byteArrayBytes, encoding));
    }

    /** Closes the dictionary page that ends at the end of the memory: PLAIN entries. */
    void closeDictionary(int dataAt, int uncompressed, int entries) {
        int checksum = crc(dataAt);
        header.reset();
        try {
            CONVERTER.writeDictionaryPageHeader(
                    uncompressed, memory.size() - dataAt, entries, Encoding.PLAIN, checksum, header);
        } catch (IOException e) {
            throw new AssertionError("a byte array refuses no write", e);
        }
        int headerAt = placeHeader(dataAt);
        dictionary = new ClosedPage(headerAt, dataAt, memory.size(), 0, uncompressed, 0, Encoding.PLAIN);
    }

    boolean hasDictionary() {
        return dictionary != null;
    }

    boolean isEmpty() {
        return closed.isEmpty();
    }

    private int crc(int dataAt) {
        crc.reset();
        crc.update(PageCompressor.window(memory.memory(), dataAt, memory.size() - dataAt));
        memory.memory().clear();
        return (int) crc.getValue();
    }

    private int placeHeader(int dataAt) {
        byte[] bytes = header.toByteArray();
        if (bytes.length > HEADER_ROOM) {
            throw new IllegalStateException("page header longer than its room: bytes=" + bytes.length);
        }
        memory.memory().put(dataAt - bytes.length, bytes);
        return dataAt - bytes.length;
    }

    /** Writes the dictionary page; nothing where there is none. */
    void writeDictionary(ChunkTarget target) throws IOException {
        if (dictionary != null) {
            write(dictionary, target);
        }
    }

    /**
     * Writes the data pages.
     *
     * @param sized whether the index tells the bytes of byte arrays
     * @return where they are in the file
     */
    OffsetIndex writeData(ChunkTarget target, boolean sized) throws IOException {
        long first = target.position();
        OffsetIndexBuilder offsets = OffsetIndexBuilder.getBuilder();
        for (ClosedPage page : closed) {
            offsets.add(page.bytesInFile(), page.rows(), sized ? Optional.of(page.byteArrayBytes()) : Optional.empty());
            write(page, target);
        }
        return offsets.build(first);
    }

    private void write(ClosedPage page, ChunkTarget target) throws IOException {
        target.write(PageCompressor.window(memory.memory(), page.headerAt(), page.bytesInFile()));
        memory.memory().clear();
    }

    /** Encodings of the data pages, one entry a page. */
    List<Encoding> encodings() {
        return closed.stream().map(ClosedPage::encoding).toList();
    }

    /** All pages, headers included, before compression. */
    long uncompressedBytes() {
        long sum = dictionary == null ? 0 : dictionary.bytesUncompressed();
        for (ClosedPage page : closed) {
            sum += page.bytesUncompressed();
        }
        return sum;
    }
}
