package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/** Whether a footer's parts fit each other and the file; the first that does not is an error. */
final class FooterShape {
    private static final int DEEPEST_SCHEMA = 100;

    private final SegmentBytes bytes;
    private final SegmentFooter footer;

    FooterShape(SegmentBytes bytes, SegmentFooter footer) {
        this.bytes = bytes;
        this.footer = footer;
    }

    /** Depth and child counts of the flattened tree, before anybody recurses into it. */
    static void checkSchema(SegmentBytes bytes, long offset, List<SchemaElement> schema) throws IOException {
        int[] open = new int[DEEPEST_SCHEMA];
        int depth = 0;
        for (int i = 0; i < schema.size(); i++) {
            int children = schema.get(i).isSetNum_children() ? schema.get(i).getNum_children() : 0;
            if (children < 0 || children > schema.size() - i - 1) {
                throw bytes.problem(offset, "schema element " + i + " cannot have " + children + " children");
            }
            if (i > 0 && depth == 0) {
                throw bytes.problem(offset, "schema has elements outside its root");
            }
            if (depth > 0) {
                open[depth - 1]--;
            }
            if (children > 0) {
                if (depth == DEEPEST_SCHEMA) {
                    throw bytes.problem(offset, "schema is nested too deeply, limit=" + DEEPEST_SCHEMA);
                }
                open[depth++] = children;
            }
            while (depth > 0 && open[depth - 1] == 0) {
                depth--;
            }
        }
        if (schema.isEmpty() || depth > 0) {
            throw bytes.problem(offset, "schema is incomplete");
        }
    }

    void check() throws IOException {
        List<RowGroup> groups = footer.meta().getRow_groups();
        long rows = 0;
        for (int i = 0; i < groups.size(); i++) {
            checkGroup(i, groups.get(i));
            rows += groups.get(i).getNum_rows();
        }
        if (rows != footer.meta().getNum_rows()) {
            throw problem("rows of the file and of its row groups differ: file="
                    + footer.meta().getNum_rows() + ", row groups=" + rows);
        }
    }

    private void checkGroup(int index, RowGroup group) throws IOException {
        int columns = footer.schema().getColumns().size();
        if (group.getNum_rows() < 0 || group.getNum_rows() > Long.MAX_VALUE / 4) {
            throw problem("row group " + index + ": row count cannot be true: " + group.getNum_rows());
        }
        if (group.getColumns().size() != columns) {
            throw problem("row group " + index + ": column chunks="
                    + group.getColumns().size() + ", columns=" + columns);
        }
        for (int i = 0; i < columns; i++) {
            if (!group.getColumns().get(i).isSetMeta_data()) {
                String why = group.getColumns().get(i).isSetCrypto_metadata() ? "is encrypted" : "has no metadata";
                throw problem("row group " + index + ", column chunk " + i + " " + why);
            }
        }
        for (Chunk chunk : footer.chunks(index)) {
            checkChunk(chunk);
        }
    }

    private void checkChunk(Chunk chunk) throws IOException {
        ColumnMetaData meta = chunk.meta();
        if (chunk.stored().isSetCrypto_metadata()) {
            throw problem(chunk.where() + " is encrypted; flow reads files that are not encrypted");
        }
        if (chunk.stored().isSetFile_path()) {
            throw problem(
                    chunk.where() + " is in another file: " + chunk.stored().getFile_path());
        }
        if (!Arrays.equals(meta.getPath_in_schema().toArray(), chunk.column().getPath())) {
            throw problem(chunk.where() + ": the chunk is of column " + String.join(".", meta.getPath_in_schema()));
        }
        String type = chunk.column().getPrimitiveType().getPrimitiveTypeName().name();
        if (!typeName(meta).equals(type)) {
            throw problem(chunk.where() + ": type differs, chunk=" + typeName(meta) + ", schema=" + type);
        }
        checkSizes(chunk, meta);
    }

    private void checkSizes(Chunk chunk, ColumnMetaData meta) throws IOException {
        if (meta.getNum_values() < 0 || meta.getTotal_uncompressed_size() < 0 || meta.getTotal_compressed_size() < 0) {
            throw problem(chunk.where() + ": a count or size is negative");
        }
        boolean flat = chunk.column().getMaxRepetitionLevel() == 0;
        if (flat && meta.getNum_values() != chunk.rows()) {
            throw problem(chunk.where() + ": values=" + meta.getNum_values() + ", rows=" + chunk.rows());
        }
        if (chunk.start() < 4 || chunk.start() > footer.offset() - meta.getTotal_compressed_size()) {
            throw bytes.problem(
                    Math.max(0, Math.min(chunk.start(), bytes.size())),
                    chunk.where() + " is outside the pages: start=" + chunk.start() + ", length="
                            + meta.getTotal_compressed_size() + ", footer at " + footer.offset());
        }
    }

    /** parquet-java calls two of the physical types by other names than the format does. */
    private static String typeName(ColumnMetaData meta) {
        return meta.getType().name().equals("BYTE_ARRAY")
                ? "BINARY"
                : meta.getType().name();
    }

    private SegmentException problem(String detail) {
        return bytes.problem(footer.offset(), detail);
    }
}
