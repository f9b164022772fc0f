package io.parquetflow.mapping;

import io.parquetflow.column.QuietSlf4j;
import io.parquetflow.column.RowStage;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.apache.parquet.schema.MessageType;

/**
 * A Java {@code record} class as a schema, and its instances as rows.
 *
 * <table>
 * <caption>Component types</caption>
 * <tr><th>Java</th><th>Parquet</th></tr>
 * <tr><td>boolean, int, long, float, double</td><td>BOOLEAN, INT32, INT64, FLOAT, DOUBLE</td></tr>
 * <tr><td>byte, short</td><td>INT32 with INT(8), INT(16)</td></tr>
 * <tr><td>char</td><td>STRING of that character</td></tr>
 * <tr><td>String, enums</td><td>STRING, ENUM of the constant's name</td></tr>
 * <tr><td>byte[]</td><td>BYTE_ARRAY</td></tr>
 * <tr><td>Instant</td><td>TIMESTAMP(MICROS, UTC): what is finer is cut off, towards the past</td></tr>
 * <tr><td>LocalDate</td><td>DATE</td></tr>
 * <tr><td>BigDecimal</td><td>DECIMAL(38, 18) or what {@link io.parquetflow.spi.Decimal} says; never rounded</td></tr>
 * <tr><td>UUID</td><td>UUID</td></tr>
 * <tr><td>List</td><td>LIST in three levels</td></tr>
 * <tr><td>Map with keys of String</td><td>MAP</td></tr>
 * <tr><td>record classes</td><td>group</td></tr>
 * </table>
 *
 * <p>References, boxed primitives and list elements are optional unless {@link io.parquetflow.spi.Required} says
 * otherwise; primitives and map keys are required. Names are those of the components. Timestamps are in microseconds since
 * Iceberg and Spark refuse nanoseconds; a component of {@code long} keeps them.
 *
 * <p>Instances may be put from any thread, each thread with its own stage. Putting makes no objects for primitives, boxed
 * primitives, strings, bytes, instants, dates, UUIDs and enums.
 *
 * <p>Thread-safe: immutable.
 *
 * @param <T> the record class
 */
public final class RecordMapping<T extends Record> {
    private final MessageType schema;
    private final Shape shape;

    private RecordMapping(MessageType schema, Shape shape) {
        this.schema = schema;
        this.shape = shape;
    }

    /**
     * Maps a record class.
     *
     * @param type the class, which may be private
     * @param lookup of a class that may call the record's accessors: {@code MethodHandles.lookup()} where the record is
     *     visible
     * @param <T> the record class
     * @return its mapping
     * @throws IllegalArgumentException naming the component that has no place in a schema, by its path
     */
    public static <T extends Record> RecordMapping<T> of(Class<T> type, MethodHandles.Lookup lookup) {
        QuietSlf4j.prepare();
        ShapeBuilder.Built built = new ShapeBuilder(lookup).build(type);
        return new RecordMapping<>(
                new MessageType(type.getSimpleName(), built.type().asGroupType().getFields()), built.shape());
    }

    /**
     * The schema.
     *
     * @return named after the class
     */
    public MessageType schema() {
        return schema;
    }

    /**
     * Puts an instance into a row that has begun, and that has nothing else in it.
     *
     * @param instance what to put
     * @param row of this mapping's schema
     * @throws IllegalArgumentException when a required component is null, or a value has no place in its column; the row
     *     is to be begun anew then
     */
    public void put(T instance, RowStage row) {
        shape.put(Objects.requireNonNull(instance, "instance"), row, 0);
    }
}
