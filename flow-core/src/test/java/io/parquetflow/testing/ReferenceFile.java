package io.parquetflow.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/**
 * A sample in a file of parquet-java's own record writer: what the kit itself is proved with.
 *
 * <p>Thread-safe: has no state.
 */
public final class ReferenceFile {
    private ReferenceFile() {}

    /** Writes the sample; several pages and, from some rows on, several row groups. */
    public static void write(Path file, Sample sample, CompressionCodecName codec, WriterVersion version)
            throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withType(sample.schema())
                .withConf(new Configuration(false))
                .withCompressionCodec(codec)
                .withWriterVersion(version)
                .withPageRowCountLimit(20)
                .withRowGroupRowCountLimit(70)
                .build()) {
            for (List<Object> row : sample.rows()) {
                writer.write(group(sample.schema(), row));
            }
        }
    }

    private static Group group(GroupType type, List<?> fields) {
        Group group = new SimpleGroup(type);
        for (int i = 0; i < fields.size(); i++) {
            Type field = type.getType(i);
            Object content = fields.get(i);
            if (content == null) {
                continue;
            }
            List<?> contents = field.isRepetition(Type.Repetition.REPEATED) ? (List<?>) content : List.of(content);
            for (Object one : contents) {
                if (field.isPrimitive()) {
                    add(group, i, one);
                } else {
                    group.add(i, group(field.asGroupType(), (List<?>) one));
                }
            }
        }
        return group;
    }

    private static void add(Group group, int field, Object value) {
        if (value instanceof Boolean b) {
            group.add(field, b);
        } else if (value instanceof Integer n) {
            group.add(field, n);
        } else if (value instanceof Long n) {
            group.add(field, n);
        } else if (value instanceof Float n) {
            group.add(field, n);
        } else if (value instanceof Double n) {
            group.add(field, n);
        } else {
            group.add(field, (Binary) value);
        }
    }
}
