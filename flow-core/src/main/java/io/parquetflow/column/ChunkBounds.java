package io.parquetflow.column;

import java.util.Arrays;
import org.apache.parquet.schema.ColumnOrder.ColumnOrderName;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * What footer and column index say of a chunk's values, gathered page by page: bounds, nulls, NaNs, sizes, level
 * histograms. All of it in memory that is used again, and written as parquet-java would write it.
 *
 * <p>Not thread-safe.
 */
final class ChunkBounds {
    private static final int ASCENDING = 1;
    private static final int DESCENDING = 2;
    private static final int UNORDERED = 0;
    private static final int FIRST_BYTES = 64;

    private final BoundOrder order;
    private final boolean isByteArray;
    private final boolean isCut;
    private final boolean isOrdered;
    private final boolean isSignedForAll;
    private final int boundBytes;

    /** The pages' bounds as they are: minimum, maximum, minimum ... */
    private final HeapBytes whole = new HeapBytes(FIRST_BYTES);
    /** The same, cut to what is written. */
    private final HeapBytes cut = new HeapBytes(FIRST_BYTES);
    /** Where each begins in {@link #cut}, and where the last ends. */
    private final LongList cutAt = new LongList();
    /** 1 where a page has no bounds, which are empty then. */
    private final LongList without = new LongList();

    private final LongList nulls = new LongList();
    private final LongList nans = new LongList();
    private final LongList byteArrayBytes = new LongList();
    private final LongList repetitions = new LongList();
    private final LongList definitions = new LongList();

    private int leastAt;
    private int leastLength;
    private int greatestAt;
    private int greatestLength;
    /** Whether any page has bounds. */
    private boolean found;
    /** False once a page has values and no bounds: then the chunk has none either. */
    private boolean bounded;
    /** False once a page has not counted its NaNs. */
    private boolean nansCounted;

    ChunkBounds(PrimitiveType type, int boundBytes) {
        this.order = BoundOrder.of(type);
        this.isByteArray = type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
        this.isCut = BoundCut.isFor(type);
        this.isOrdered = type.columnOrder().getColumnOrderName() != ColumnOrderName.UNDEFINED;
        this.isSignedForAll = BoundOrder.isSignedForAll(type);
        this.boundBytes = boundBytes;
        clear();
    }

    void clear() {
        whole.cutTo(0);
        cut.cutTo(0);
        cutAt.clear();
        cutAt.add(0);
        without.clear();
        nulls.clear();
        nans.clear();
        byteArrayBytes.clear();
        repetitions.clear();
        definitions.clear();
        found = false;
        bounded = true;
        nansCounted = true;
    }

    /**
     * Adds a page.
     *
     * @param page its bounds
     * @param values how many
     * @param pageNulls how many
     * @param bytes of its byte arrays, without lengths
     * @param repetition null where there are no such levels
     * @param definition null where there are no such levels
     */
    void add(PageBounds page, int values, int pageNulls, long bytes, LevelBuffer repetition, LevelBuffer definition) {
        bounded &= page.areKnown() || values == 0;
        nansCounted &= page.nans() != PageBounds.NOT_COUNTED;
        nulls.add(pageNulls);
        nans.add(page.nans());
        byteArrayBytes.add(bytes);
        if (repetition != null) {
            repetition.addHistogram(repetitions);
        }
        // At one level, the number of nulls says the same.
        if (definition != null && (definition.max() > 1 || repetition != null)) {
            definition.addHistogram(definitions);
        }
        without.add(page.areKnown() ? 0 : 1);
        if (page.areKnown()) {
            addBounds(page.bytes().array(), page.minLength(), page.maxLength());
        } else {
            cutAt.add(cut.size());
            cutAt.add(cut.size());
        }
    }

    private void addBounds(byte[] bytes, int minLength, int maxLength) {
        int min = whole.size();
        int max = min + minLength;
        whole.addAll(bytes, 0, minLength + maxLength);
        if (!found || order.compare(whole.view(), min, minLength, leastAt, leastLength) < 0) {
            leastAt = min;
            leastLength = minLength;
        }
        if (!found || order.compare(whole.view(), max, maxLength, greatestAt, greatestLength) > 0) {
            greatestAt = max;
            greatestLength = maxLength;
        }
        found = true;
        addCutMin(bytes, 0, minLength);
        cutAt.add(cut.size());
        addCutMax(bytes, minLength, maxLength);
        cutAt.add(cut.size());
    }

    private void addCutMin(byte[] bytes, int from, int length) {
        int at = cut.size();
        cut.addAll(bytes, from, length);
        if (isCut) {
            cut.cutTo(at + BoundCut.min(cut.view(), at, length, boundBytes));
        }
    }

    private void addCutMax(byte[] bytes, int from, int length) {
        int at = cut.size();
        cut.addAll(bytes, from, length);
        if (isCut) {
            cut.cutTo(at + BoundCut.max(cut.view(), at, length, boundBytes));
        }
    }

