package io.parquetflow;

import io.parquetflow.column.PageLimits;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.column.SchemaRules;
import io.parquetflow.file.CreatedBy;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * Configures a {@link ColumnarWriter}.
 *
 * <p>Not thread-safe.
 */
public final class ColumnarWriterBuilder {
    private static final int MOST_PAGE_BYTES = 1 << 20;
    private static final int UNCOMPRESSED_PAGE_BYTES = 256 << 10;
    private static final long MOST_ROW_GROUP_BYTES = 1L << 30;

    private final Path path;
    private final MessageType schema;
    private final Map<String, ColumnOptions> options = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private Codec codec = Codec.ZSTD;
    private int codecLevel = 1;
    private long rowGroupRows = 10_000_000;
    private long rowGroupBytes = 16 << 20;
    /** 0: by codec. */
    private int pageBytes;

    private int pageRows = PageLimits.DEFAULT_ROWS;
    private int pageVersion = 1;
    private int fileMode = 0640;
    private boolean force;

    ColumnarWriterBuilder(Path path, MessageType schema) {
        this.path = path;
        this.schema = SchemaRules.prepare(schema);
    }

    /**
     * Compression of columns that have none of their own; zstd if not given.
     *
     * @param pageCodec the codec
     * @return this
     */
    public ColumnarWriterBuilder codec(Codec pageCodec) {
        codec = pageCodec;
        return this;
    }

    /**
     * Level of that codec; 1 if not given.
     *
     * @param level zstd -7 to 22, gzip 1 to 9, the others have none
     * @return this
     */
    public ColumnarWriterBuilder codecLevel(int level) {
        codecLevel = (int) inRange("codec-level", level, -7, 22);
        return this;
    }

    /**
     * Rows of a row group at the most; 10,000,000 if not given.
     *
     * @param rows 1 to 100,000,000
     * @return this
     */
    public ColumnarWriterBuilder rowGroupRows(long rows) {
        rowGroupRows = inRange("row-group-rows", rows, 1, 100_000_000);
        return this;
    }

    /**
     * Bytes of a row group at the most, before encoding; 16 MiB if not given.
     *
     * @param bytes 1 KiB to 1 GiB; a larger row has a row group of its own
     * @return this
     */
    public ColumnarWriterBuilder rowGroupBytes(long bytes) {
        rowGroupBytes = inRange("row-group-bytes", bytes, 1 << 10, MOST_ROW_GROUP_BYTES);
        return this;
    }

    /**
     * Bytes of a page at the most, before encoding. If not given, 1 MiB where pages are compressed, which they are the
     * better the larger they are, and 256 KiB where they are not: such a page stays in a level-two cache.
     *
     * @param bytes 64 to 1,048,576; a larger row has a page of its own
     * @return this
     */
    public ColumnarWriterBuilder pageBytes(int bytes) {
        pageBytes = (int) inRange("page-bytes", bytes, 64, MOST_PAGE_BYTES);
        return this;
    }

    /**
     * Rows of a page at the most; 20,000 if not given.
     *
     * @param rows 1 to 1,000,000
     * @return this
     */
    public ColumnarWriterBuilder pageRows(int rows) {
        pageRows = (int) inRange("page-rows", rows, 1, 1_000_000);
        return this;
    }

    /**
     * Data page V1, which every reader knows, or V2; V1 if not given.
     *
     * @param version 1 or 2
     * @return this
     */
    public ColumnarWriterBuilder pageVersion(int version) {
        pageVersion = (int) inRange("page-version", version, 1, 2);
        return this;
    }

    /**
     * How one column is written.
     *
     * @param columnPath dotted
     * @param columnOptions encoding, bloom filter, codec
     * @return this
     */
    public ColumnarWriterBuilder column(String columnPath, ColumnOptions columnOptions) {
        options.put(columnPath, columnOptions);
        return this;
    }

    /**
     * Adds a key to the footer.
     *
     * @param key any text
     * @param value any text
     * @return this
     */
    public ColumnarWriterBuilder metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /**
     * Permissions of the file; 0640 if not given.
     *
     * @param mode nine bits
     * @return this
     */
    public ColumnarWriterBuilder fileMode(int mode) {
        fileMode = (int) inRange("file-mode", mode, 0, 0777);
        return this;
    }

    /**
     * Whether the file is forced to the device before it has its name; not if not given.
     *
     * @param toDevice true to survive a power cut
     * @return this
     */
    public ColumnarWriterBuilder force(boolean toDevice) {
        force = toDevice;
        return this;
    }

    private static long inRange(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "invalid configuration: key=" + key + ", value=" + value + ", allowed=" + min + " to " + max);
        }
        return value;
    }

    /**
     * Begins the file.
     *
     * @return a writer
     * @throws IOException when the file cannot be made
     * @throws IllegalArgumentException when an option names no column, or an encoding that its type cannot have
     */
    public ColumnarWriter build() throws IOException {
        return new ColumnarWriter(this);
    }

    /** One entry a column. */
    List<ColumnOptions> options() {
        Map<String, ColumnOptions> left = new LinkedHashMap<>(options);
        List<ColumnOptions> each = new ArrayList<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            ColumnOptions own = left.remove(String.join(".", column.getPath()));
            each.add(own == null ? ColumnOptions.DEFAULT : own);
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    "no such column: path=" + left.keySet().iterator().next());
        }
        return each;
    }

    RowGroupBuffer rowGroup() {
        if (codec == Codec.GZIP) {
            inRange("codec-level", codecLevel, 1, 9);
        }
        int bytes = pageBytes > 0 ? pageBytes : codec == Codec.UNCOMPRESSED ? UNCOMPRESSED_PAGE_BYTES : MOST_PAGE_BYTES;
        PageLimits limits = new PageLimits(bytes, pageRows, PageLimits.DEFAULT_BOUND_BYTES, pageVersion);
        return RowGroupBuffer.of(schema, options(), codec, codecLevel, limits);
    }

    Path path() {
        return path;
    }

    MessageType schema() {
        return schema;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    boolean isForced() {
        return force;
    }

    int fileMode() {
        return fileMode;
    }

    long rowGroupRows() {
        return rowGroupRows;
    }

    long rowGroupBytes() {
        return rowGroupBytes;
    }

    String createdBy() {
        return CreatedBy.TEXT;
    }
}
