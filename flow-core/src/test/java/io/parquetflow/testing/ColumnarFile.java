package io.parquetflow.testing;

import io.parquetflow.ColumnBatch;
import io.parquetflow.ColumnarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.io.api.Binary;

/**
 * Hands a sample to a {@link ColumnarWriter}, in batches.
 *
 * <p>Thread-safe: has no state.
 */
public final class ColumnarFile {
    private ColumnarFile() {}

    /** Writes the sample in batches of so many rows; the writer stays open. */
    public static void write(ColumnarWriter writer, Sample sample, int batchRows) throws IOException {
        ColumnBatch batch = writer.batch();
        for (int from = 0; from < sample.rows().size(); from += batchRows) {
            Sample slice = sample.slice(from, Math.min(sample.rows().size(), from + batchRows));
            fill(batch, slice);
            writer.write(batch);
        }
    }

    /** Starts the batch anew with these rows. */
    public static void fill(ColumnBatch batch, Sample sample) {
        batch.rows(sample.rows().size());
        List<ColumnData> columns = sample.columns();
        for (int c = 0; c < columns.size(); c++) {
            ColumnData data = columns.get(c);
            if (data.column().getMaxRepetitionLevel() > 0) {
                batch.repetitionLevels(c, data.repetition());
            }
            if (data.column().getMaxDefinitionLevel() > 0) {
                batch.definitionLevels(c, data.definition());
            }
            values(batch, c, data.column(), data.values());
        }
    }

    private static void values(ColumnBatch batch, int c, ColumnDescriptor column, List<Object> values) {
        switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> batch.booleans(c, booleans(values));
            case INT32 ->
                batch.ints(c, values.stream().mapToInt(v -> (Integer) v).toArray());
            case INT64 ->
                batch.longs(c, values.stream().mapToLong(v -> (Long) v).toArray());
            case FLOAT -> batch.floats(c, floats(values));
            case DOUBLE ->
                batch.doubles(c, values.stream().mapToDouble(v -> (Double) v).toArray());
            case BINARY -> binary(batch, c, values);
            case FIXED_LEN_BYTE_ARRAY, INT96 -> batch.fixed(c, together(values));
        }
    }

    private static boolean[] booleans(List<Object> values) {
        boolean[] array = new boolean[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = (Boolean) values.get(i);
        }
        return array;
    }

    private static float[] floats(List<Object> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = (Float) values.get(i);
        }
        return array;
    }

    /** Every other column from direct memory: both ways in are the caller's choice. */
    private static void binary(ColumnBatch batch, int c, List<Object> values) {
        byte[] bytes = together(values);
        int[] offsets = new int[values.size() + 1];
        for (int i = 0; i < values.size(); i++) {
            offsets[i + 1] = offsets[i] + ((Binary) values.get(i)).length();
        }
        if (c % 2 == 0) {
            batch.binary(c, bytes, offsets);
        } else {
            batch.binary(c, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip(), offsets);
        }
    }

    private static byte[] together(List<Object> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object value : values) {
            bytes.writeBytes(((Binary) value).getBytes());
        }
        return bytes.toByteArray();
    }
}
