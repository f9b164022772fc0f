package io.parquetflow.mapping;

import io.parquetflow.column.RowStage;
import java.util.List;
import java.util.Map;

/**
 * How values of one Java type, at one place of a record class, become entries of the columns below that place.
 *
 * <p>Thread-safe: immutable.
 */
abstract sealed class Shape {
    /** As {@link Place#nullLevel}: there are no nulls. */
    static final int NO_NULLS = -1;

    private final Place place;
    private final int firstLeaf;
    private final int endLeaf;

    /**
     * Where in the schema a shape is.
     *
     * @param path in Java's terms, as {@code Trade.legs[].price}
     * @param nullLevel definition level of a null, {@link #NO_NULLS} where it is required
     * @param level definition level of a value that is there
     * @param lists how many lists and maps it is in
     */
    record Place(String path, int nullLevel, int level, int lists) {}

    private Shape(Place place, int firstLeaf, int endLeaf) {
        this.place = place;
        this.firstLeaf = firstLeaf;
        this.endLeaf = endLeaf;
    }

    /** Puts a value that may be null, as the entry that this repetition level begins. */
    final void put(Object value, RowStage row, int repetition) {
        if (value != null) {
            write(value, row, repetition);
        } else if (place.nullLevel == NO_NULLS) {
            throw new IllegalArgumentException("null in a required component: component=" + place.path
                    + "; give it a value, or take @Required away");
        } else {
            leaveOut(row, repetition, place.nullLevel);
        }
    }

    abstract void write(Object value, RowStage row, int repetition);

    final Place place() {
        return place;
    }

    final int firstLeaf() {
        return firstLeaf;
    }

    /** One entry in each column below, with nothing from this definition level on. */
    final void leaveOut(RowStage row, int repetition, int definition) {
        for (int leaf = firstLeaf; leaf < endLeaf; leaf++) {
            row.entry(leaf, repetition, definition);
        }
    }

    /** Puts a value that is there into its column. */
    @FunctionalInterface
    interface LeafPut {
        void put(RowStage row, int leaf, Object value);
    }

    /** One column. */
    static final class Leaf extends Shape {
        private final LeafPut put;

        Leaf(Place place, int leaf, LeafPut put) {
            super(place, leaf, leaf + 1);
            this.put = put;
        }

        @Override
        void write(Object value, RowStage row, int repetition) {
            open(row, repetition);
            put.put(row, firstLeaf(), value);
        }

        /** Before a value, where entries have levels of their own. */
        void open(RowStage row, int repetition) {
            if (place().lists > 0) {
                row.entry(firstLeaf(), repetition, place().level);
            }
        }
    }

    /** A record class within another, or the outermost. */
    static final class Group extends Shape {
        private final List<Component> components;

        Group(Place place, int firstLeaf, int endLeaf, List<Component> components) {
            super(place, firstLeaf, endLeaf);
            this.components = List.copyOf(components);
        }

        @Override
        void write(Object value, RowStage row, int repetition) {
            for (int i = 0; i < components.size(); i++) {
                components.get(i).put(value, row, repetition);
            }
        }
    }

    /** A list; its elements are one list deeper. */
    static final class Elements extends Shape {
        private final Shape element;

        Elements(Place place, int firstLeaf, int endLeaf, Shape element) {
            super(place, firstLeaf, endLeaf);
            this.element = element;
        }

        @Override
        void write(Object value, RowStage row, int repetition) {
            int next = repetition;
            boolean isEmpty = true;
            for (Object each : (List<?>) value) {
                element.put(each, row, next);
                next = place().lists + 1;
                isEmpty = false;
            }
            if (isEmpty) {
                leaveOut(row, repetition, place().level);
            }
        }
    }

    /** A map: a list of keys and values. */
    static final class Entries extends Shape {
        private final Shape key;
        private final Shape value;

        Entries(Place place, int firstLeaf, int endLeaf, Shape key, Shape value) {
            super(place, firstLeaf, endLeaf);
            this.key = key;
            this.value = value;
        }

        @Override
        void write(Object map, RowStage row, int repetition) {
            int next = repetition;
            boolean isEmpty = true;
            for (Map.Entry<?, ?> each : ((Map<?, ?>) map).entrySet()) {
                key.put(each.getKey(), row, next);
                value.put(each.getValue(), row, next);
                next = place().lists + 1;
                isEmpty = false;
            }
            if (isEmpty) {
                leaveOut(row, repetition, place().level);
            }
        }
    }
}
