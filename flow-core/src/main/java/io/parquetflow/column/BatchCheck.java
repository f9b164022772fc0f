package io.parquetflow.column;

import io.parquetflow.spi.ColumnOptions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * Whether a batch is what it says: lengths, levels, values, and whether columns below the same group agree on it. All of
 * it before anything is taken: a file that a reader refuses is never begun.
 *
 * <p>Thread-safe: immutable.
 */
final class BatchCheck {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long SEVENS = 0x7f7f7f7f7f7f7f7fL;

    private final Siblings siblings;
    private final List<ValueRules> rules;
    /** Of each column, by repetition level, the definition level that an element of that list has at least. */
    private final List<int[]> elements;

    BatchCheck(MessageType schema, List<ColumnOptions> options) {
        this.siblings = Siblings.of(schema);
        this.rules = new ArrayList<>();
        this.elements = new ArrayList<>();
        List<ColumnDescriptor> columns = schema.getColumns(); // made anew each time it is asked for
        for (int i = 0; i < options.size(); i++) {
            ColumnDescriptor column = columns.get(i);
            rules.add(ValueRules.of(column, options.get(i).repair()));
            elements.add(RecordLayout.elementLevels(schema, column));
        }
    }

    /**
     * Checks a batch.
     *
     * @throws IllegalArgumentException naming the column and the index of what is wrong
     */
    void check(List<ColumnValues> columns, int rows) {
        for (int i = 0; i < columns.size(); i++) {
            lengths(columns.get(i), rows);
            lists(columns.get(i), elements.get(i));
            values(columns.get(i), rules.get(i));
        }
        for (int i = 1; i < columns.size(); i++) {
            if (siblings.definition(i) > 0) {
                SharedGroup group = new SharedGroup(siblings.repetition(i), siblings.definition(i));
                group.check(columns.get(i - 1), columns.get(i));
            }
        }
    }

    private static void lengths(ColumnValues column, int rows) {
        int maxDefinition = column.column().getMaxDefinitionLevel();
        int maxRepetition = column.column().getMaxRepetitionLevel();
        int entries = rows;
        if (maxRepetition > 0) {
            entries = column.repetitions();
            levels(column, "repetition", column.repetition(), entries, maxRepetition);
            rows(column, rows);
        } else if (column.repetition() != null) {
            throw bad(column, "it has no repetition levels, but some are given");
        }
        int values = entries;
        if (maxDefinition > 0) {
            if (column.definition() == null && entries > 0) {
                throw bad(column, "definition levels are missing");
            }
            if (column.definitions() != entries) {
                throw bad(column, "definition levels=" + column.definitions() + ", expected=" + entries);
            }
            levels(column, "definition", column.definition(), entries, maxDefinition);
            values = entries == 0 ? 0 : LevelBuffer.countOf(column.definition(), 0, entries, maxDefinition);
        } else if (column.definition() != null) {
            throw bad(column, "it has no definition levels, but some are given");
        }
        if (column.count() != values) {
            throw bad(column, "values=" + column.count() + ", expected=" + values);
        }
    }

    private static void levels(ColumnValues column, String which, byte[] levels, int entries, int max) {
        if (levels == null && entries > 0) {
            throw bad(column, which + " levels are missing");
        }
        int at = firstAbove(levels, entries, max);
        if (at >= 0) {
            throw bad(column, which + " level at index=" + at + " is " + levels[at] + ", allowed=0 to " + max);
        }
    }

    /** Index of the first level that is negative or above the largest, -1 where there is none; eight at a time. */
    private static int firstAbove(byte[] levels, int entries, int max) {
        long room = ONES * (Byte.MAX_VALUE - max);
        int i = 0;
        for (; i + Long.BYTES <= entries; i += Long.BYTES) {
            long word = (long) WORD.get(levels, i);
            if (((((word & SEVENS) + room) | word) & ~SEVENS) != 0) {
                break;
            }
        }
        for (; i < entries; i++) {
            if (levels[i] < 0 || levels[i] > max) {
                return i;
            }
        }
        return -1;
    }

    private static void rows(ColumnValues column, int rows) {
        int entries = column.repetitions();
        if (entries > 0 && column.repetition()[0] != 0) {
            throw bad(column, "repetition level at index=0 is " + column.repetition()[0] + ", but a row begins with 0");
        }
        int begun = entries == 0 ? 0 : LevelBuffer.countOf(column.repetition(), 0, entries, 0);
        if (begun != rows) {
            throw bad(column, "rows that its repetition levels begin=" + begun + ", expected=" + rows);
        }
    }

    /** A further element is of a list that has one already: neither it nor the entry before may say that there is none. */
    private static void lists(ColumnValues column, int[] element) {
        byte[] repetition = column.repetition();
        byte[] definition = column.definition();
        for (int i = 1; i < column.repetitions(); i++) {
            int least = element[repetition[i]];
            if (repetition[i] > 0 && (definition[i] < least || definition[i - 1] < least)) {
                throw bad(
                        column,
                        "repetition level at index=" + i + " is " + repetition[i]
                                + ", a further element of a list, but by the definition levels at index=" + (i - 1)
                                + " and " + i + ", " + definition[i - 1] + " and " + definition[i]
                                + ", there is no such list, or it is empty");
            }
        }
    }

    private static void values(ColumnValues column, ValueRules rules) {
        int count = column.count();
        if (count == 0) {
            return;
        }
        if (column.offsets() != null) {
            offsets(column);
            int at = rules.firstBad(column.bytes(), column.offsets(), count);
            if (at >= 0 && rules.repairsText()) {
                column.repair(rules);
            } else if (at >= 0) {
                int from = column.offsets()[at];
                throw bad(column, at, rules.refusal(column.bytes(), from, column.offsets()[at + 1] - from));
            }
        } else if (column.bytes() != null) {
            int at = rules.firstBad(column.bytes(), 0, count);
            if (at >= 0) {
                int width = column.bytes().limit() / count;
                throw bad(column, at, rules.refusal(column.bytes(), at * width, width));
            }
        } else if (column.array() instanceof int[] ints) {
            int at = rules.firstBad(ints, count);
            if (at >= 0) {
                throw bad(column, at, rules.refusal(ints[at]));
            }
        } else if (column.array() instanceof long[] longs) {
            int at = rules.firstBad(longs, count);
            if (at >= 0) {
                throw bad(column, at, rules.refusal(longs[at]));
            }
        }
    }

    /** Ascending, and inside of the bytes. */
    private static void offsets(ColumnValues column) {
        int[] offsets = column.offsets();
        int end = column.bytes().limit();
        // One sign for all: a step back, or below zero. Both, since a step from the largest to the least overflows.
        int wrong = offsets[0];
        for (int i = 0; i < column.count(); i++) {
            wrong |= (offsets[i + 1] - offsets[i]) | offsets[i + 1];
        }
        if (wrong >= 0 && offsets[column.count()] <= end) {
            return;
        }
        int i = 0;
        while (offsets[i] >= 0 && offsets[i + 1] >= offsets[i] && offsets[i + 1] <= end) {
            i++;
        }
        throw bad(column, "offsets at index=" + i + " are " + offsets[i] + " to " + offsets[i + 1] + ", bytes=" + end);
    }

    private static IllegalArgumentException bad(ColumnValues column, int index, String why) {
        return bad(column, "value at index=" + index + ": " + why);
    }

    static IllegalArgumentException bad(ColumnValues column, String why) {
        return new IllegalArgumentException("column " + column.name() + ": " + why);
    }
}
