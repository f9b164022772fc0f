package io.parquetflow.cli.inspect;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.schema.MessageType;

/**
 * One column chunk and where it belongs.
 *
 * @param rowGroup from 0
 * @param index of the column among the leaves, from 0
 * @param column the leaf
 * @param stored what the footer says
 * @param rows of the row group
 * @param schema of the file
 */
record Chunk(int rowGroup, int index, ColumnDescriptor column, ColumnChunk stored, long rows, MessageType schema) {
    ColumnMetaData meta() {
        return stored.getMeta_data();
    }

    String name() {
        return String.join(".", column.getPath());
    }

    String where() {
        return "row group " + rowGroup + ", column " + name();
    }

    /** Some writers set the dictionary's offset to 0 when there is none. */
    long start() {
        long data = meta().getData_page_offset();
        long dictionary = meta().isSetDictionary_page_offset() ? meta().getDictionary_page_offset() : 0;
        return dictionary > 0 && dictionary < data ? dictionary : data;
    }

    long end() {
        return start() + meta().getTotal_compressed_size();
    }
}
