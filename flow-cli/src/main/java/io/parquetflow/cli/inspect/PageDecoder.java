package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.io.api.Binary;

/**
 * Reads every level and value of a page through parquet-java's decoders and counts.
 *
 * <p>Not thread-safe.
 */
final class PageDecoder {
    /** A prefix that repeats can make terabytes of a page; nobody means that. */
    private static final long MOST_BYTE_ARRAY_BYTES = 4L << 30;

    private final ColumnDescriptor column;
    private final LongConsumer watch;
    private Dictionary dictionary;

    /**
     * A decoder for the pages of one chunk.
     *
     * @param watch is given every value of an INT64 column in order; null for none
     */
    PageDecoder(ColumnDescriptor column, LongConsumer watch) {
        this.column = column;
        this.watch = watch;
    }

    void dictionary(Dictionary decoded) {
        this.dictionary = decoded;
    }

    void decode(PageSections page, PageFacts facts) throws IOException {
        int maxRepetition = column.getMaxRepetitionLevel();
        int maxDefinition = column.getMaxDefinitionLevel();
        int present = page.values();
        if (maxRepetition == 0 && maxDefinition == 0) {
            facts.repetitionHistogram[0] += present;
            facts.definitionHistogram[0] += present;
        } else {
            countLevels(page.repetition(), maxRepetition, page.values(), facts.repetitionHistogram);
            long before = facts.definitionHistogram[maxDefinition];
            countLevels(page.definition(), maxDefinition, page.values(), facts.definitionHistogram);
            present = (int) (facts.definitionHistogram[maxDefinition] - before);
        }
        if (present > 0) {
            readValues(open(page), present, facts);
        }
    }

    private static void countLevels(ByteBuffer levels, int max, int count, long[] histogram) throws IOException {
        if (max == 0) {
            histogram[0] += count;
            return;
        }
        ByteBufferInputStream in = ByteBufferInputStream.wrap(levels.duplicate());
        var decoder = new RunLengthBitPackingHybridDecoder(BytesUtils.getWidthFromMaxInt(max), in);
        for (int i = 0; i < count; i++) {
            int level = decoder.readInt();
            if (level < 0 || level > max) {
                throw new IOException("level is above its maximum: level=" + level + ", maximum=" + max);
            }
            histogram[level]++;
        }
    }

    private ValuesReader open(PageSections page) throws IOException {
        boolean coded = page.encoding().usesDictionary();
        if (coded && dictionary == null) {
            throw new IOException("the page is dictionary encoded, and there is no dictionary page");
        }
        ValuesReader reader = coded
                ? page.encoding().getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary)
                : page.encoding().getValuesReader(column, ValuesType.VALUES);
        reader.initFromPage(
                page.values(), ByteBufferInputStream.wrap(page.data().duplicate()));
        return reader;
    }

    private void readValues(ValuesReader reader, int count, PageFacts facts) throws IOException {
        ValueRange range = facts.range;
        switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT64 -> readLongs(reader, count, range);
            case INT32 -> {
                for (int i = 0; i < count; i++) {
                    range.add((long) reader.readInteger());
                }
            }
            case BOOLEAN -> {
                for (int i = 0; i < count; i++) {
                    range.add(reader.readBoolean() ? 1L : 0L);
                }
            }
            case FLOAT -> {
                for (int i = 0; i < count; i++) {
                    range.add((double) reader.readFloat());
                }
            }
            case DOUBLE -> {
                for (int i = 0; i < count; i++) {
                    range.add(reader.readDouble());
                }
            }
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> readBinaries(reader, count, facts);
        }
    }

    private void readLongs(ValuesReader reader, int count, ValueRange range) {
        for (int i = 0; i < count; i++) {
            long value = reader.readLong();
            range.add(value);
            if (watch != null) {
                watch.accept(value);
            }
        }
    }

    private static void readBinaries(ValuesReader reader, int count, PageFacts facts) throws IOException {
        ValueRange range = facts.range;
        for (int i = 0; i < count; i++) {
            Binary value = reader.readBytes();
            if (value.length() < 0) {
                throw new IOException("byte array of negative length: " + value.length());
            }
            facts.byteArrayBytes += value.length();
            if (facts.byteArrayBytes > MOST_BYTE_ARRAY_BYTES) {
                throw new IOException("byte arrays grow beyond all bounds, limit=" + MOST_BYTE_ARRAY_BYTES);
            }
            if (range != null) {
                range.add(value);
            }
        }
    }
}
