package io.parquetflow.spi;

/** Compression of Parquet pages. */
public enum Codec {
    /** None. */
    UNCOMPRESSED,
    /** Snappy's raw format. */
    SNAPPY,
    /** RFC 1952. */
    GZIP,
    /** RFC 8878. */
    ZSTD,
    /** The LZ4 block format, without the framing of the deprecated LZ4 codec. */
    LZ4_RAW
}
