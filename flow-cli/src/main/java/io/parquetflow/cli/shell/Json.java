package io.parquetflow.cli.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Writes maps, collections, numbers, booleans, strings and byte arrays as JSON. Bytes that are readable text become a
 * string; others become base 64 under the field's name with {@code _base64} at its end, in a list all of them.
 *
 * <p>Not thread-safe.
 */
public final class Json {
    private final PrintWriter out;
    private final JsonGenerator generator;

    private Json(PrintWriter out, JsonGenerator generator) {
        this.out = out;
        this.generator = generator;
    }

    /**
     * One object a line.
     *
     * @param out stays open
     * @return the writer
     * @throws IOException when nothing can be written
     */
    public static Json lines(PrintWriter out) throws IOException {
        JsonGenerator generator = generator(out);
        generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
        return new Json(out, generator);
    }

    /**
     * Indented, for one object that is the whole output.
     *
     * @param out stays open
     * @return the writer
     * @throws IOException when nothing can be written
     */
    public static Json document(PrintWriter out) throws IOException {
        JsonGenerator generator = generator(out);
        generator.setPrettyPrinter(new DefaultPrettyPrinter());
        return new Json(out, generator);
    }

    /**
     * Writes a value and ends the line.
     *
     * @param value see the class
     * @throws IOException when nothing can be written
     */
    public void write(Object value) throws IOException {
        writeValue(value);
        generator.flush();
        out.println();
    }

    private static JsonGenerator generator(PrintWriter out) throws IOException {
        return new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    private void writeValue(Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                writeField(String.valueOf(entry.getKey()), entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                writeValue(element);
            }
            generator.writeEndArray();
        } else {
            writeScalar(value);
        }
    }

    /** Bytes in a list are all text or all base 64, or nobody could tell one from the other. */
    private void writeField(String name, Object value) throws IOException {
        boolean opaque = isOpaque(value);
        generator.writeFieldName(opaque ? name + "_base64" : name);
        if (opaque) {
            writeBase64(value);
        } else {
            writeValue(value);
        }
    }

    private static boolean isOpaque(Object value) {
        if (value instanceof Iterable<?> list) {
            for (Object element : list) {
                if (isOpaque(element)) {
                    return true;
                }
            }
        }
        return value instanceof byte[] bytes && Text.readable(bytes).isEmpty();
    }

    private void writeBase64(Object value) throws IOException {
        if (value instanceof byte[] bytes) {
            generator.writeBinary(bytes);
        } else if (value instanceof Iterable<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                writeBase64(element);
            }
            generator.writeEndArray();
        } else {
            writeValue(value);
        }
    }

    private void writeScalar(Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof BigDecimal decimal) {
            generator.writeNumber(decimal.toPlainString());
        } else if (value instanceof BigInteger integer) {
            generator.writeNumber(integer);
        } else if (value instanceof Float number) {
            generator.writeNumber(number.floatValue());
        } else if (value instanceof Double number) {
            generator.writeNumber(number.doubleValue());
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof byte[] bytes) {
            Optional<String> text = Text.readable(bytes);
            generator.writeString(text.orElseGet(() -> Base64.getEncoder().encodeToString(bytes)));
        } else {
            generator.writeString(value.toString());
        }
    }
}
