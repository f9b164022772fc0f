package io.parquetflow.capture;

import io.parquetflow.spi.PayloadDecoder;
import org.apache.parquet.schema.MessageType;

/**
 * What payloads are, and what becomes of them.
 *
 * @param schema the user's columns; null where the payload is the only one
 * @param decoder makes rows of payloads; null where payloads are staged rows, or raw
 */
public record RowForm(MessageType schema, PayloadDecoder decoder) {
    /** Payloads as they are. */
    public static final RowForm RAW = new RowForm(null, null);
}
