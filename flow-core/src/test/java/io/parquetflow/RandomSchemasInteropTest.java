package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.testing.ColumnChoice;
import io.parquetflow.testing.ColumnarFile;
import io.parquetflow.testing.LeafKind;
import io.parquetflow.testing.Readers;
import io.parquetflow.testing.Sample;
import io.parquetflow.testing.SchemaGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemas, rows and choices by chance, read back by every independent reader. A failure names its seed;
 * {@code -Dparquetflow.seed=<seed> -Dparquetflow.cases=1} runs it alone.
 */
@Tag("files")
class RandomSchemasInteropTest {
    private static final long SEED = Long.getLong("parquetflow.seed", 1);
    private static final int CASES = Integer.getInteger("parquetflow.cases", 1_000);

    @TempDir
    Path directory;

    @Test
    void everyReaderSeesWhatWasWritten() throws Exception {
        try (Readers readers = Readers.start()) {
            for (long seed = SEED; seed < SEED + CASES; seed++) {
                Random random = new Random(seed);
                MessageType schema = new SchemaGenerator(random).next();
                String label = "seed=" + seed + "\n" + schema;
                Path file = directory.resolve(seed + ".parquet");
                try {
                    Sample sample = Sample.draw(schema, random, 1 + random.nextInt(60));
                    write(file, sample, random);
                    readers.check(label, file, sample);
                } catch (Exception e) {
                    throw new AssertionError(label, e);
                }
                Files.delete(file);
            }
            assertThat(readers.filesOfDuck()).isGreaterThan(CASES / 3);
            assertThat(readers.boundedPages()).isGreaterThan(CASES);
        }
    }

    private static void write(Path file, Sample sample, Random random) throws Exception {
        ColumnarWriterBuilder builder = ColumnarWriter.builder(file, sample.schema())
                .codec(any(List.of(Codec.values()), random))
                .pageVersion(1 + random.nextInt(2))
                .pageRows(1 + random.nextInt(40))
                .pageBytes(64 << random.nextInt(10))
                .rowGroupRows(1 + random.nextInt(100));
        for (ColumnDescriptor column : sample.schema().getColumns()) {
            if (random.nextBoolean()) {
                LeafKind kind = LeafKind.of(column.getPrimitiveType());
                ColumnEncoding encoding = any(List.copyOf(ColumnChoice.encodings(kind)), random);
                Codec codec = random.nextBoolean() ? null : any(List.of(Codec.values()), random);
                boolean bloom = kind != LeafKind.BOOLEAN && random.nextInt(4) == 0;
                builder.column(String.join(".", column.getPath()), new ColumnOptions(encoding, bloom, codec, false));
            }
        }
        try (ColumnarWriter writer = builder.build()) {
            ColumnarFile.write(writer, sample, 1 + random.nextInt(sample.rows().size()));
        }
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
