package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.io.api.Binary;

/**
 * Reads one column chunk to its last value and holds the footer, the page headers and the indexes against what is there.
 * A page with a wrong checksum is reported and skipped, the next ones are still read.
 *
 * <p>Not thread-safe.
 */
final class ChunkScan {
    private final SegmentBytes bytes;
    private final Chunk chunk;
    private final Findings findings;
    private final boolean strict;
    private final PageDecoder decoder;
    private final List<PageFacts> dataPages = new ArrayList<>();
    private final Map<Encoding, Integer> dataPagesByEncoding = new EnumMap<>(Encoding.class);
    private final PageFacts total;
    private int pages;
    private int pagesWithoutCrc;
    private long compressedBytes;
    private long uncompressedBytes;
    private boolean dictionaryBroken;
    private boolean whole = true;

    /**
     * A scan that has not begun.
     *
     * @param strict the file is ours, so that claims must be exact where bounds would do
     * @param watch is given every value of an INT64 column; null for none
     */
    ChunkScan(SegmentBytes bytes, Chunk chunk, Findings findings, boolean strict, LongConsumer watch) {
        this.bytes = bytes;
        this.chunk = chunk;
        this.findings = findings;
        this.strict = strict;
        this.decoder = new PageDecoder(chunk, watch);
        this.total = new PageFacts(chunk, chunk.start(), 0, 0);
    }

    /** Is given every value of a column of byte arrays. */
    ChunkScan watchBinaries(Consumer<Binary> consumer) {
        decoder.binaries(consumer);
        return this;
    }

    void scan() {
        ChunkPages walk = new ChunkPages(bytes, chunk);
        ChunkBloom bloom = readBloom();
        decoder.bloom(bloom);
        try {
            while (walk.hasNext()) {
                String where = walk.where();
                StoredPage page = walk.next();
                pages++;
                compressedBytes += page.length();
                uncompressedBytes += page.headerBytes() + (long) page.header().getUncompressed_page_size();
                readPage(page, where);
            }
        } catch (IOException e) {
            whole = false;
            report(walk.position(), chunk.where(), e);
        }
        if (whole) {
            new ChunkClaims(this).check();
        }
        if (bloom != null && bloom.missing() > 0) {
            findings.error(
                    bloom.offset(), chunk.where() + ": bloom filter misses " + bloom.missing() + " of the values");
        }
    }

    private ChunkBloom readBloom() {
        try {
            return ChunkBloom.read(bytes, chunk);
        } catch (IOException | RuntimeException e) {
            report(chunk.start(), chunk.where() + ": bloom filter", e);
            return null;
        }
    }

    Chunk chunk() {
        return chunk;
    }

    SegmentBytes bytes() {
        return bytes;
    }

    Findings findings() {
        return findings;
    }

    boolean strict() {
        return strict;
    }

    /** False when something could not be read; sums over the chunk then mean nothing. */
    boolean whole() {
        return whole;
    }

    PageFacts total() {
        return total;
    }

    LevelShape shape() {
        return decoder.shape();
    }

    List<PageFacts> dataPages() {
        return dataPages;
    }

    Map<Encoding, Integer> dataPagesByEncoding() {
        return dataPagesByEncoding;
    }

    int pages() {
        return pages;
    }

    int pagesWithoutCrc() {
        return pagesWithoutCrc;
    }

    long compressedBytes() {
        return compressedBytes;
    }

    long uncompressedBytes() {
        return uncompressedBytes;
    }

    private void readPage(StoredPage page, String where) {
        pagesWithoutCrc += page.header().isSetCrc() ? 0 : 1;
        boolean intact = page.crcMatches();
        if (!intact) {
            findings.error(page.offset(), where + ": " + page.crcMismatch());
        }
        boolean read = intact && (page.isDictionary() ? readDictionary(page, where) : readData(page, where));
        whole &= read;
        dictionaryBroken |= page.isDictionary() && !read;
    }

    private boolean readDictionary(StoredPage page, String where) {
        try {
            if (pages > 1) {
                throw new IOException("a dictionary page that is not the first page");
            }
            decoder.dictionary(decodeDictionary(bytes, chunk, page));
            return true;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            report(page.offset(), where, e);
            return false;
        }
    }

    static Dictionary decodeDictionary(SegmentBytes bytes, Chunk chunk, StoredPage page) throws IOException {
        return dictionaryPage(bytes, chunk, page).decode(chunk.column());
    }

    static DictionaryPage dictionaryPage(SegmentBytes bytes, Chunk chunk, StoredPage page) throws IOException {
        byte[] plain = PageSections.decompressed(bytes, chunk, page);
        var encoding =
                org.apache.parquet.column.Encoding.valueOf(page.encoding().name());
        return new DictionaryPage(BytesInput.from(plain), page.values(), encoding);
    }

    private boolean readData(StoredPage page, String where) {
        if (!page.isData()) {
            return true;
        }
        try {
            PageSections sections = PageSections.open(bytes, chunk, page);
            if (dictionaryBroken && sections.encoding().usesDictionary()) {
                return false;
            }
            PageFacts facts = new PageFacts(chunk, page.offset(), page.length(), total.rows());
            decoder.decode(sections, facts);
            checkRowStart(page, facts);
            PageClaims.check(page, facts, where, this);
            dataPages.add(facts);
            dataPagesByEncoding.merge(page.encoding(), 1, Integer::sum);
            total.addAll(facts);
            return true;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            report(page.offset(), where, e);
            return false;
        }
    }

    /** A reader that goes to a page by its row number takes what it finds there for the row's first value. */
    private void checkRowStart(StoredPage page, PageFacts facts) throws IOException {
        boolean mayGoOn =
                !dataPages.isEmpty() && !page.isV2() && !chunk.stored().isSetOffset_index_offset();
        if (facts.firstRepetition != 0 && !mayGoOn) {
            throw new IOException("the page begins within a row: first repetition level=" + facts.firstRepetition);
        }
    }

    private void report(long offset, String where, Throwable failure) {
        if (failure instanceof SegmentException problem) {
            findings.error(problem);
        } else {
            findings.error(offset, where + ": " + SegmentException.words(failure));
        }
    }
}
