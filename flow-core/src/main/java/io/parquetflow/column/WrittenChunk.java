package io.parquetflow.column;

import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;

/**
 * What the footer has to say of one column chunk.
 *
 * @param meta places, sizes and statistics
 * @param columnIndex bounds of each page, null where they cannot be had
 * @param offsetIndex place of each page
 * @param bloomFilter null unless it was asked for
 */
public record WrittenChunk(
        ColumnChunkMetaData meta, ColumnIndex columnIndex, OffsetIndex offsetIndex, BloomFilter bloomFilter) {}
