package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.CommandFailed;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The rows of one file, in order, read as far as they are asked for.
 *
 * <p>Not thread-safe.
 */
final class SegmentRows implements Closeable {
    private final SegmentBytes bytes;
    private final SegmentFooter footer;
    private final MessageType wanted;
    private RecordReader<Group> reader;
    private int nextGroup;
    private long rowsLeft;

    private SegmentRows(SegmentBytes bytes, SegmentFooter footer, MessageType wanted) {
        this.bytes = bytes;
        this.footer = footer;
        this.wanted = wanted;
    }

    /**
     * Opens a file.
     *
     * @param columns top-level names in the order wanted; empty for all
     */
    static SegmentRows open(Path file, List<String> columns) throws IOException {
        SegmentBytes bytes = SegmentBytes.open(file);
        try {
            SegmentFooter footer = SegmentFooter.read(bytes);
            return new SegmentRows(bytes, footer, project(file, footer.schema(), columns));
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    List<String> columns() {
        return wanted.getFields().stream().map(Type::getName).toList();
    }

    /** The next row by column name, or null after the last one. */
    Map<String, Object> next() throws IOException {
        try {
            while (rowsLeft == 0) {
                if (!openNextGroup()) {
                    return null;
                }
            }
            rowsLeft--;
            return RowValues.of(reader.read(), wanted);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException | OutOfMemoryError e) {
            IOException inner = causeInFile(e);
            throw inner != null
                    ? inner
                    : bytes.problem(0, "row group " + (nextGroup - 1) + ": " + SegmentException.words(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    private boolean openNextGroup() {
        if (nextGroup == footer.meta().getRow_groups().size()) {
            return false;
        }
        List<Chunk> chunks = footer.chunks(nextGroup);
        nextGroup++;
        rowsLeft = chunks.get(0).rows();
        if (rowsLeft > 0) {
            MessageColumnIO columns = new ColumnIOFactory(footer.createdBy()).getColumnIO(wanted, footer.schema());
            reader = columns.getRecordReader(new RowGroupPages(bytes, chunks), new GroupRecordConverter(wanted));
        }
        return true;
    }

    private static IOException causeInFile(Throwable failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SegmentException inner) {
                return inner;
            }
        }
        return null;
    }

    private static MessageType project(Path file, MessageType schema, List<String> columns) {
        if (columns.isEmpty()) {
            return schema;
        }
        for (String column : columns) {
            if (!schema.containsField(column)) {
                String known = schema.getFields().stream().map(Type::getName).collect(Collectors.joining(", "));
                throw new CommandFailed("[" + file + "] no column " + column + "; there are " + known);
            }
        }
        List<Type> fields = columns.stream().distinct().map(schema::getType).toList();
        return new MessageType(schema.getName(), fields);
    }
}
