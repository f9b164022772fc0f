package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.testing.PageList.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.BoundaryOrder;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.ColumnOrder.ColumnOrderName;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Everything that a file claims about its content, checked against the content: counts, bounds, histograms, encodings
 * and indexes of every chunk and page. Nothing is believed twice: pages are found by their headers, bounds are those of
 * the sample's values.
 *
 * <p>Not thread-safe.
 */
public final class Claims {
    private static final ParquetMetadataConverter CONVERTER = new ParquetMetadataConverter();

    private final String label;
    private final byte[] file;
    private int chunks;
    private int pages;
    private int boundedChunks;
    private int boundedPages;

    private Claims(String label, byte[] file) {
        this.label = label;
        this.file = file;
    }

    /** How much there was to check: a test that checks nothing proves nothing. */
    public record Checked(int chunks, int pages, int boundedChunks, int boundedPages) {}

    /** Fails where the file says anything that is not so. */
    public static Checked check(String label, Path path, Sample sample) throws IOException {
        Claims claims = new Claims(label, Files.readAllBytes(path));
        claims.check(sample, path);
        return new Checked(claims.chunks, claims.pages, claims.boundedChunks, claims.boundedPages);
    }

    private void check(Sample sample, Path path) throws IOException {
        List<ColumnData> columns = sample.columns();
        FileMetaData footer = footer();
        assertThat(footer.getNum_rows()).isEqualTo(sample.rows().size());
        try (ParquetFileReader reader = Segments.open(path)) {
            int rowGroup = 0;
            long first = 0;
            for (BlockMetaData block : reader.getRowGroups()) {
                assertThat(block.getRowCount())
                        .as("rows of row group " + rowGroup)
                        .isPositive();
                assertThat(block.getColumns()).hasSameSizeAs(columns);
                for (int c = 0; c < columns.size(); c++) {
                    ColumnChunkMetaData chunk = block.getColumns().get(c);
                    ColumnData own = columns.get(c).rows(first, first + block.getRowCount());
                    Chunk check =
                            new Chunk(label + ", row group " + rowGroup + ", column " + chunk.getPath(), chunk, own);
                    check.all(reader, block.getRowCount());
                    check.exactness(footer.getRow_groups()
                            .get(rowGroup)
                            .getColumns()
                            .get(c)
                            .getMeta_data()
                            .getStatistics());
                }
                first += block.getRowCount();
                rowGroup++;
            }
            assertThat(first)
                    .as("rows of all row groups")
                    .isEqualTo(sample.rows().size());
        }
    }

    private FileMetaData footer() throws IOException {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
        return Util.readFileMetaData(new ByteArrayInputStream(file, file.length - 8 - length, length));
    }

    /** One chunk and its pages. */
    private final class Chunk {
        private final String where;
        private final ColumnChunkMetaData chunk;
        private final ColumnData data;
        private final ColumnDescriptor column;
        private final List<ColumnData> dataOfPages = new ArrayList<>();

        Chunk(String where, ColumnChunkMetaData chunk, ColumnData data) {
            this.where = where;
            this.chunk = chunk;
            this.data = data;
            this.column = data.column();
        }

        void all(ParquetFileReader reader, long rows) throws IOException {
            PageList list = PageList.of(file, chunk);
            OffsetIndex offsets = reader.readOffsetIndex(chunk);
            assertThat(offsets).as("%s: offset index", where).isNotNull();
            assertThat(offsets.getPageCount())
                    .as("%s: pages", where)
                    .isEqualTo(list.data().size());
            for (int page = 0; page < offsets.getPageCount(); page++) {
                page(page, list.data().get(page), offsets, rows);
            }
            chunk(list);
            encodings(list);
            sizes(chunk.getSizeStatistics(), data, where);
            bounds(reader.readColumnIndex(chunk));
        }

