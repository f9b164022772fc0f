package io.parquetflow.bench.writer;

import io.parquetflow.spi.Codec;
import org.apache.parquet.schema.Type.Repetition;

/** What the rows are, and what holds for them when nothing else is asked for. */
public enum Workload {
    /** One column of payloads that no codec makes smaller. */
    BYTES(1_000_000, 4096, Repetition.REQUIRED, 8, Codec.UNCOMPRESSED, 1),
    /** One column of lines as services log them. */
    TEXT(1_000_000, 4096, Repetition.REQUIRED, 8, Codec.ZSTD, 16),
    /** Three INT32 columns, 5 % of them null. */
    INT32(10_000_000, 500_000, Repetition.OPTIONAL, 20, Codec.UNCOMPRESSED, 4),
    /** Time, symbol, two ids, side, price, quantity, type and venue. */
    TRADES(3_000_000, 250_000, Repetition.REQUIRED, 8, Codec.UNCOMPRESSED, 4);

    final long rows;
    final int rowGroupRows;
    final Repetition repetition;
    final int nullEvery;
    final Codec codec;

    /**
     * Row groups that differ; the others repeat them. One for {@link #BYTES}, because the native writer that the workload is
     * taken from has one, and it stays in the cache, as what a producer has just received does.
     */
    final int distinct;

    Workload(long rows, int rowGroupRows, Repetition repetition, int nullEvery, Codec codec, int distinct) {
        this.rows = rows;
        this.rowGroupRows = rowGroupRows;
        this.repetition = repetition;
        this.nullEvery = nullEvery;
        this.codec = codec;
        this.distinct = distinct;
    }

    /** One binary column: what can be written as lengths and bytes, too. */
    boolean isBinary() {
        return this == BYTES || this == TEXT;
    }
}
