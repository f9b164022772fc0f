package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Shredded rows go into the chunks of the open row group.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public final class RowColumns implements RowTarget {
    private final ColumnChunkBuffer[] chunks;
    private final LevelBuffer[] repetition;
    private final LevelBuffer[] definition;
    private final ValueBuffer[] values;

    /**
     * Rows of a schema.
     *
     * @param columns one entry a leaf
     */
    public RowColumns(List<ColumnChunkBuffer> columns) {
        int count = columns.size();
        chunks = columns.toArray(new ColumnChunkBuffer[count]);
        repetition = new LevelBuffer[count];
        definition = new LevelBuffer[count];
        values = new ValueBuffer[count];
        for (int i = 0; i < count; i++) {
            repetition[i] = chunks[i].repetition();
            definition[i] = chunks[i].definition();
            values[i] = chunks[i].values();
        }
    }

    @Override
    public void makeRoom(int leaf, int bytes) {
        chunks[leaf].makeRoom(bytes);
    }

    @Override
    public void addLevels(int leaf, int repetitionLevel, int definitionLevel) {
        if (repetition[leaf] != null) {
            repetition[leaf].add(repetitionLevel);
        }
        definition[leaf].add(definitionLevel);
    }

    @Override
    public void addBoolean(int leaf, boolean value) {
        ((BooleanValues) values[leaf]).add(value);
    }

    @Override
    public void addInt(int leaf, int value) {
        ((IntValues) values[leaf]).add(value);
    }

    @Override
    public void addLong(int leaf, long value) {
        ((LongValues) values[leaf]).add(value);
    }

    @Override
    public void addFloat(int leaf, float value) {
        ((FloatValues) values[leaf]).add(value);
    }

    @Override
    public void addDouble(int leaf, double value) {
        ((DoubleValues) values[leaf]).add(value);
    }

    @Override
    public void addBinary(int leaf, ByteBuffer from, int at, int length) {
        ((BinaryValues) values[leaf]).add(from, at, length);
    }

    @Override
    public void addFixed(int leaf, ByteBuffer from, int at) {
        ((FixedValues) values[leaf]).add(from, at);
    }

    @Override
    public void addNulls(int leaf, int definitionLevel, int rows) {
        ColumnChunkBuffer chunk = chunks[leaf];
        int left = rows;
        while (left > 0) {
            int n = Math.min(left, chunk.nullsLeft());
            if (repetition[leaf] != null) {
                repetition[leaf].add(0, n);
            }
            definition[leaf].add(definitionLevel, n);
            chunk.endRows(n);
            left -= n;
        }
    }

    @Override
    public void endRow(int leaf) {
        chunks[leaf].endRow();
    }
}
