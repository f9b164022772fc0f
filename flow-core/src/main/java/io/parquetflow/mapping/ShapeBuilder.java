package io.parquetflow.mapping;

import io.parquetflow.mapping.Shape.Place;
import io.parquetflow.spi.Decimal;
import io.parquetflow.spi.Required;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Walks a record class once, and makes schema and shapes side by side: leaves are numbered in the order in which the
 * schema gets them.
 *
 * <p>Not thread-safe: used once.
 */
final class ShapeBuilder {
    /** Groups in groups, as any schema of ours. */
    private static final int MOST_NESTING = 32;

    private static final int MOST_DIGITS = 38;
    private static final int DEFAULT_SCALE = 18;

    private final MethodHandles.Lookup lookup;
    private final Deque<Class<?>> within = new ArrayDeque<>();
    private int leaves;

    ShapeBuilder(MethodHandles.Lookup lookup) {
        this.lookup = lookup;
    }

    /** A field of the schema, and how to fill it. */
    record Built(Type type, Shape shape) {}

    /** What is to be built: a type with its annotations, at a place. */
    private record Field(AnnotatedType type, AnnotatedElement component, String name, Place place, int depth) {
        Class<?> raw() {
            if (type.getType() instanceof Class<?> c) {
                return c;
            }
            return type.getType() instanceof ParameterizedType p ? (Class<?>) p.getRawType() : null;
        }

        /** On the component, or on the type itself. */
        <A extends Annotation> A annotation(Class<A> kind) {
            A onType = type.getAnnotation(kind);
            return onType != null || component == null ? onType : component.getAnnotation(kind);
        }

        Repetition repetition() {
            return place.nullLevel() == Shape.NO_NULLS ? Repetition.REQUIRED : Repetition.OPTIONAL;
        }

        AnnotatedType argument(int index) {
            return type instanceof AnnotatedParameterizedType p ? p.getAnnotatedActualTypeArguments()[index] : null;
        }
    }

    Built build(Class<?> type) {
        if (!type.isRecord()) {
            throw refused(type.getSimpleName(), "not a record class: " + type.getName());
        }
        return group(type, new Place(type.getSimpleName(), Shape.NO_NULLS, 0, 0), "record", 0);
    }

    private Built field(AnnotatedType type, AnnotatedElement component, String name, Place above, int depth) {
        boolean isPrimitive = type.getType() instanceof Class<?> c && c.isPrimitive();
        boolean isRequired = isPrimitive
                || type.isAnnotationPresent(Required.class)
                || (component != null && component.isAnnotationPresent(Required.class));
        Place place = isRequired
                ? new Place(above.path(), Shape.NO_NULLS, above.level(), above.lists())
                : new Place(above.path(), above.level(), above.level() + 1, above.lists());
        if (depth > MOST_NESTING) {
            throw refused(place.path(), "nested deeper than " + MOST_NESTING);
        }
        return shape(new Field(type, component, name, place, depth));
    }

    private Built shape(Field field) {
        Class<?> raw = field.raw();
        String path = field.place().path();
        if (raw == null) {
            throw refused(path, "unsupported type " + field.type().getType().getTypeName());
        }
        if (raw == List.class) {
            return list(field);
        }
        if (raw == Map.class) {
            return map(field);
        }
        if (raw.isRecord() && field.type().getType() == raw) {
            return group(raw, field.place(), field.name(), field.depth());
        }
        LeafType leaf = raw == BigDecimal.class ? decimal(field) : LeafType.of(raw, path);
        if (leaf == null) {
            throw refused(path, "unsupported type " + field.type().getType().getTypeName());
        }
        if (raw != BigDecimal.class && field.annotation(Decimal.class) != null) {
            throw refused(path, "@Decimal is for java.math.BigDecimal, not for " + raw.getTypeName());
        }
        return new Built(
                leaf.named(field.name(), field.repetition()), new Shape.Leaf(field.place(), leaves++, leaf.put()));
    }

    private static LeafType decimal(Field field) {
        Decimal digits = field.annotation(Decimal.class);
        String path = field.place().path();
        if (digits == null) {
            return LeafType.ofDecimal(MOST_DIGITS, DEFAULT_SCALE, path);
        }
        int precision = digits.precision();
        if (precision < 1 || precision > MOST_DIGITS || digits.scale() < 0 || digits.scale() > precision) {
            throw refused(
                    path,
                    "@Decimal(precision = " + precision + ", scale = " + digits.scale() + "): precision is 1 to "
                            + MOST_DIGITS + ", scale 0 to precision");
        }
        return LeafType.ofDecimal(precision, digits.scale(), path);
    }

