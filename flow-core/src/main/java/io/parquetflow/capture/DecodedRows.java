package io.parquetflow.capture;

import io.parquetflow.column.RecordLayout;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.ring.RingReader;
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
    private final Header header;
    /** A copy, so that user code cannot reach the ring, and reads at index 0 what the payload begins with. */
    private ByteBuffer payload = ByteBuffer.allocate(4 << 10);

    private String reason = "";

    /** What user code sees of the reader. */
    private static final class Header implements RecordHeader {
        private final StreamTable streams;
        private RingReader record;

        Header(StreamTable streams) {
            this.streams = streams;
        }

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
            return streams.stream(record.stream()).name();
        }
    }

    DecodedRows(PayloadDecoder decoder, RecordLayout layout, TypedRows typed, MemoryPlan plan, StreamTable streams) {
        this.decoder = decoder;
        this.typed = typed;
        this.staged = new StagedRows(layout, plan.rowGroupBytes());
        this.header = new Header(streams);
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
    public int stage(RingReader record) {
        copy(record);
        header.record = record;
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

    private void copy(RingReader record) {
        int length = record.length();
        if (payload.capacity() < length) {
            payload = ByteBuffer.allocate(Math.max(length, 2 * payload.capacity()));
        }
        payload.clear().order(ByteOrder.BIG_ENDIAN);
        payload.put(0, record.slab(), record.payloadAt(), length);
        payload.limit(length);
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public void add(RingReader record, byte[] streamName, long firstSeq, long lostBefore) {
        for (int row = 0; row < staged.count(); row++) {
            int start = staged.start(row);
            typed.add(
                    record,
                    streamName,
                    firstSeq + row,
                    row == 0 ? lostBefore : 0,
                    staged.memory(),
                    start,
                    staged.end(row) - start);
        }
    }
}
