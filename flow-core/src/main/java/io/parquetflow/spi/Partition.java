package io.parquetflow.spi;

/** Hive partition directories, by the UTC time of the records in them. */
public enum Partition {
    /** All segments in one directory. */
    NONE,
    /** {@code date=2026-11-20/}. */
    DAY,
    /** {@code date=2026-11-20/hour=10/}. */
    HOUR
}
