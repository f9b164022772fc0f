package io.parquetflow.column;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The compressors of a row group: the file's, and one for each other codec that a column asks for. Columns share them,
 * since a row group is encoded by one thread.
 *
 * <p>Not thread-safe.
 */
public final class PageCompressors implements AutoCloseable {
    private static final int DEFAULT_LEVEL = 1;

    private final PageCompressor shared;
    private final Map<Codec, PageCompressor> others = new EnumMap<>(Codec.class);

    /**
     * Begins with the file's.
     *
     * @param shared of columns that have none of their own
     */
    public PageCompressors(PageCompressor shared) {
        this.shared = shared;
    }

    /**
     * A column's compressor.
     *
     * @param options of the column
     * @return the file's where the column has none of its own, or the same; others have level 1
     * @throws LinkageError when the codec's native part cannot be loaded
     */
    public PageCompressor of(ColumnOptions options) {
        return options.codec() == null
                        || options.codec().name().equals(shared.codecName().name())
                ? shared
                : others.computeIfAbsent(options.codec(), this::another);
    }

    private PageCompressor another(Codec codec) {
        PageCompressor made = PageCompressor.of(codec, DEFAULT_LEVEL);
        made.afterEach(shared.afterEach());
        return made;
    }

    /** All that were asked for. */
    List<PageCompressor> all() {
        List<PageCompressor> all = new ArrayList<>(others.values());
        all.add(shared);
        return all;
    }

    @Override
    public void close() {
        all().forEach(PageCompressor::close);
    }
}
