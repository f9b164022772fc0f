package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.testing.ColumnData;
import io.parquetflow.testing.ColumnarFile;
import io.parquetflow.testing.Duck;
import io.parquetflow.testing.LeafKind;
import io.parquetflow.testing.Sample;
import io.parquetflow.testing.Segments;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Engines that leave out row groups and pages by our bounds and bloom filters find every row all the same. */
@Tag("files")
class FiltersInteropTest {
    private static final int ROWS = 400;
    private static final String COLUMN = "c";

    /**
     * BOOLEAN has no bloom filter. Of FLOAT16 the filter holds the two bytes, as the specification says; DuckDB 2.0 looks
     * for the four bytes of the FLOAT that it made of them, and finds no row.
     */
    private static final Set<LeafKind> BLOOM_MISREAD = EnumSet.of(LeafKind.BOOLEAN, LeafKind.FLOAT16);

    @TempDir
    Path directory;

    static Stream<LeafKind> filtered() {
        return Duck.KINDS.stream();
    }

    static Stream<LeafKind> hashed() {
        return Stream.of(LeafKind.values()).filter(kind -> kind != LeafKind.BOOLEAN);
    }

    private Sample write(Path file, LeafKind kind, boolean bloom) throws Exception {
        MessageType schema = new MessageType("row", kind.type(Repetition.OPTIONAL, COLUMN));
        Random random = new Random(kind.name().hashCode());
        Sample sample = Sample.draw(schema, random, ROWS);
        while (sample.columns().get(0).values().size() < ROWS / 2) { // some samples are nothing but nulls
            sample = Sample.draw(schema, random, ROWS);
        }
        try (ColumnarWriter writer = ColumnarWriter.builder(file, schema)
                .pageRows(7)
                .rowGroupRows(30)
                .column(COLUMN, ColumnOptions.DEFAULT.withBloom(bloom))
                .build()) {
            ColumnarFile.write(writer, sample, 100);
        }
        return sample;
    }

    /**
     * The same questions, to the file and to a table without any bounds: a constant on the right is what DuckDB compares
     * with minimum and maximum of each row group, and with its bloom filter.
     */
    @ParameterizedTest
    @MethodSource("filtered")
    void everyComparisonAnswersAsWithoutBounds(LeafKind kind) throws Exception {
        for (boolean bloom : BLOOM_MISREAD.contains(kind) ? List.of(false) : List.of(false, true)) {
            Path file = directory.resolve(bloom + ".parquet");
            write(file, kind, bloom);
            try (Connection duck = Duck.connect();
                    Statement statement = duck.createStatement()) {
                statement.execute("create table without_bounds as from read_parquet('" + file + "')");
                List<List<Object>> values = Duck.query(
                        duck, file, "select distinct c::varchar, typeof(c) from {} where c is not null limit 25");
                assertThat(values).isNotEmpty();
                for (List<Object> value : values) {
                    String text = String.valueOf(value.get(0)).replace("'", "''");
                    for (String operator : List.of("=", "<", ">=", "is distinct from")) {
                        String condition = " where c " + operator + " cast('" + text + "' as " + value.get(1) + ")";
                        assertThat(count(duck, "read_parquet('" + file + "')" + condition))
                                .as("%s, bloom=%s:%s", kind, bloom, condition)
                                .isEqualTo(count(duck, "without_bounds" + condition));
                    }
                }
            }
        }
    }

    private static long count(Connection duck, String from) throws SQLException {
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + from)) {
            result.next();
            return result.getLong(1);
        }
    }

    @ParameterizedTest
    @MethodSource("hashed")
    void aBloomFilterKnowsEveryValueAndHardlyAnyOther(LeafKind kind) throws Exception {
        Path file = directory.resolve("bloom.parquet");
        ColumnData column = write(file, kind, true).columns().get(0);
        try (ParquetFileReader reader = Segments.open(file)) {
            long first = 0;
            int strangers = 0;
            int found = 0;
            Random random = new Random(1);
            for (BlockMetaData block : reader.getRowGroups()) {
                ColumnChunkMetaData chunk = block.getColumns().get(0);
                List<Object> values =
                        column.rows(first, first + block.getRowCount()).values();
                first += block.getRowCount();
                BloomFilter filter = reader.readBloomFilter(chunk);
                assertThat(filter).as("%s, values=%s", kind, values).isNotNull();
                List<Long> hashes = new ArrayList<>();
                for (Object value : values) {
                    hashes.add(hash(filter, value));
                    assertThat(filter.findHash(hash(filter, value)))
                            .as("%s: %s", kind, value)
                            .isTrue();
                }
                for (int i = 0; i < 1_000; i++) {
                    long hash = random.nextLong();
                    if (!hashes.contains(hash)) {
                        strangers++;
                        found += filter.findHash(hash) ? 1 : 0;
                    }
                }
            }
            assertThat(found).as("of %d hashes of no value", strangers).isLessThan(strangers / 20);
        }
    }

    private static long hash(BloomFilter filter, Object value) {
        if (value instanceof Integer n) {
            return filter.hash(n);
        } else if (value instanceof Long n) {
            return filter.hash(n);
        } else if (value instanceof Float n) {
            return filter.hash(n);
        } else if (value instanceof Double n) {
            return filter.hash(n);
        }
        return filter.hash((Binary) value);
    }
}
