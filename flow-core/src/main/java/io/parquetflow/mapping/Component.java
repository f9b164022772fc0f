package io.parquetflow.mapping;

import io.parquetflow.column.RowStage;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/**
 * One component of a record class: its accessor, and the shape of what that gives. Primitives go into their column as they
 * are, without a box around each.
 *
 * <p>Thread-safe: immutable.
 */
final class Component {
    private final Class<?> type;
    private final MethodHandle accessor;
    private final Shape shape;

    /**
     * Makes a component.
     *
     * @param type as the accessor answers it
     * @param accessor takes the record
     * @param shape of the component
     */
    Component(Class<?> type, MethodHandle accessor, Shape shape) {
        this.type = carrier(type);
        this.accessor = accessor.asType(MethodType.methodType(this.type, Object.class));
        this.shape = shape;
    }

    /** What the accessor is made to answer: a primitive that a column takes, else an object. */
    private static Class<?> carrier(Class<?> type) {
        if (type == byte.class || type == short.class) {
            return int.class;
        }
        return type.isPrimitive() && type != char.class ? type : Object.class;
    }

    void put(Object owner, RowStage row, int repetition) {
        try {
            if (type == Object.class) {
                shape.put((Object) accessor.invokeExact(owner), row, repetition);
            } else {
                putPrimitive(owner, row, (Shape.Leaf) shape, repetition);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(
                    "an accessor failed: component=" + shape.place().path(), e);
        }
    }

    private void putPrimitive(Object owner, RowStage row, Shape.Leaf leaf, int repetition) throws Throwable {
        leaf.open(row, repetition);
        if (type == long.class) {
            row.putLong(leaf.firstLeaf(), (long) accessor.invokeExact(owner));
        } else if (type == int.class) {
            row.putInt(leaf.firstLeaf(), (int) accessor.invokeExact(owner));
        } else if (type == double.class) {
            row.putDouble(leaf.firstLeaf(), (double) accessor.invokeExact(owner));
        } else if (type == float.class) {
            row.putFloat(leaf.firstLeaf(), (float) accessor.invokeExact(owner));
        } else {
            row.putBoolean(leaf.firstLeaf(), (boolean) accessor.invokeExact(owner));
        }
    }
}
