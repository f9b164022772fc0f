package io.parquetflow.capture;

import io.parquetflow.column.RecordLayout;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.spi.PayloadDecoder;
import io.parquetflow.spi.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.schema.MessageType;

/**
 * User code makes rows of a payload, none, one or many; all of them or, where it throws, none.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class DecodedRows implements Rows {
    private final PayloadDecoder decoder;
    private final TypedRows typed;
    private final StagedRows staged;
    private final Header header = new Header();
    /** A copy, so that user code cannot reach the ring, and reads at index 0 what the payload begins with. */
    private ByteBuffer payload = ByteBuffer.allocate(4 << 10);

    private String reason = "";

    /** What user code sees of the reader. */
    private static final class Header implements RecordHeader {
        private RecordBatch record;
        private Origin origin;

        @Override
        public long tsNs() {
            return record.tsNs();
        }

        @Override
        public boolean hasSource() {
            return record.hasSource();
        }

        @Override
        public long sourceNs() {
            return record.sourceNs();
        }

        @Override
        public String stream() {
            return origin.streamName(record.stream());
        }
    }

    DecodedRows(PayloadDecoder decoder, RecordLayout layout, TypedRows typed, MemoryPlan plan) {
        this.decoder = decoder;
        this.typed = typed;
        this.staged = new StagedRows(layout, plan.rowGroupBytes());
    }

    @Override
    public MessageType schema() {
        return typed.schema();
    }

    @Override
    public RowGroupBuffer group() {
        return typed.group();
    }

    @Override
    public boolean isFull() {
        return typed.isFull();
    }

    /** Whatever user code throws, an Error too, is about this payload: the next one may be fine. */
    @Override
    public int stage(RecordBatch record, Origin origin) {
        copy(record);
        header.record = record;
        header.origin = origin;
        staged.clear();
        try {
            decoder.decode(payload, header, staged);
        } catch (Throwable t) {
            Thread.interrupted(); // not ours: it would close the next file we write to
            reason = describe(t);
            return REJECTED;
        }
        if (staged.isOpen()) {
            reason = "the decoder returned in the middle of a row: row=" + staged.count();
            return REJECTED;
        }
        return staged.count();
    }

    /** Exceptions of users may fail when they are asked what they are. */
    private static String describe(Throwable t) {
        try {
            String text = t.toString();
            return text == null ? t.getClass().getName() : text;
        } catch (Throwable broken) {
            return t.getClass().getName();
        }
    }

    private void copy(RecordBatch record) {
        int length = record.length();
        if (payload.capacity() < length) {
            payload = ByteBuffer.allocate(Math.max(length, 2 * payload.capacity()));
        }
        payload.clear().order(ByteOrder.BIG_ENDIAN);
        payload.put(0, record.memory(), record.payloadAt(), length);
        payload.limit(length);
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public void add(RecordBatch record, Origin origin, long lostBefore) {
        for (int row = 0; row < staged.count(); row++) {
            int start = staged.start(row);
            typed.add(
                    record,
                    origin,
                    origin.seq() + row,
                    row == 0 ? lostBefore : 0,
                    staged.memory(),
                    start,
                    staged.end(row) - start);
        }
    }
}
