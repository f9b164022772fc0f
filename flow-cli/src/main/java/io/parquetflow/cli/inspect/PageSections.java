package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;

/**
 * A data page, decompressed and cut into its three parts, both page versions alike: levels as plain hybrid runs with no
 * length in front. Every run and block header in them has been walked once ({@link EncodingBounds}).
 *
 * @param values nulls included
 * @param repetition empty for a column that is not repeated
 * @param definition empty for a required column
 * @param data the encoded values
 * @param encoding of the data
 */
record PageSections(int values, ByteBuffer repetition, ByteBuffer definition, ByteBuffer data, Encoding encoding) {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    static PageSections open(SegmentBytes bytes, Chunk chunk, StoredPage page) throws IOException {
        byte[] plain = decompressed(bytes, chunk, page);
        PageSections sections = page.isV2() ? ofV2(plain, page) : ofV1(plain, chunk.column(), page);
        sections.checkBounds(chunk.column());
        return sections;
    }

    /** The bytes of a page as they were before compression; the levels of a version 2 page never are compressed. */
    static byte[] decompressed(SegmentBytes bytes, Chunk chunk, StoredPage page) throws IOException {
        int length = page.header().getUncompressed_page_size();
        byte[] plain = bytes.allocate(length, page.offset(), "page");
        int levels = 0;
        CompressionCodec codec = chunk.meta().getCodec();
        if (page.isV2()) {
            DataPageHeaderV2 header = page.header().getData_page_header_v2();
            levels = levelBytes(header, Math.min(length, page.bytes().length));
            boolean compressed = !header.isSetIs_compressed() || header.isIs_compressed();
            codec = compressed ? codec : CompressionCodec.UNCOMPRESSED;
        }
        System.arraycopy(page.bytes(), 0, plain, 0, levels);
        if (length > levels) {
            PageCodec.decompress(codec, page.bytes(), levels, plain, levels);
        }
        return plain;
    }

    private static int levelBytes(DataPageHeaderV2 header, int most) throws IOException {
        long repetition = header.getRepetition_levels_byte_length();
        long definition = header.getDefinition_levels_byte_length();
        if (repetition < 0 || definition < 0 || repetition + definition > most) {
            throw new IOException("level sizes cannot be true: repetition=" + repetition + ", definition=" + definition
                    + ", page=" + most);
        }
        return (int) (repetition + definition);
    }

    private static PageSections ofV2(byte[] plain, StoredPage page) {
        DataPageHeaderV2 header = page.header().getData_page_header_v2();
        int repetition = header.getRepetition_levels_byte_length();
        int definition = header.getDefinition_levels_byte_length();
        int levels = repetition + definition;
        return new PageSections(
                page.values(),
                slice(plain, 0, repetition),
                slice(plain, repetition, definition),
                slice(plain, levels, plain.length - levels),
                Encoding.valueOf(header.getEncoding().name()));
    }

    private static PageSections ofV1(byte[] plain, ColumnDescriptor column, StoredPage page) throws IOException {
        DataPageHeader header = page.header().getData_page_header();
        ByteBuffer rest = ByteBuffer.wrap(plain);
        ByteBuffer repetition = levels(rest, column.getMaxRepetitionLevel(), header.getRepetition_level_encoding());
        ByteBuffer definition = levels(rest, column.getMaxDefinitionLevel(), header.getDefinition_level_encoding());
        Encoding encoding = Encoding.valueOf(header.getEncoding().name());
        return new PageSections(page.values(), repetition, definition, rest.slice(), encoding);
    }

    private static ByteBuffer levels(ByteBuffer rest, int maxLevel, org.apache.parquet.format.Encoding encoding)
            throws IOException {
        if (maxLevel == 0) {
            return NOTHING;
        }
        if (encoding != org.apache.parquet.format.Encoding.RLE) {
            throw new IOException("levels encoded as " + encoding + " are not supported");
        }
        int length =
                rest.remaining() < 4 ? -1 : rest.order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > rest.remaining()) {
            throw new IOException("level size cannot be true: " + length + ", left=" + rest.remaining());
        }
        ByteBuffer levels = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        return levels;
    }

    private void checkBounds(ColumnDescriptor column) throws IOException {
        checkLevels(repetition, column.getMaxRepetitionLevel());
        checkLevels(definition, column.getMaxDefinitionLevel());
        ByteBuffer walk = data.duplicate();
        if (encoding.usesDictionary() && walk.hasRemaining()) {
            EncodingBounds.hybridRuns(walk, walk.get(), values);
            return;
        }
        switch (encoding) {
            case RLE -> EncodingBounds.hybridRuns(walk.position(Math.min(4, walk.limit())), 1, values);
            case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> EncodingBounds.deltaBlocks(walk, values);
            case DELTA_BYTE_ARRAY -> {
                EncodingBounds.deltaBlocks(walk, values);
                EncodingBounds.deltaBlocks(walk, values);
            }
            default -> {}
        }
    }

    private void checkLevels(ByteBuffer levels, int maxLevel) throws IOException {
        if (maxLevel > 0) {
            EncodingBounds.hybridRuns(levels.duplicate(), BytesUtils.getWidthFromMaxInt(maxLevel), values);
        }
    }

    private static ByteBuffer slice(byte[] plain, int from, int length) {
        return ByteBuffer.wrap(plain, from, length).slice();
    }
}
