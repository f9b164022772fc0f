package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
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
    private final LevelShape shape;
    private final LongConsumer watch;
    private Dictionary dictionary;
    private ChunkBloom bloom;
    private Consumer<Binary> binaries;

    /**
     * A decoder for the pages of one chunk.
     *
     * @param watch is given every value of an INT64 column in order; null for none
     */
    PageDecoder(Chunk chunk, LongConsumer watch) {
        this.column = chunk.column();
        this.shape = new LevelShape(chunk.schema(), chunk.column());
        this.watch = watch;
    }

    void dictionary(Dictionary decoded) {
        this.dictionary = decoded;
    }

    /** Is asked about every value from now on. */
    void bloom(ChunkBloom filter) {
        this.bloom = filter;
    }

    /** Is given every byte array from now on, in order. */
    void binaries(Consumer<Binary> consumer) {
        this.binaries = consumer;
    }

    /** Of all pages so far. */
    LevelShape shape() {
        return shape;
    }

    void decode(PageSections page, PageFacts facts) throws IOException {
        int maxDefinition = column.getMaxDefinitionLevel();
        int present = page.values();
        if (column.getMaxRepetitionLevel() == 0 && maxDefinition == 0) {
            facts.repetitionHistogram[0] += present;
            facts.definitionHistogram[0] += present;
        } else {
            readLevels(page, facts);
            present = (int) facts.definitionHistogram[maxDefinition];
        }
        if (present > 0) {
            readValues(open(page), present, facts);
        }
    }

    private void readLevels(PageSections page, PageFacts facts) throws IOException {
        int maxRepetition = column.getMaxRepetitionLevel();
        int maxDefinition = column.getMaxDefinitionLevel();
        var repetitions = levels(page.repetition(), maxRepetition);
        var definitions = levels(page.definition(), maxDefinition);
        for (int i = 0; i < page.values(); i++) {
            int repetition = maxRepetition == 0 ? 0 : next(repetitions, maxRepetition);
            int definition = maxDefinition == 0 ? 0 : next(definitions, maxDefinition);
            facts.firstRepetition = i == 0 ? repetition : facts.firstRepetition;
            facts.repetitionHistogram[repetition]++;
            facts.definitionHistogram[definition]++;
            shape.add(repetition, definition);
        }
    }

    private static RunLengthBitPackingHybridDecoder levels(ByteBuffer runs, int max) {
        ByteBufferInputStream in = ByteBufferInputStream.wrap(runs.duplicate());
        return new RunLengthBitPackingHybridDecoder(BytesUtils.getWidthFromMaxInt(max), in);
    }

    private static int next(RunLengthBitPackingHybridDecoder levels, int max) throws IOException {
        int level = levels.readInt();
        if (level < 0 || level > max) {
            throw new IOException("level is above its maximum: level=" + level + ", maximum=" + max);
        }
        return level;
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
        return coded ? new DictionaryIds(reader, dictionary) : reader;
    }

    private void readValues(ValuesReader reader, int count, PageFacts facts) throws IOException {
        switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT64 -> readLongs(reader, count, facts.range);
            case INT32 -> readInts(reader, count, facts.range);
            case BOOLEAN -> {
                for (int i = 0; i < count; i++) {
                    facts.range.add(reader.readBoolean() ? 1L : 0L);
                }
            }
            case FLOAT -> readFloats(reader, count, facts.range);
            case DOUBLE -> readDoubles(reader, count, facts.range);
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
            if (bloom != null) {
                bloom.see(value);
            }
        }
    }

    private void readInts(ValuesReader reader, int count, ValueRange range) {
        for (int i = 0; i < count; i++) {
            int value = reader.readInteger();
            range.add((long) value);
            if (bloom != null) {
                bloom.see(value);
            }
        }
    }

    private void readFloats(ValuesReader reader, int count, ValueRange range) {
        for (int i = 0; i < count; i++) {
            float value = reader.readFloat();
            range.add((double) value);
            if (bloom != null) {
                bloom.see(value);
            }
        }
    }

    private void readDoubles(ValuesReader reader, int count, ValueRange range) {
        for (int i = 0; i < count; i++) {
            double value = reader.readDouble();
            range.add(value);
            if (bloom != null) {
                bloom.see(value);
            }
        }
    }

    private void readBinaries(ValuesReader reader, int count, PageFacts facts) throws IOException {
        for (int i = 0; i < count; i++) {
            Binary value = reader.readBytes();
            if (value.length() < 0) {
                throw new IOException("byte array of negative length: " + value.length());
            }
            facts.byteArrayBytes += value.length();
            if (facts.byteArrayBytes > MOST_BYTE_ARRAY_BYTES) {
                throw new IOException("byte arrays grow beyond all bounds, limit=" + MOST_BYTE_ARRAY_BYTES);
            }
            facts.range.add(value);
            if (binaries != null) {
                binaries.accept(value);
            }
            if (bloom != null) {
                bloom.see(value);
            }
        }
    }
}
