package io.parquetflow.capture;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;

import io.parquetflow.column.ColumnChunkBuffer;
import io.parquetflow.column.DirectBytes;
import io.parquetflow.column.PageCompressor;
import io.parquetflow.column.PageCompressors;
import io.parquetflow.column.PageLimits;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.journal.RecordBatch;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Payloads of the open segment that no rows could be made of: whole, with the reason. They become a file beside the
 * segment when it is sealed. {@code seq} is that of the next row, so that one sees between which rows they would be.
 *
 * <p>Not thread-safe: the writer thread's.
 */
final class Rejects implements AutoCloseable {
    /** A reason is for people: a stack trace or a whole payload in it is cut. */
    private static final int MOST_REASON_CHARS = 1_000;

    static final MessageType SCHEMA = schema();

    private final RowGroupBuffer group;
    private final HeaderColumns header;
    private final ColumnChunkBuffer payload;
    private final ColumnChunkBuffer reason;
    private final ColumnChunkBuffer decoder;
    private final byte[] decoderName;
    private final long mostBytes;
    private boolean broken;

    private static MessageType schema() {
        List<Type> fields = new ArrayList<>(RawSchema.SCHEMA.getFields());
        fields.add(Types.required(BINARY).as(stringType()).id(9).named("reason"));
        fields.add(Types.required(BINARY).as(stringType()).id(10).named("decoder"));
        return new MessageType("reject", fields);
    }

    Rejects(MemoryPlan plan, String decoderName, PageCompressor compressor) {
        PageLimits limits = plan.pageLimits();
        DirectBytes scratch = new DirectBytes(plan.pageBytes());
        List<ColumnDescriptor> columns = SCHEMA.getColumns();
        header = new HeaderColumns(columns, compressor, scratch, limits);
        payload = binary(columns.get(RawSchema.PAYLOAD), compressor, scratch, limits);
        reason = binary(columns.get(RawSchema.PAYLOAD + 1), compressor, scratch, limits);
        decoder = ColumnChunkBuffer.ofNumbered(columns.get(RawSchema.PAYLOAD + 2), compressor, scratch, limits);
        List<ColumnChunkBuffer> all = new ArrayList<>(header.buffers());
        all.addAll(List.of(payload, reason, decoder));
        group = new RowGroupBuffer(all, new PageCompressors(compressor), scratch);
        this.decoderName = decoderName.getBytes(StandardCharsets.UTF_8);
        mostBytes = plan.rowGroupBytes() / 4;
    }

    private static ColumnChunkBuffer binary(
            ColumnDescriptor column, PageCompressor compressor, DirectBytes scratch, PageLimits limits) {
        ColumnOptions plain = ColumnOptions.DEFAULT.withEncoding(ColumnEncoding.PLAIN);
        return ColumnChunkBuffer.of(column, plain, compressor, scratch, limits, 4 << 10);
    }

    void add(RecordBatch record, Origin origin, String why) {
        ByteBuffer text = StandardCharsets.UTF_8.encode(why.length() > MOST_REASON_CHARS ? cut(why) : why);
        broken = true;
        header.add(record, origin, origin.seq(), 0);
        int length = record.length();
        payload.makeRoom(length);
        payload.binaries().add(record.memory(), record.payloadAt(), length);
        payload.endRow();
        reason.makeRoom(text.remaining());
        reason.binaries().add(text, 0, text.remaining());
        reason.endRow();
        decoder.dictionary().add(0, decoderName);
        decoder.endRow();
        group.endRow(HeaderColumns.ROW_BYTES + (long) length + text.limit());
        broken = false;
    }

    /** After a Throwable in {@link #add}: its columns do not fit together any more. */
    boolean isBroken() {
        return broken;
    }

    /** Forgets them. */
    long drop() {
        long count = group.rows();
        group.reset();
        broken = false;
        return count;
    }

    /** Not between the halves of a surrogate pair. */
    private static String cut(String why) {
        int end = Character.isHighSurrogate(why.charAt(MOST_REASON_CHARS - 1))
                ? MOST_REASON_CHARS - 1
                : MOST_REASON_CHARS;
        return why.substring(0, end) + "...";
    }

    boolean isEmpty() {
        return group.rows() == 0;
    }

    /** A storm of them rotates: they are kept in memory until the segment is sealed. */
    boolean isFull() {
        return group.rawBytes() >= mostBytes;
    }

    long count() {
        return group.rows();
    }

    RowGroupBuffer group() {
        return group;
    }

    @Override
    public void close() {
        group.close();
    }
}
