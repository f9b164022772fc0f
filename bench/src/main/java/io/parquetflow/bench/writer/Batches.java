package io.parquetflow.bench.writer;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * All row groups of a file: a few that differ, repeated in turns, and a shorter one at the end where the rows do not come
 * out even.
 *
 * <p>Thread-safe: immutable.
 */
final class Batches {
    private final MessageType schema;
    private final long rows;
    private final long full;
    private final List<Batch> distinct;
    private final List<Batch> rest;
    private final Contents contents;

    private Batches(MessageType schema, long rows, long full, List<Batch> distinct, List<Batch> rest) {
        this.schema = schema;
        this.rows = rows;
        this.full = full;
        this.distinct = distinct;
        this.rest = rest;
        this.contents = tally();
    }

    static Batches make(Task task) {
        BatchMaker maker = new BatchMaker(task);
        long full = task.rows() / task.rowGroupRows();
        int left = (int) (task.rows() % task.rowGroupRows());
        List<Batch> distinct = new ArrayList<>();
        for (int i = 0; i < Math.min(full, task.distinct()); i++) {
            distinct.add(maker.make(task.rowGroupRows()));
        }
        List<Batch> rest = left == 0 ? List.of() : List.of(maker.make(left));
        return new Batches(BatchMaker.schema(task), task.rows(), full, distinct, rest);
    }

    MessageType schema() {
        return schema;
    }

    List<ColumnDescriptor> columns() {
        return schema.getColumns();
    }

    long rows() {
        return rows;
    }

    long count() {
        return full + rest.size();
    }

    Batch at(long i) {
        return i < full ? distinct.get((int) (i % distinct.size())) : rest.get(0);
    }

    /** Of a whole file, nulls and lengths not counted. */
    long payloadBytes() {
        return contents.columns().stream().mapToLong(Contents.Column::bytes).sum();
    }

    /** What a reader must find. */
    Contents contents() {
        return contents;
    }

    private Contents tally() {
        List<Contents.Column> columns = new ArrayList<>();
        for (int c = 0; c < schema.getColumns().size(); c++) {
            Tally tally = new Tally();
            for (long i = 0; i < count(); i++) {
                tally.add(at(i).columns().get(c));
            }
            columns.add(tally.column());
        }
        return new Contents(columns);
    }
}