        private void page(int number, Page page, OffsetIndex offsets, long rows) {
            String here = where + ", page " + number;
            long firstRow = offsets.getFirstRowIndex(number);
            long lastRow = offsets.getLastRowIndex(number, rows);
            ColumnData own = data.rows(firstRow, lastRow + 1);
            dataOfPages.add(own);
            pages++;
            assertThat(offsets.getOffset(number)).as("%s: offset", here).isEqualTo(page.offset());
            assertThat(offsets.getCompressedPageSize(number))
                    .as("%s: bytes", here)
                    .isEqualTo(page.bytesInFile());
            assertThat(page.entries()).as("%s: entries", here).isEqualTo(own.entries());
            if (page.isV2()) {
                var header = page.header().getData_page_header_v2();
                assertThat(header.getNum_rows()).as("%s: rows", here).isEqualTo((int) (lastRow + 1 - firstRow));
                assertThat(header.getNum_nulls()).as("%s: nulls", here).isEqualTo(nulls(own));
            }
            if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
                assertThat(offsets.getUnencodedByteArrayDataBytes(number))
                        .as("%s: bytes of the values", here)
                        .hasValue(valueBytes(own));
            }
        }

        private void chunk(PageList list) {
            chunks++;
            assertThat(chunk.getPath().toArray()).as(where).isEqualTo(column.getPath());
            assertThat(chunk.getValueCount()).as("%s: entries", where).isEqualTo(data.entries());
            assertThat(chunk.getTotalUncompressedSize())
                    .as("%s: uncompressed bytes", where)
                    .isEqualTo(list.uncompressedBytes());
            assertThat(chunk.hasDictionaryPage())
                    .as("%s: has a dictionary", where)
                    .isEqualTo(list.dictionary() != null);
            assertThat(chunk.getFirstDataPageOffset())
                    .as("%s: first data page", where)
                    .isEqualTo(list.data().get(0).offset());
            assertThat(chunk.getPrimitiveType().columnOrder().getColumnOrderName())
                    .as("%s: column order", where)
                    .isEqualTo(
                            column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96
                                    ? ColumnOrderName.UNDEFINED
                                    : ColumnOrderName.TYPE_DEFINED_ORDER);
        }

        private void encodings(PageList list) {
            Set<Encoding> used = new HashSet<>();
            for (Page page : list.data()) {
                var encoding = CONVERTER.getEncoding(page.encoding());
                used.add(encoding);
                long pagesOfIt = list.data().stream()
                        .filter(p -> p.encoding() == page.encoding())
                        .count();
                assertThat(chunk.getEncodingStats().getNumDataPagesEncodedAs(encoding))
                        .as("%s: pages encoded as %s", where, encoding)
                        .isEqualTo((int) pagesOfIt);
            }
            if (list.dictionary() != null) {
                used.add(CONVERTER.getEncoding(
                        list.dictionary().header().getDictionary_page_header().getEncoding()));
            }
            if (column.getMaxDefinitionLevel() > 0) {
                used.add(Encoding.RLE);
            }
            Set<Encoding> listed = new HashSet<>(chunk.getEncodings());
            assertThat(listed).as("%s: encodings", where).containsAll(used);
            listed.remove(Encoding.RLE); // many list it for levels that are not there
            used.add(Encoding.RLE);
            assertThat(used).as("%s: encodings", where).containsAll(listed);
        }

        private void bounds(ColumnIndex index) {
            boolean all = true;
            for (ColumnData page : dataOfPages) {
                all &= page.values().isEmpty() || new Bounds(type(), page.values()).mustExist();
            }
            Statistics<?> statistics = chunk.getStatistics();
            assertThat(statistics.getNumNulls()).as("%s: nulls", where).isEqualTo(nulls(data));
            Bounds whole = new Bounds(type(), data.values());
            if (statistics.hasNonNullValue()) {
                boundedChunks++;
                whole.check(where, statistics.getMinBytes(), statistics.getMaxBytes());
            } else {
                assertThat(all && !data.values().isEmpty())
                        .as("%s: could have bounds, and has none", where)
                        .isFalse();
            }
            if (index == null) {
                assertThat(all && type().getPrimitiveTypeName() != PrimitiveTypeName.INT96)
                        .as("%s: could have a column index, and has none", where)
                        .isFalse();
            } else {
                for (int page = 0; page < dataOfPages.size(); page++) {
                    indexed(index, page);
                }
                order(index, whole);
            }
        }

        /** The file's type: it is the one with the column order of the file. */
        private PrimitiveType type() {
            return chunk.getPrimitiveType();
        }

