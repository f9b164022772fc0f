package io.parquetflow.testing;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.RecordSink;
import io.parquetflow.RecordWriter;
import io.parquetflow.Recorder;
import io.parquetflow.spi.RecordHeader;
import io.parquetflow.spi.RowAppender;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Dies with a third of its records sealed, a third in the journal and a third in the ring, where an open claim keeps them.
 * Record n holds the text of n.
 */
public final class LeftOverChild {
    /** Of all its sinks. */
    public static final String SINK = "left";
    /** Beside the sink's own. */
    public static final String OTHER_STREAM = "other";
    /** Drops: so many in front of the second third, all others behind the last record. */
    public static final int DROPS_TOLD = 3;
    /** Drops that no row tells of. */
    public static final int DROPS_IN_TAIL = 6;
    /** A payload of each ten that the decoder rejects. */
    public static final int REJECTED = 7;

    /** What rows and decoded payloads are. */
    public static final MessageType SCHEMA =
            MessageTypeParser.parseMessageType("message left { required binary text (STRING); }");

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] TOO_LARGE = new byte[100_000];

    private LeftOverChild() {}

    /** Arguments: directory, slab directory, form, records in each third. */
    public static void main(String[] args) throws Exception {
        LogSinkBuilder builder = builder(Path.of(args[0]), Path.of(args[1]), args[2]);
        int third = Integer.parseInt(args[3]);
        if (args[2].equals("rows")) {
            rows(RecordSink.open(builder, SCHEMA), third);
        } else {
            payloads(builder.build(), third);
        }
        Runtime.getRuntime().halt(0);
    }

    /** A sink of the same kind. */
    public static LogSinkBuilder builder(Path directory, Path slabs, String form) {
        LogSinkBuilder builder = LogSink.builder(directory)
                .name(SINK)
                .slabDirectory(slabs)
                .memoryLimit(8 << 20)
                .maxPayload(1_000)
                .jmx(false);
        return form.equals("decoder") ? builder.decoder(SCHEMA, LeftOverChild::decode) : builder;
    }

    private static void decode(ByteBuffer payload, RecordHeader record, RowAppender rows) {
        String text = StandardCharsets.UTF_8.decode(payload).toString();
        if (Long.parseLong(text) % 10 == REJECTED) {
            throw new IllegalArgumentException("one of those that are to be rejected");
        }
        rows.putString(0, text).endRow();
    }

    private static void payloads(LogSink sink, int third) {
        Recorder other = sink.stream(OTHER_STREAM);
        for (int n = 0; n < third; n++) {
            record(sink, n);
        }
        check(sink.rotate(LONG));
        for (int i = 0; i < DROPS_TOLD; i++) {
            check(!sink.tryRecord(TOO_LARGE));
        }
        for (int n = third; n < 2 * third; n++) {
            record(n % 2 == 0 ? sink : other, n);
        }
        check(sink.flush(LONG));
        sink.tryClaim(10);
        for (int n = 2 * third; n < 3 * third; n++) {
            record(other, n);
        }
        for (int i = 0; i < DROPS_IN_TAIL; i++) {
            check(!(i % 3 == 0 ? sink : other).tryRecord(TOO_LARGE));
        }
    }

    private static void record(Recorder to, int n) {
        byte[] payload = Integer.toString(n).getBytes(StandardCharsets.UTF_8);
        check(to.record(payload, 0, payload.length, 1_000 + n, n, LONG));
    }

    /** Rows cannot be too large by one call: nothing is dropped, and nothing stays in the ring for sure. */
    private static void rows(RecordSink sink, int third) {
        RecordWriter writer = sink.writer();
        for (int n = 0; n < 3 * third; n++) {
            check(writer.begin().putString(0, Integer.toString(n)).commit(LONG));
            if (n == third - 1) {
                check(sink.rotate(LONG));
            } else if (n == 2 * third - 1) {
                check(sink.flush(LONG));
            }
        }
    }

    private static void check(boolean good) {
        if (!good) {
            throw new AssertionError("not as planned");
        }
    }
}
