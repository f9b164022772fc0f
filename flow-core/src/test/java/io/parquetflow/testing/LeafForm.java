package io.parquetflow.testing;

import static org.apache.parquet.schema.Type.Repetition.OPTIONAL;
import static org.apache.parquet.schema.Type.Repetition.REPEATED;
import static org.apache.parquet.schema.Type.Repetition.REQUIRED;

import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Every place that a leaf can have in a schema: what stands around it decides its levels. */
public enum LeafForm {
    REQUIRED_FIELD {
        @Override
        public Type field(LeafKind kind, String name) {
            return kind.type(REQUIRED, name);
        }
    },
    OPTIONAL_FIELD {
        @Override
        public Type field(LeafKind kind, String name) {
            return kind.type(OPTIONAL, name);
        }
    },
    /** Without a LIST around it: a list that is never null, of elements that are never null. */
    REPEATED_FIELD {
        @Override
        public Type field(LeafKind kind, String name) {
            return kind.type(REPEATED, name);
        }
    },
    /** Three levels: null, empty, or elements of which some are null. */
    LIST {
        @Override
        public Type field(LeafKind kind, String name) {
            return list(OPTIONAL, name, kind.type(OPTIONAL, "element"));
        }
    },
    LIST_WITHOUT_NULLS {
        @Override
        public Type field(LeafKind kind, String name) {
            return list(REQUIRED, name, kind.type(REQUIRED, "element"));
        }
    },
    MAP_VALUE {
        @Override
        public Type field(LeafKind kind, String name) {
            return map(OPTIONAL, name, LeafKind.STRING.type(REQUIRED, "key"), kind.type(OPTIONAL, "value"));
        }
    },
    MAP_KEY {
        @Override
        public Type field(LeafKind kind, String name) {
            return map(REQUIRED, name, kind.type(REQUIRED, "key"), LeafKind.INT32.type(REQUIRED, "value"));
        }
    },
    OPTIONAL_GROUP {
        @Override
        public Type field(LeafKind kind, String name) {
            return group(OPTIONAL, name, kind.type(REQUIRED, "inner"));
        }
    },
    REQUIRED_GROUP {
        @Override
        public Type field(LeafKind kind, String name) {
            return group(REQUIRED, name, kind.type(OPTIONAL, "inner"));
        }
    },
    OPTIONAL_IN_OPTIONAL {
        @Override
        public Type field(LeafKind kind, String name) {
            return group(OPTIONAL, name, group(OPTIONAL, "middle", kind.type(OPTIONAL, "inner")));
        }
    },
    /** Siblings have the same number of elements in each row. */
    REPEATED_GROUP {
        @Override
        public Type field(LeafKind kind, String name) {
            return group(REPEATED, name, kind.type(OPTIONAL, "inner"), LeafKind.INT64.type(REQUIRED, "sibling"));
        }
    },
    LIST_OF_GROUPS {
        @Override
        public Type field(LeafKind kind, String name) {
            return list(
                    OPTIONAL,
                    name,
                    group(OPTIONAL, "element", kind.type(REQUIRED, "inner"), kind.type(REPEATED, "sibling")));
        }
    },
    LIST_OF_LISTS {
        @Override
        public Type field(LeafKind kind, String name) {
            return list(OPTIONAL, name, list(OPTIONAL, "element", kind.type(OPTIONAL, "element")));
        }
    };

    /** A field with a leaf of that kind. */
    public abstract Type field(LeafKind kind, String name);

    static GroupType group(Repetition repetition, String name, Type... fields) {
        return new GroupType(repetition, name, fields);
    }

    static GroupType list(Repetition repetition, String name, Type element) {
        return Types.buildGroup(repetition)
                .as(LogicalTypeAnnotation.listType())
                .addField(group(REPEATED, "list", element))
                .named(name);
    }

    static GroupType map(Repetition repetition, String name, Type key, Type value) {
        return Types.buildGroup(repetition)
                .as(LogicalTypeAnnotation.mapType())
                .addField(group(REPEATED, "key_value", key, value))
                .named(name);
    }
}