        private void indexed(ColumnIndex index, int page) {
            String here = where + ", page " + page;
            ColumnData own = dataOfPages.get(page);
            assertThat(index.getNullPages().get(page))
                    .as("%s: null page", here)
                    .isEqualTo(own.values().isEmpty());
            assertThat(index.getNullCounts().get(page)).as("%s: nulls", here).isEqualTo((long) nulls(own));
            if (!own.values().isEmpty()) {
                boundedPages++;
                new Bounds(type(), own.values())
                        .check(
                                here,
                                Bounds.bytes(index.getMinValues().get(page)),
                                Bounds.bytes(index.getMaxValues().get(page)));
            }
            histogram(
                    index.getDefinitionLevelHistogram(), page, own.definition(), column.getMaxDefinitionLevel(), here);
            histogram(
                    index.getRepetitionLevelHistogram(), page, own.repetition(), column.getMaxRepetitionLevel(), here);
        }

        /** Of all pages, one after the other; may be left out where it says no more than the counts do. */
        private static void histogram(List<Long> histograms, int page, byte[] levels, int max, String where) {
            if (histograms != null && !histograms.isEmpty()) {
                assertThat(histograms.subList(page * (max + 1), (page + 1) * (max + 1)))
                        .as("%s: histogram of levels", where)
                        .isEqualTo(Claims.histogram(levels, max));
            }
        }

        private void order(ColumnIndex index, Bounds whole) {
            int sign = index.getBoundaryOrder() == BoundaryOrder.DESCENDING ? -1 : 1;
            if (index.getBoundaryOrder() == BoundaryOrder.UNORDERED) {
                return;
            }
            int before = -1;
            for (int page = 0; page < dataOfPages.size(); page++) {
                if (index.getNullPages().get(page)) {
                    continue;
                }
                if (before >= 0) {
                    int mins = whole.compare(
                            index.getMinValues().get(before),
                            index.getMinValues().get(page));
                    int maxs = whole.compare(
                            index.getMaxValues().get(before),
                            index.getMaxValues().get(page));
                    assertThat(Math.max(mins * sign, maxs * sign))
                            .as("%s: %s pages", where, index.getBoundaryOrder())
                            .isNotPositive();
                }
                before = page;
            }
        }

        /** In the footer as it is in the file: parquet-java's own metadata does not tell. */
        void exactness(org.apache.parquet.format.Statistics statistics) {
            Bounds whole = new Bounds(type(), data.values());
            if (statistics != null && statistics.isIs_min_value_exact()) {
                assertThat(whole.isMinimum(statistics.getMin_value()))
                        .as("%s: the minimum is exact", where)
                        .isTrue();
            }
            if (statistics != null && statistics.isIs_max_value_exact()) {
                assertThat(whole.isMaximum(statistics.getMax_value()))
                        .as("%s: the maximum is exact", where)
                        .isTrue();
            }
        }
    }

    private static int nulls(ColumnData data) {
        return data.entries() - data.values().size();
    }

    private static long valueBytes(ColumnData data) {
        return data.values().stream().mapToLong(v -> ((Binary) v).length()).sum();
    }

    /** Histograms may be left out where they say no more than the counts: at a single level, and at one and null. */
    private static void sizes(SizeStatistics sizes, ColumnData data, String where) {
        ColumnDescriptor column = data.column();
        assertThat(sizes).as("%s: size statistics", where).isNotNull();
        if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
            assertThat(sizes.getUnencodedByteArrayDataBytes())
                    .as("%s: bytes of the values", where)
                    .hasValue(valueBytes(data));
        }
        if (column.getMaxDefinitionLevel() > 1
                || !sizes.getDefinitionLevelHistogram().isEmpty()) {
            assertThat(sizes.getDefinitionLevelHistogram())
                    .as("%s: definition levels", where)
                    .isEqualTo(histogram(data.definition(), column.getMaxDefinitionLevel()));
        }
        if (column.getMaxRepetitionLevel() > 0
                || !sizes.getRepetitionLevelHistogram().isEmpty()) {
            assertThat(sizes.getRepetitionLevelHistogram())
                    .as("%s: repetition levels", where)
                    .isEqualTo(histogram(data.repetition(), column.getMaxRepetitionLevel()));
        }
    }

    private static List<Long> histogram(byte[] levels, int max) {
        List<Long> counts = new ArrayList<>(Collections.nCopies(max + 1, 0L));
        for (byte level : levels) {
            counts.set(level, counts.get(level) + 1);
        }
        return counts;
    }
}
