package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

/**
 * All independent readers, and one question: is this file this sample?
 *
 * <p>Not thread-safe: sets the default time zone, through which DuckDB's driver hands out times, while it is open.
 */
public final class Readers implements AutoCloseable {
    private final TimeZone zone = TimeZone.getDefault();
    private final OldReader old;
    private final Connection duck;
    private long boundedPages;
    private int filesOfDuck;

    private Readers(OldReader old, Connection duck) {
        this.old = old;
        this.duck = duck;
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    /** Starts the old reader's process and DuckDB. */
    public static Readers start() throws IOException, SQLException {
        return new Readers(OldReader.start(), Duck.connect());
    }

    /** Fails where a reader sees anything else than the sample, or the file claims what is not so. */
    public void check(String label, Path file, Sample sample) throws IOException, SQLException {
        checkContent(label, file, sample);
        boundedPages += Claims.check(label, file, sample).boundedPages();
    }

    /** Fails where a reader sees anything else than the sample. */
    public void checkContent(String label, Path file, Sample sample) throws IOException, SQLException {
        Map<String, List<String>> leaves = Leaves.of(file);
        Map<String, String> digests = new LinkedHashMap<>();
        for (ColumnData column : sample.columns()) {
            String path = column.path();
            List<String> lines = column.lines();
            assertThat(leaves.get(path)).as("%s: %s", label, path).isEqualTo(lines);
            digests.put(path, Leaves.digest(lines));
        }
        assertThat(leaves.keySet()).as(label).isEqualTo(digests.keySet());
        assertThat(old.digests(file))
                .as("%s: parquet-java %s", label, OldReader.VERSION)
                .isEqualTo(digests);
        if (Duck.reads(file)) {
            filesOfDuck++;
            assertThat(Duck.differences(duck, file, sample))
                    .as("%s: DuckDB", label)
                    .isEmpty();
        }
    }

    /** In how many pages there were bounds to check, in all files. */
    public long boundedPages() {
        return boundedPages;
    }

    /** How many of the files DuckDB could be asked about. */
    public int filesOfDuck() {
        return filesOfDuck;
    }

    /** DuckDB, for further questions. */
    public Connection duck() {
        return duck;
    }

    /** What the old reader has to say. */
    public OldReader old() {
        return old;
    }

    @Override
    public void close() throws SQLException {
        TimeZone.setDefault(zone);
        old.close();
        duck.close();
    }
}
