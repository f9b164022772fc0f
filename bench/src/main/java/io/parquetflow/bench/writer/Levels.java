package io.parquetflow.bench.writer;

import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Definition and repetition levels of one column of one batch: one entry for each value and each null. Only what is needed
 * is there: none for required columns, no repetition levels for optional ones.
 *
 * <p>Thread-safe: immutable, as long as nobody writes into the arrays.
 */
final class Levels {
    static final int MOST_ELEMENTS = 4;

    private final int entries;
    private final int values;
    private final byte[] definition;
    private final byte[] repetition;

    private Levels(int entries, int values, byte[] definition, byte[] repetition) {
        this.entries = entries;
        this.values = values;
        this.definition = definition;
        this.repetition = repetition;
    }

    /**
     * Makes them.
     *
     * @param form of the column; repeated ones get one to four elements in each row
     * @param rows of the batch
     * @param nullEvery of an optional column
     * @param shift so that columns of one row are not null together
     * @param random of the numbers of elements
     */
    static Levels of(Repetition form, int rows, int nullEvery, int shift, Random random) {
        return switch (form) {
            case REQUIRED -> new Levels(rows, rows, null, null);
            case OPTIONAL -> optional(rows, nullEvery, shift);
            case REPEATED -> repeated(rows, random);
        };
    }

    private static Levels optional(int rows, int nullEvery, int shift) {
        byte[] definition = new byte[rows];
        int values = 0;
        for (int i = 0; i < rows; i++) {
            if (nullEvery == 0 || (i + 1 + shift) % nullEvery != 0) {
                definition[i] = 1;
                values++;
            }
        }
        return new Levels(rows, values, definition, null);
    }

    private static Levels repeated(int rows, Random random) {
        byte[] repetition = new byte[rows * MOST_ELEMENTS];
        int entries = 0;
        for (int i = 0; i < rows; i++) {
            int elements = 1 + random.nextInt(MOST_ELEMENTS);
            Arrays.fill(repetition, entries + 1, entries + elements, (byte) 1);
            entries += elements;
        }
        byte[] definition = new byte[entries];
        Arrays.fill(definition, (byte) 1);
        return new Levels(entries, entries, definition, Arrays.copyOf(repetition, entries));
    }

    int entries() {
        return entries;
    }

    int values() {
        return values;
    }

    /** Null when the column is required. */
    byte[] definition() {
        return definition;
    }

    /** Null when the column is not repeated. */
    byte[] repetition() {
        return repetition;
    }

    boolean isValue(int entry) {
        return definition == null || definition[entry] == 1;
    }

    boolean startsRow(int entry) {
        return repetition == null || repetition[entry] == 0;
    }
}
