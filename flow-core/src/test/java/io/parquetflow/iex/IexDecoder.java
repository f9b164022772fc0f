package io.parquetflow.iex;

import io.parquetflow.spi.PayloadDecoder;
import io.parquetflow.spi.RecordHeader;
import io.parquetflow.spi.RowAppender;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * The worked example of a decoder: IEX-TP packets with DEEP 1.0 messages, a row a message.
 *
 * <pre>
 *  packet:   header (40 bytes, message count u16 at 14), then messages: length u16, bytes
 *  message:  type u8, flags u8, time i64 (ns), then by type: symbol 8 bytes, size u32, price i64 (1/10,000 dollar)
 * </pre>
 *
 * <p>Not thread-safe: one sink, one thread.
 */
public final class IexDecoder implements PayloadDecoder {
    /** A row a message. */
    public static final MessageType SCHEMA = MessageTypeParser.parseMessageType("message iex {"
            + " required binary type (STRING);"
            + " required int32 flags (INTEGER(8,false));"
            + " required int64 time (TIMESTAMP(NANOS,true));"
            + " optional binary symbol (STRING);"
            + " optional int64 size;"
            + " optional int64 price (DECIMAL(18,4)); }");

    private static final int TYPE = 0;
    private static final int FLAGS = 1;
    private static final int TIME = 2;
    private static final int SYMBOL = 3;
    private static final int SIZE = 4;
    private static final int PRICE = 5;

    private static final int HEADER_BYTES = 40;
    private static final int COUNT_AT = 14;
    private static final int SYMBOL_AT = 10;
    private static final int SYMBOL_BYTES = 8;
    private static final int SIZE_AT = 18;
    private static final int PRICE_AT = 22;

    @Override
    public void decode(ByteBuffer payload, RecordHeader record, RowAppender rows) {
        ByteBuffer packet = payload.order(ByteOrder.LITTLE_ENDIAN);
        int count = Short.toUnsignedInt(packet.getShort(COUNT_AT));
        int at = HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int length = Short.toUnsignedInt(packet.getShort(at));
            at += Short.BYTES;
            if (length < SYMBOL_AT || at + length > packet.limit()) {
                throw new IllegalArgumentException(
                        "message " + i + " of " + count + ": length=" + length + ", left=" + (packet.limit() - at));
            }
            message(packet, at, length, rows);
            at += length;
        }
        if (at != packet.limit()) {
            throw new IllegalArgumentException("bytes behind the last message: " + (packet.limit() - at));
        }
    }

    private static void message(ByteBuffer packet, int at, int length, RowAppender rows) {
        byte type = packet.get(at);
        rows.putBytes(TYPE, packet, at, 1)
                .putInt(FLAGS, Byte.toUnsignedInt(packet.get(at + 1)))
                .putLong(TIME, packet.getLong(at + 2));
        if (type != 'S') {
            rows.putBytes(SYMBOL, packet, at + SYMBOL_AT, trimmed(packet, at + SYMBOL_AT));
        }
        boolean traded = type == '8' || type == '5' || type == 'T' || type == 'B';
        if (traded && length >= PRICE_AT + Long.BYTES) {
            rows.putLong(SIZE, Integer.toUnsignedLong(packet.getInt(at + SIZE_AT)))
                    .putLong(PRICE, packet.getLong(at + PRICE_AT));
        }
        rows.endRow();
    }

    /** Symbols are padded with spaces. */
    private static int trimmed(ByteBuffer packet, int at) {
        int length = SYMBOL_BYTES;
        while (length > 0 && packet.get(at + length - 1) == ' ') {
            length--;
        }
        return length;
    }
}
