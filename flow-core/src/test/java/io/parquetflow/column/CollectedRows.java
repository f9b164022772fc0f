package io.parquetflow.column;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/** Keeps what a shredder gives, and complains where a leaf gets it in an order that column buffers would not bear. */
public final class CollectedRows implements RowTarget {
    /** One entry of a leaf; the value is null where there is none, bytes are in hexadecimal. */
    public record Entry(int repetition, int definition, Object value) {
        @Override
        public String toString() {
            return repetition + "/" + definition + (value == null ? "" : ":" + value);
        }
    }

    private final List<List<Entry>> columns = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();
    private final List<Integer> announcedBytes = new ArrayList<>();
    private final List<ColumnDescriptor> descriptors;
    private int waiting;

    public CollectedRows(MessageType schema) {
        descriptors = schema.getColumns();
        descriptors.forEach(c -> {
            columns.add(new ArrayList<>());
            rows.add(0);
            announcedBytes.add(0);
        });
    }

    /** A leaf's entries so far. */
    public List<Entry> column(int leaf) {
        return columns.get(leaf);
    }

    /** All of one row. */
    public static List<List<Entry>> of(RowStage stage) {
        CollectedRows collected = new CollectedRows(stage.layout().schema());
        new RowShredder(stage.layout(), collected).shred(stage.buffer(), 0);
        return collected.columns;
    }

    List<Integer> rows() {
        return rows;
    }

    /** The bytes that were told of before the values of the leaf's last row came. */
    int announcedBytes(int leaf) {
        return announcedBytes.get(leaf);
    }

    @Override
    public void makeRoom(int leaf, int bytes) {
        announcedBytes.set(leaf, bytes);
    }

    @Override
    public void addLevels(int leaf, int repetition, int definition) {
        columns.get(leaf).add(new Entry(repetition, definition, null));
    }

    private void add(int leaf, Object value) {
        int max = descriptors.get(leaf).getMaxDefinitionLevel();
        List<Entry> column = columns.get(leaf);
        if (max == 0) {
            column.add(new Entry(0, 0, value));
            return;
        }
        waiting = Math.min(waiting, column.size());
        while (column.get(waiting).definition() < max || column.get(waiting).value() != null) {
            waiting++; // fails where there are more values than full levels
        }
        column.set(waiting, new Entry(column.get(waiting).repetition(), max, value));
    }

    @Override
    public void addBoolean(int leaf, boolean value) {
        add(leaf, value);
    }

    @Override
    public void addInt(int leaf, int value) {
        add(leaf, value);
    }

    @Override
    public void addLong(int leaf, long value) {
        add(leaf, value);
    }

    @Override
    public void addFloat(int leaf, float value) {
        add(leaf, value);
    }

    @Override
    public void addDouble(int leaf, double value) {
        add(leaf, value);
    }

    @Override
    public void addBinary(int leaf, ByteBuffer from, int at, int length) {
        add(leaf, hex(from, at, length));
    }

    @Override
    public void addFixed(int leaf, ByteBuffer from, int at) {
        add(leaf, hex(from, at, ValueRules.widthOf(descriptors.get(leaf).getPrimitiveType())));
    }

    private static String hex(ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[length];
        from.get(at, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void endRow(int leaf) {
        rows.set(leaf, rows.get(leaf) + 1);
        waiting = 0;
        int max = descriptors.get(leaf).getMaxDefinitionLevel();
        for (Entry entry : columns.get(leaf)) {
            if (entry.definition() == max && entry.value() == null) {
                throw new AssertionError("a full level without a value: leaf=" + leaf + ", entry=" + entry);
            }
        }
    }
}
