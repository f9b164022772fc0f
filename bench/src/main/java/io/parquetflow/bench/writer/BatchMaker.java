package io.parquetflow.bench.writer;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * Makes the rows, the same ones each time.
 *
 * <p>Not thread-safe.
 */
final class BatchMaker {
    private static final long SEED = 20_261_120;
    private static final String[] SYMBOLS = {
        "AAPL    ", "MSFT    ", "SPY     ", "QQQ     ", "NVDA    ", "TSLA    ", "AMZN    ", "ESZ6    ", "EURUSD  "
    };
    private static final long FIRST_NS = 1_795_000_000_000_000_000L;
    private static final int MEAN_GAP_NS = 20_000;
    private static final int FIRST_PRICE = 1_500_000;

    private final Task task;
    private final Random random = new Random(SEED);
    private final LogLines lines = new LogLines(random);
    private long timeNs = FIRST_NS;
    private long orderId = 7_000_000;
    private long tradeId = 90_000_000;
    private int price = FIRST_PRICE;

    BatchMaker(Task task) {
        this.task = task;
    }

    static MessageType schema(Task task) {
        Types.MessageTypeBuilder schema = Types.buildMessage();
        Repetition form = task.repetition();
        switch (task.workload()) {
            case BYTES -> schema.primitive(BINARY, form).named("payload");
            case TEXT -> schema.primitive(BINARY, form).as(stringType()).named("line");
            case INT32 -> {
                for (String name : List.of("price", "quantity", "venue")) {
                    schema.primitive(INT32, form).named(name);
                }
            }
            case TRADES -> {
                number(schema, form, INT64, "ts");
                schema.primitive(BINARY, form).as(stringType()).named("symbol");
                number(schema, form, INT64, "order_id");
                number(schema, form, INT64, "trade_id");
                number(schema, form, INT32, "side");
                number(schema, form, INT64, "price");
                number(schema, form, INT32, "quantity");
                number(schema, form, INT32, "type");
                number(schema, form, INT32, "venue");
            }
        }
        return schema.named("bench");
    }

    private static void number(Types.MessageTypeBuilder schema, Repetition form, PrimitiveTypeName type, String name) {
        schema.primitive(type, form).named(name);
    }

    Batch make(int rows) {
        return switch (task.workload()) {
            case BYTES -> new Batch(rows, List.of(payloads(levels(rows, 0))));
            case TEXT -> new Batch(rows, List.of(lines(levels(rows, 0))));
            case INT32 ->
                new Batch(
                        rows,
                        List.of(
                                ints(levels(rows, 0), i -> price += random.nextInt(201) - 100),
                                ints(levels(rows, 1), i -> 100 * (1 + random.nextInt(2000))),
                                ints(levels(rows, 2), i -> random.nextInt(16))));
            case TRADES -> trades(rows);
        };
    }

    private Batch trades(int rows) {
        return new Batch(
                rows,
                List.of(
                        longs(levels(rows, 0), i -> timeNs += 1 + random.nextInt(2 * MEAN_GAP_NS)),
                        symbols(levels(rows, 1)),
                        longs(levels(rows, 2), i -> orderId += 1 + random.nextInt(5)),
                        longs(levels(rows, 3), i -> ++tradeId),
                        ints(levels(rows, 4), i -> random.nextInt(2)),
                        longs(levels(rows, 5), i -> price += random.nextInt(201) - 100),
                        ints(levels(rows, 6), i -> 100 * (1 + random.nextInt(20))),
                        ints(levels(rows, 7), i -> random.nextInt(6)),
                        ints(levels(rows, 8), i -> random.nextInt(16))));
    }

    private Levels levels(int rows, int shift) {
        return Levels.of(task.repetition(), rows, task.nullEvery(), shift, random);
    }

    private ColumnValues payloads(Levels levels) {
        byte[] bytes = new byte[Math.multiplyExact(levels.values(), task.rowSize())];
        random.nextBytes(bytes);
        int[] offsets = new int[levels.values() + 1];
        Arrays.setAll(offsets, i -> i * task.rowSize());
        return ColumnValues.ofBinary(levels, bytes, offsets);
    }

    private ColumnValues lines(Levels levels) {
        byte[] bytes = new byte[Math.toIntExact(levels.values() * LogLines.mostBytes(task.rowSize()))];
        int[] offsets = new int[levels.values() + 1];
        for (int i = 0; i < levels.values(); i++) {
            byte[] line = lines.next(task.rowSize()).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(line, 0, bytes, offsets[i], line.length);
            offsets[i + 1] = offsets[i] + line.length;
        }
        return ColumnValues.ofBinary(levels, Arrays.copyOf(bytes, offsets[levels.values()]), offsets);
    }

    private ColumnValues symbols(Levels levels) {
        StringBuilder all = new StringBuilder();
        int[] offsets = new int[levels.values() + 1];
        for (int i = 0; i < levels.values(); i++) {
            all.append(SYMBOLS[random.nextInt(SYMBOLS.length)]);
            offsets[i + 1] = all.length();
        }
        return ColumnValues.ofBinary(levels, all.toString().getBytes(StandardCharsets.US_ASCII), offsets);
    }

    private static ColumnValues ints(Levels levels, IntUnaryOperator next) {
        int[] ints = new int[levels.values()];
        Arrays.setAll(ints, next);
        return ColumnValues.ofInts(levels, ints);
    }

    private static ColumnValues longs(Levels levels, LongUnaryOperator next) {
        long[] longs = new long[levels.values()];
        Arrays.setAll(longs, i -> next.applyAsLong(i));
        return ColumnValues.ofLongs(levels, longs);
    }
}
