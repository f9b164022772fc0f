package io.parquetflow.spi;

/** How the values of a column are encoded. What a type cannot have is refused when the column is made. */
public enum ColumnEncoding {
    /** Chosen by type and data, page by page. */
    AUTO,
    /** One value after the other, as it is. Every type has it. */
    PLAIN,
    /** Each different value once, then their numbers; PLAIN once it outgrows its limits. Every type but BOOLEAN. */
    DICTIONARY,
    /** Differences in as few bits as they take: INT32, INT64. */
    DELTA_BINARY_PACKED,
    /** All lengths, then all bytes: BYTE_ARRAY. */
    DELTA_LENGTH_BYTE_ARRAY,
    /** What each value has in common with the one before is left out: BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY. */
    DELTA_BYTE_ARRAY,
    /** All first bytes, then all second bytes: FLOAT, DOUBLE, INT32, INT64, FIXED_LEN_BYTE_ARRAY. */
    BYTE_STREAM_SPLIT,
    /** Runs of equal values: BOOLEAN. */
    RLE
}
