package io.parquetflow.cli.inspect;

import java.io.IOException;
import org.apache.parquet.format.PageHeader;
import shaded.parquet.org.apache.thrift.TException;

/**
 * The pages of one column chunk, one after the other. What a header claims is compared with the chunk before anything is
 * read or allocated for it.
 *
 * <p>Not thread-safe.
 */
final class ChunkPages {
    /** A header is small unless its statistics are large: try with little first. */
    private static final int[] HEADER_WINDOWS = {1 << 10, 64 << 10, 16 << 20};

    private final SegmentBytes bytes;
    private final Chunk chunk;
    private long position;
    private int pages;

    ChunkPages(SegmentBytes bytes, Chunk chunk) {
        this.bytes = bytes;
        this.chunk = chunk;
        this.position = chunk.start();
    }

    boolean hasNext() {
        return position < chunk.end();
    }

    /** Where a page is, for messages; pages count from 0, a dictionary included. */
    String where() {
        return chunk.where() + ", page " + pages;
    }

    long position() {
        return position;
    }

    StoredPage next() throws IOException {
        long offset = position;
        PageHeader header = new PageHeader();
        int headerBytes = readHeader(header);
        checkShape(offset, header);
        long left = chunk.end() - offset - headerBytes;
        int length = header.getCompressed_page_size();
        if (length < 0 || length > left) {
            throw bytes.problem(
                    offset,
                    where() + ": page size cannot be true: compressed=" + length + ", left in the column chunk="
                            + left);
        }
        checkUncompressed(offset, header);
        byte[] stored = bytes.read(offset + headerBytes, length, "page");
        StoredPage page = new StoredPage(offset, headerBytes, header, stored);
        checkValues(page);
        position = offset + page.length();
        pages++;
        return page;
    }

    private int readHeader(PageHeader header) throws IOException {
        TException failure = null;
        for (int window : HEADER_WINDOWS) {
            int length = (int) Math.min(window, chunk.end() - position);
            try {
                header.clear();
                return ThriftBytes.read(header, bytes.read(position, length, "page header"));
            } catch (TException e) {
                failure = e;
            } catch (RuntimeException e) {
                throw bytes.problem(
                        position, where() + ": page header cannot be parsed: " + SegmentException.words(e), e);
            }
            if (length < window) {
                break;
            }
        }
        throw bytes.problem(
                position, where() + ": page header cannot be parsed: " + SegmentException.words(failure), failure);
    }

    private void checkShape(long offset, PageHeader header) throws IOException {
        boolean complete =
                switch (header.getType()) {
                    case DATA_PAGE -> header.isSetData_page_header();
                    case DATA_PAGE_V2 -> header.isSetData_page_header_v2();
                    case DICTIONARY_PAGE -> header.isSetDictionary_page_header();
                    case INDEX_PAGE -> true;
                };
        if (!complete) {
            throw bytes.problem(offset, where() + ": page header lacks the part for " + header.getType());
        }
    }

    /** A header's size is part of the chunk's total; together with the limit it bounds what a lie can cost. */
    private void checkUncompressed(long offset, PageHeader header) throws IOException {
        int length = header.getUncompressed_page_size();
        long most = Math.min(chunk.meta().getTotal_uncompressed_size(), SegmentBytes.MOST_BYTES);
        if (length < 0 || length > most) {
            throw bytes.problem(
                    offset, where() + ": page size cannot be true: uncompressed=" + length + ", limit=" + most);
        }
    }

    private void checkValues(StoredPage page) throws IOException {
        long most = page.isDictionary()
                ? page.header().getUncompressed_page_size()
                : chunk.meta().getNum_values();
        if (page.values() < 0 || page.values() > most) {
            throw bytes.problem(
                    page.offset(),
                    where() + ": value count cannot be true: values=" + page.values() + ", limit=" + most);
        }
    }
}