    /** Minimum and maximum of the chunk, as they are written; {@code to} is left without where a page has none. */
    void find(PageBounds to) {
        to.clear();
        if (bounded && nansCounted) {
            to.setNans(nans.sum());
        }
        if (bounded && found) {
            int min = cut.size();
            addCutMin(whole.array(), leastAt, leastLength);
            int max = cut.size();
            addCutMax(whole.array(), greatestAt, greatestLength);
            to.set(cut.view(), min, max - min, max, cut.size() - max);
            cut.cutTo(min);
        }
    }

    /** Nulls of the chunk. */
    long nulls() {
        return nulls.sum();
    }

    /** Writes {@code Statistics} of parquet.thrift, of what {@link #find} has told. */
    void writeStatistics(CompactThrift out, int field, PageBounds of) {
        byte[] bytes = of.bytes().array();
        int min = of.minLength();
        int max = of.maxLength();
        boolean isOne = of.areKnown() && Arrays.equals(bytes, 0, min, bytes, min, min + max);
        out.begin(field);
        if (of.areKnown() && (isSignedForAll || isOne)) {
            out.binary(1, bytes, min, max);
            out.binary(2, bytes, 0, min);
        }
        out.i64(3, nulls());
        if (of.areKnown() && (isOrdered || isOne)) {
            out.binary(5, bytes, min, max);
            out.binary(6, bytes, 0, min);
        }
        if (of.nans() != PageBounds.NOT_COUNTED) {
            out.i64(9, of.nans());
        }
        out.end();
    }

    /** Writes {@code SizeStatistics} of parquet.thrift. */
    void writeSizes(CompactThrift out) {
        out.begin();
        if (isByteArray) {
            out.i64(1, byteArrayBytes.sum());
        }
        writeHistogram(out, 2, repetitions);
        writeHistogram(out, 3, definitions);
        out.end();
    }

    /** Over all pages: those of a level are {@code levels} apart. */
    private void writeHistogram(CompactThrift out, int field, LongList ofPages) {
        if (ofPages.size() == 0) {
            return;
        }
        int levels = ofPages.size() / nulls.size();
        out.list(field, CompactThrift.I64S, levels);
        for (int level = 0; level < levels; level++) {
            long sum = 0;
            for (int i = level; i < ofPages.size(); i += levels) {
                sum += ofPages.get(i);
            }
            out.number(sum);
        }
    }

    /** False where a page has no bounds: in an index, a page without bounds is a page of nulls, and readers skip it. */
    boolean hasColumnIndex() {
        return bounded && isOrdered;
    }

    /** Writes {@code ColumnIndex} of parquet.thrift. */
    void writeColumnIndex(CompactThrift out) {
        int pages = nulls.size();
        out.begin();
        out.list(1, CompactThrift.BOOLEANS, pages);
        for (int page = 0; page < pages; page++) {
            out.bool(without.get(page) != 0);
        }
        for (int bound = 0; bound < 2; bound++) {
            out.list(2 + bound, CompactThrift.BINARIES, pages);
            for (int i = bound; i < 2 * pages; i += 2) {
                out.binary(cut.array(), at(i), length(i));
            }
        }
        out.i32(4, isSorted(1) ? ASCENDING : isSorted(-1) ? DESCENDING : UNORDERED);
        writeNumbers(out, 5, nulls);
        writeNumbers(out, 6, repetitions);
        writeNumbers(out, 7, definitions);
        if (nansCounted) {
            writeNumbers(out, 8, nans);
        }
        out.end();
    }

    static void writeNumbers(CompactThrift out, int field, LongList numbers) {
        if (numbers.size() > 0) {
            out.list(field, CompactThrift.I64S, numbers.size());
            for (int i = 0; i < numbers.size(); i++) {
                out.number(numbers.get(i));
            }
        }
    }

    /** The pages' byte array bytes, for the offset index. */
    void writeByteArrayBytes(CompactThrift out, int field) {
        if (isByteArray) {
            writeNumbers(out, field, byteArrayBytes);
        }
    }

    private int at(int bound) {
        return (int) cutAt.get(bound);
    }

    private int length(int bound) {
        return at(bound + 1) - at(bound);
    }

    /** Whether both bounds of the pages that have them never go down, or, with -1, never up. */
    private boolean isSorted(int direction) {
        int before = -1;
        for (int page = 0; page < nulls.size(); page++) {
            if (without.get(page) != 0) {
                continue;
            }
            if (before >= 0
                    && (direction * compare(2 * before, 2 * page) > 0
                            || direction * compare(2 * before + 1, 2 * page + 1) > 0)) {
                return false;
            }
            before = page;
        }
        return true;
    }

    private int compare(int a, int b) {
        return Integer.signum(order.compare(cut.view(), at(a), length(a), at(b), length(b)));
    }

    long memoryBytes() {
        return whole.array().length
                + cut.array().length
                + cutAt.memoryBytes()
                + without.memoryBytes()
                + nulls.memoryBytes()
                + nans.memoryBytes()
                + byteArrayBytes.memoryBytes()
                + repetitions.memoryBytes()
                + definitions.memoryBytes();
    }
}
