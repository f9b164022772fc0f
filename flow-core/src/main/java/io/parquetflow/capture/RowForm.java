package io.parquetflow.capture;

import io.parquetflow.spi.PayloadDecoder;
import java.util.Set;
import org.apache.parquet.schema.MessageType;

/**
 * What payloads are, and what becomes of them.
 *
 * @param schema the user's columns; null where the payload is the only one
 * @param decoder makes rows of payloads; null where payloads are staged rows, or raw
 * @param repairedText columns whose text is repaired where it is not UTF-8
 */
public record RowForm(MessageType schema, PayloadDecoder decoder, Set<String> repairedText) {
    /** Payloads as they are. */
    public static final RowForm RAW = new RowForm(null, null, Set.of());
}
