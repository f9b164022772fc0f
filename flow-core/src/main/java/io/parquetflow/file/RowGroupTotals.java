package io.parquetflow.file;

/**
 * What a footer says of a row group beside its column chunks.
 *
 * <p>Thread-safe: immutable.
 *
 * @param rows its rows
 * @param ordinal its place in the file, from 0
 * @param uncompressedBytes of its pages, headers included, before compression
 * @param start place of its first byte in the file
 * @param end place of the first byte behind it
 */
public record RowGroupTotals(long rows, int ordinal, long uncompressedBytes, long start, long end) {}