    private Built group(Class<?> type, Place place, String name, int depth) {
        if (within.contains(type)) {
            throw refused(
                    place.path(), "record " + type.getTypeName() + " contains itself; Parquet has no such schema");
        }
        RecordComponent[] components = type.getRecordComponents();
        if (components.length == 0) {
            throw refused(
                    place.path(), "record " + type.getTypeName() + " has no components; Parquet has no empty group");
        }
        within.push(type);
        int first = leaves;
        List<Type> fields = new ArrayList<>();
        List<Component> parts = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (RecordComponent component : components) {
            String path = place.path() + "." + component.getName();
            String other = names.put(component.getName().toLowerCase(Locale.ROOT), component.getName());
            if (other != null) {
                throw refused(
                        path, "differs from " + other + " in case only; readers like DuckDB and Spark ignore case");
            }
            Built built = field(
                    component.getAnnotatedType(),
                    component,
                    component.getName(),
                    new Place(path, Shape.NO_NULLS, place.level(), place.lists()),
                    depth + 1);
            fields.add(built.type());
            parts.add(new Component(component.getType(), accessor(component, path), built.shape()));
        }
        within.pop();
        Repetition repetition = place.nullLevel() == Shape.NO_NULLS ? Repetition.REQUIRED : Repetition.OPTIONAL;
        return new Built(new GroupType(repetition, name, fields), new Shape.Group(place, first, leaves, parts));
    }

    private MethodHandle accessor(RecordComponent component, String path) {
        try {
            return lookup.unreflect(component.getAccessor());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "cannot map " + path + ": its accessor is not visible to "
                            + lookup.lookupClass().getName() + "; pass the lookup of a class that sees the record",
                    e);
        }
    }

    /** {@code group name (LIST) { repeated group list { element } }}. */
    private Built list(Field field) {
        AnnotatedType element = field.argument(0);
        if (element == null) {
            throw refused(field.place().path(), "unsupported type java.util.List without its element type");
        }
        int first = leaves;
        Built built = field(element, null, "element", element(field.place(), "[]"), field.depth() + 2);
        GroupType repeated = new GroupType(Repetition.REPEATED, "list", built.type());
        return new Built(
                annotated(field, LogicalTypeAnnotation.listType(), repeated),
                new Shape.Elements(field.place(), first, leaves, built.shape()));
    }

    /** {@code group name (MAP) { repeated group key_value { required binary key (STRING); value } }}. */
    private Built map(Field field) {
        Place place = field.place();
        AnnotatedType key = field.argument(0);
        if (key == null || key.getType() != String.class) {
            throw refused(
                    place.path(),
                    "unsupported type " + field.type().getType().getTypeName()
                            + "; keys of a map are java.lang.String");
        }
        int first = leaves;
        Place inner = element(place, "{}");
        Place keyPlace = new Place(place.path() + ".keys", Shape.NO_NULLS, inner.level(), inner.lists());
        LeafType text = LeafType.of(String.class, keyPlace.path());
        Shape keys = new Shape.Leaf(keyPlace, leaves++, text.put());
        Built value = field(field.argument(1), null, "value", inner, field.depth() + 2);
        GroupType repeated =
                new GroupType(Repetition.REPEATED, "key_value", text.named("key", Repetition.REQUIRED), value.type());
        return new Built(
                annotated(field, LogicalTypeAnnotation.mapType(), repeated),
                new Shape.Entries(place, first, leaves, keys, value.shape()));
    }

    private static Type annotated(Field field, LogicalTypeAnnotation logical, GroupType repeated) {
        return Types.buildGroup(field.repetition())
                .addField(repeated)
                .as(logical)
                .named(field.name());
    }

    private static Place element(Place of, String suffix) {
        return new Place(of.path() + suffix, Shape.NO_NULLS, of.level() + 1, of.lists() + 1);
    }

    private static IllegalArgumentException refused(String path, String why) {
        return new IllegalArgumentException("cannot map " + path + ": " + why);
    }
}
