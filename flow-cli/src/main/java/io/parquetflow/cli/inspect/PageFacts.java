package io.parquetflow.cli.inspect;

/**
 * What was found in one data page, or summed up over the pages of a chunk.
 *
 * <p>Not thread-safe.
 */
final class PageFacts {
    /** Where the page's header begins, and header plus bytes; of a chunk: not used. */
    final long offset;

    final long length;

    /** Index of the page's first row within the row group. */
    final long firstRow;

    /** Repetition and definition levels, counted by level. */
    final long[] repetitionHistogram;

    final long[] definitionHistogram;

    final ValueRange range;

    /** Of the page's first entry: 0 where it begins a row. */
    int firstRepetition;

    /** Length of all byte arrays without any encoding. */
    long byteArrayBytes;

    PageFacts(Chunk chunk, long offset, long length, long firstRow) {
        this.offset = offset;
        this.length = length;
        this.firstRow = firstRow;
        this.repetitionHistogram = new long[chunk.column().getMaxRepetitionLevel() + 1];
        this.definitionHistogram = new long[chunk.column().getMaxDefinitionLevel() + 1];
        this.range = ValueRange.of(chunk.column().getPrimitiveType());
    }

    long rows() {
        return repetitionHistogram[0];
    }

    long values() {
        long values = 0;
        for (long count : repetitionHistogram) {
            values += count;
        }
        return values;
    }

    long nulls() {
        return values() - definitionHistogram[definitionHistogram.length - 1];
    }

    void addAll(PageFacts page) {
        sum(repetitionHistogram, page.repetitionHistogram);
        sum(definitionHistogram, page.definitionHistogram);
        byteArrayBytes += page.byteArrayBytes;
        range.addAll(page.range);
    }

    private static void sum(long[] into, long[] part) {
        for (int i = 0; i < into.length; i++) {
            into[i] += part[i];
        }
    }
}
