package io.parquetflow.cli.captures;

import java.io.IOException;

/**
 * Takes the payloads of a capture, in the order of the file.
 *
 * <p>Called on the thread that reads; it may block.
 */
@FunctionalInterface
public interface PayloadHandler {
    /**
     * One payload.
     *
     * @param bytes holds the payload; valid until this method returns
     * @param offset where in {@code bytes} it begins
     * @param length its length, 0 (an empty line) to {@link PayloadReader#MAX_PAYLOAD_BYTES}
     * @param timeNs when it was captured, ns since the epoch, or {@link PayloadReader#NO_TIME}
     * @throws IOException when it cannot be taken; ends the import
     */
    void payload(byte[] bytes, int offset, int length, long timeNs) throws IOException;
}
