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
    private final boolean insists;
    private final Map<Codec, PageCompressor> others = new EnumMap<>(Codec.class);

    /**
     * Begins with the file's.
     *
     * @param shared of columns that have none of their own
     */
    public PageCompressors(PageCompressor shared) {
        this(shared, true);
    }

    private PageCompressors(PageCompressor shared, boolean insists) {
        this.shared = shared;
        this.insists = insists;
    }

    /**
     * Begins with the file's, which also stands in for codecs that cannot be loaded: a column that is compressed in
     * another way than asked for is better than none.
     *
     * @param shared of columns that have none of their own
     * @return compressors that never fail to load
     */
    public static PageCompressors withStandIn(PageCompressor shared) {
        return new PageCompressors(shared, false);
    }

    /**
     * A column's compressor.
     *
     * @param options of the column
     * @return the file's where the column has none of its own, or the same; others have level 1
     * @throws LinkageError when the codec's library or its native part cannot be loaded, unless there is a stand-in
     */
    public PageCompressor of(ColumnOptions options) {
        return options.codec() == null
                        || options.codec().name().equals(shared.codecName().name())
                ? shared
                : others.computeIfAbsent(options.codec(), this::another);
    }

    private PageCompressor another(Codec codec) {
        PageCompressor made;
        try {
            made = PageCompressor.of(codec, DEFAULT_LEVEL);
        } catch (LinkageError e) {
            if (insists) {
                throw e;
            }
            return shared;
        }
        made.afterEach(shared.afterEach());
        return made;
    }

    /** All that were asked for, each once. */
    List<PageCompressor> all() {
        List<PageCompressor> all = new ArrayList<>(others.values());
        all.removeIf(other -> other == shared);
        all.add(shared);
        return all;
    }

    @Override
    public void close() {
        all().forEach(PageCompressor::close);
    }
}
