package io.parquetflow.bench.writer;

/**
 * Walks over one column of a batch, entry by entry, for the writers that take rows.
 *
 * <p>Not thread-safe.
 */
final class Cursor {
    private final ColumnValues column;
    private final Levels levels;
    private int entry;
    private int value;

    Cursor(ColumnValues column) {
        this.column = column;
        this.levels = column.levels();
    }

    /** One for each column. */
    static Cursor[] over(Batch batch) {
        return batch.columns().stream().map(Cursor::new).toArray(Cursor[]::new);
    }

    ColumnValues column() {
        return column;
    }

    boolean isValue() {
        return levels.isValue(entry);
    }

    int definitionLevel() {
        return levels.definition() == null ? 0 : levels.definition()[entry];
    }

    int repetitionLevel() {
        return levels.repetition() == null ? 0 : levels.repetition()[entry];
    }

    int intValue() {
        return column.ints()[value];
    }

    long longValue() {
        return column.longs()[value];
    }

    int offset() {
        return column.offsets()[value];
    }

    int length() {
        return column.offsets()[value + 1] - column.offsets()[value];
    }

    /**
     * Goes on.
     *
     * @return whether the new entry belongs to the same row
     */
    boolean next() {
        value += isValue() ? 1 : 0;
        entry++;
        return entry < levels.entries() && !levels.startsRow(entry);
    }

    boolean hasNext() {
        return entry < levels.entries();
    }
}
