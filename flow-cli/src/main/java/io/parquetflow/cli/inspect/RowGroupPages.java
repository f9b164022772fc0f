package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;

/**
 * One row group for parquet-java's record assembly: pages are read when they are asked for, checked and decompressed
 * without any Hadoop class. A broken page surfaces as an {@link UncheckedIOException}.
 *
 * <p>Not thread-safe.
 */
final class RowGroupPages implements PageReadStore {
    private final SegmentBytes bytes;
    private final List<Chunk> chunks;
    private final Map<List<String>, Chunk> byPath = new HashMap<>();

    RowGroupPages(SegmentBytes bytes, List<Chunk> chunks) {
        this.bytes = bytes;
        this.chunks = chunks;
        chunks.forEach(chunk -> byPath.put(List.of(chunk.column().getPath()), chunk));
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        Chunk chunk = byPath.get(List.of(column.getPath()));
        if (chunk == null) {
            throw new IllegalArgumentException("no such column: " + column);
        }
        return new Pages(bytes, chunk);
    }

    @Override
    public long getRowCount() {
        return chunks.get(0).rows();
    }

    @Override
    public Optional<Long> getRowIndexOffset() {
        return Optional.empty();
    }

    private static final class Pages implements PageReader {
        private final SegmentBytes bytes;
        private final Chunk chunk;
        private final ChunkPages walk;
        private StoredPage first;

        Pages(SegmentBytes bytes, Chunk chunk) {
            this.bytes = bytes;
            this.chunk = chunk;
            this.walk = new ChunkPages(bytes, chunk);
        }

        @Override
        public long getTotalValueCount() {
            return chunk.meta().getNum_values();
        }

        @Override
        public DictionaryPage readDictionaryPage() {
            try {
                first = intact();
                if (!first.isDictionary()) {
                    return null;
                }
                StoredPage dictionary = first;
                first = null;
                return ChunkScan.dictionaryPage(bytes, chunk, dictionary);
            } catch (IOException e) {
                throw new UncheckedIOException(named(e));
            }
        }

        @Override
        public DataPage readPage() {
            try {
                StoredPage page = first == null ? intact() : first;
                first = null;
                while (!page.isData()) {
                    page = intact();
                }
                PageSections sections = PageSections.open(bytes, chunk, page);
                return DataPageV2.uncompressed(
                        0,
                        0,
                        sections.values(),
                        BytesInput.from(sections.repetition()),
                        BytesInput.from(sections.definition()),
                        sections.encoding(),
                        BytesInput.from(sections.data()),
                        null);
            } catch (IOException e) {
                throw new UncheckedIOException(named(e));
            }
        }

        private StoredPage intact() throws IOException {
            String where = walk.where();
            if (!walk.hasNext()) {
                throw bytes.problem(walk.position(), where + ": pages end before the last value");
            }
            StoredPage page = walk.next();
            if (!page.crcMatches()) {
                throw bytes.problem(page.offset(), where + ": " + page.crcMismatch());
            }
            return page;
        }

        private IOException named(IOException e) {
            boolean named = e instanceof SegmentException;
            return named ? e : bytes.problem(walk.position(), chunk.where() + ": " + SegmentException.words(e), e);
        }
    }
}
