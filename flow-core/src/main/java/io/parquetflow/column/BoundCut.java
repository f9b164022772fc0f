package io.parquetflow.column;

import java.nio.ByteBuffer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.BsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Cuts long bounds, as parquet-java's truncator does it, but where they lie: a least value to a prefix, a greatest value to
 * a prefix that is raised above what was cut off. What is text stays text.
 *
 * <p>Thread-safe: stateless.
 */
final class BoundCut {
    private BoundCut() {}

    /** Whether bounds of a type may be cut: a prefix of a decimal or of a UUID is none. */
    static boolean isFor(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        boolean isBytes = type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                || type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        return isBytes
                && (logical == null
                        || logical instanceof StringLogicalTypeAnnotation
                        || logical instanceof EnumLogicalTypeAnnotation
                        || logical instanceof JsonLogicalTypeAnnotation
                        || logical instanceof BsonLogicalTypeAnnotation);
    }

    /** Length that is left of a least value. */
    static int min(ByteBuffer memory, int at, int length, int atMost) {
        return length <= atMost ? length : prefix(memory, at, isText(memory, at, length), atMost);
    }

    /** Cuts and raises a greatest value in place; its whole length where none of its prefixes can be raised. */
    static int max(ByteBuffer memory, int at, int length, int atMost) {
        if (length <= atMost) {
            return length;
        }
        boolean isText = isText(memory, at, length);
        int cut = prefix(memory, at, isText, atMost);
        return (isText ? raiseText(memory, at, cut) : raise(memory, at, cut)) ? cut : length;
    }

    private static boolean isText(ByteBuffer memory, int at, int length) {
        return Utf8.firstInvalid(memory, at, length) < 0;
    }

    private static int prefix(ByteBuffer memory, int at, boolean isText, int atMost) {
        int cut = atMost;
        while (isText && cut > 0 && (memory.get(at + cut) & 0xc0) == 0x80) {
            cut--;
        }
        return cut;
    }

    /** As a number; bytes that overflow become zero. False, and nothing changed, where all of them do. */
    private static boolean raise(ByteBuffer memory, int at, int length) {
        int last = at + length - 1;
        while (last >= at && memory.get(last) == (byte) 0xff) {
            last--;
        }
        if (last < at) {
            return false;
        }
        memory.put(last, (byte) (memory.get(last) + 1));
        for (int i = last + 1; i < at + length; i++) {
            memory.put(i, (byte) 0);
        }
        return true;
    }

    /** The last byte that can be raised so that all of it is text. False, and nothing changed, where there is none. */
    private static boolean raiseText(ByteBuffer memory, int at, int length) {
        for (int i = at + length - 1; i >= at; i--) {
            byte before = memory.get(i);
            memory.put(i, (byte) (before + 1));
            if (before != (byte) 0xff && isText(memory, at, length)) {
                return true;
            }
            memory.put(i, before);
        }
        return false;
    }
}
