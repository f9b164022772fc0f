package io.parquetflow.spi;

import java.nio.ByteBuffer;

/**
 * Makes rows of a payload: none, one or many. Called on the writer thread, so the time it takes is taken from the
 * ring's.
 *
 * <p>Rows count when {@code decode} returns. When it throws, whatever it throws, none of the payload's rows are written:
 * the payload goes to {@code _rejects/}, whole, with the reason, and is counted. So does a payload whose rows outgrow a
 * row group. A payload may hold anything: trust no length in it.
 *
 * <p>Implementations need not be thread-safe: one sink, one thread.
 */
@FunctionalInterface
public interface PayloadDecoder {
    /**
     * Decodes one payload.
     *
     * @param payload a copy from position 0 to its limit, big endian until the decoder orders it otherwise; it may be
     *     moved, and is used again after the call
     * @param record times and stream, good until the call returns
     * @param rows where rows go, by column index; good until the call returns
     * @throws Exception to reject the payload; the message becomes the reason
     */
    void decode(ByteBuffer payload, RecordHeader record, RowAppender rows) throws Exception;

    /**
     * The decoder's name, told with what it rejects. What a dead process left is decoded only by a decoder of the same
     * name, so it must be the same in every process.
     *
     * @return its class, if not overridden. Lambdas of one class share a name: their own differ from run to run
     */
    default String name() {
        String name = getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda) + "$$Lambda";
    }
}
