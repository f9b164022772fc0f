package io.parquetflow.column;

import java.nio.ByteBuffer;

/**
 * Takes rows in {@link RecordLayout}'s form apart into columns. One loop over the leaves, in the order in which they lie;
 * nothing is allocated.
 *
 * <p>Not thread-safe: the writer thread's.
 */
public final class RowShredder implements Shredder {
    private final RowLeaf[] leaves;
    private final RowTarget target;

    /**
     * Makes a shredder.
     *
     * @param layout of the rows
     * @param target takes the values
     */
    public RowShredder(RecordLayout layout, RowTarget target) {
        this.leaves = layout.leaves();
        this.target = target;
    }

    @Override
    public void shred(ByteBuffer from, int at) {
        for (RowLeaf leaf : leaves) {
            if (leaf.isRepeated()) {
                shredList(leaf, from, at);
            } else {
                shredFlat(leaf, from, at);
            }
            target.endRow(leaf.index);
        }
    }

    private void shredFlat(RowLeaf leaf, ByteBuffer from, int at) {
        int level = leaf.levelAt == RowLeaf.NO_LEVEL ? leaf.maxDefinition : from.get(at + leaf.levelAt);
        if (level < leaf.maxDefinition) {
            target.addLevels(leaf.index, 0, level);
            return;
        }
        int slot = at + leaf.slot;
        if (leaf.width == 0) {
            int length = from.getInt(slot + Integer.BYTES);
            target.makeRoom(leaf.index, length);
            addFull(leaf);
            target.addBinary(leaf.index, from, at + from.getInt(slot), length);
        } else {
            addFull(leaf);
            shredFixed(leaf, from, slot);
        }
    }

    private void addFull(RowLeaf leaf) {
        if (leaf.levelAt != RowLeaf.NO_LEVEL) {
            target.addLevels(leaf.index, 0, leaf.maxDefinition);
        }
    }

    private void shredFixed(RowLeaf leaf, ByteBuffer from, int at) {
        switch (leaf.type) {
            case BOOLEAN -> target.addBoolean(leaf.index, from.get(at) != 0);
            case INT32 -> target.addInt(leaf.index, from.getInt(at));
            case INT64 -> target.addLong(leaf.index, from.getLong(at));
            case FLOAT -> target.addFloat(leaf.index, from.getFloat(at));
            case DOUBLE -> target.addDouble(leaf.index, from.getDouble(at));
            case INT96, FIXED_LEN_BYTE_ARRAY -> target.addFixed(leaf.index, from, at);
            case BINARY -> throw new AssertionError("no fixed width: column=" + leaf.path());
        }
    }

    private void shredList(RowLeaf leaf, ByteBuffer from, int at) {
        int slot = at + leaf.slot;
        int repetitions = at + from.getInt(slot);
        int count = from.getInt(slot + Integer.BYTES);
        int definitions = repetitions + count;
        int value = definitions + count;
        if (leaf.width == 0) {
            target.makeRoom(leaf.index, from.getInt(slot + 2 * Integer.BYTES));
        }
        int values = 0;
        for (int i = 0; i < count; i++) {
            int level = from.get(definitions + i);
            target.addLevels(leaf.index, from.get(repetitions + i), level);
            values += level == leaf.maxDefinition ? 1 : 0;
        }
        for (int i = 0; i < values; i++) {
            if (leaf.width == 0) {
                int length = from.getInt(value);
                target.addBinary(leaf.index, from, value + Integer.BYTES, length);
                value += Integer.BYTES + length;
            } else {
                shredFixed(leaf, from, value);
                value += leaf.width;
            }
        }
    }
}
