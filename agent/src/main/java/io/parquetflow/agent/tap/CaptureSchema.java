package io.parquetflow.agent.tap;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.Diagnostics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The columns of what a tap saw, behind the header columns. Field ids never change; those that log events have too are the
 * same.
 *
 * <p>Thread-safe: constants.
 */
public final class CaptureSchema {
    static final int DIRECTION = 0;
    static final int LOCAL = 1;
    static final int REMOTE = 2;
    static final int CHANNEL = 3;
    static final int THREAD_NAME = 4;
    static final int TRUNCATED = 6;
    static final int PAYLOAD = 7;
    static final int KERNEL_DROPS = 8;
    static final int LEAVES = 9;

    static final MessageType SCHEMA = new MessageType(
            "capture",
            text(70, "direction"),
            text(71, "local"),
            text(72, "remote"),
            Types.optional(PrimitiveTypeName.INT64).id(73).named("channel"),
            text(25, "thread_name"),
            Types.required(PrimitiveTypeName.INT64).id(26).named("thread_id"),
            Types.required(PrimitiveTypeName.BOOLEAN).id(55).named("truncated"),
            Types.optional(PrimitiveTypeName.BINARY).id(8).named("payload"),
            Types.optional(PrimitiveTypeName.INT64).id(74).named("kernel_drops"));

    private CaptureSchema() {}

    /**
     * Opens a sink of these columns.
     *
     * @param keys of the sink
     * @param status told of faults
     * @return a running sink
     * @throws IOException when the directory cannot be used
     * @throws IllegalArgumentException naming the key, the value and what is allowed
     */
    public static LogSink open(Properties keys, Diagnostics status) throws IOException {
        return builder(keys, status).packed(SCHEMA).build();
    }

    /**
     * A sink's configuration. System properties and the environment are in the keys already, where they count; the sink is not
     * to ask them again, and have them win over the agent's arguments.
     *
     * @param keys of the sink
     * @param status told of faults
     * @return to be built
     */
    public static LogSinkBuilder builder(Properties keys, Diagnostics status) {
        LogSinkBuilder builder = LogSink.builder(Path.of(keys.getProperty(ConfigKey.DIRECTORY.key())))
                .diagnostics(status);
        Properties ofColumns = new Properties();
        for (String name : keys.stringPropertyNames()) {
            ConfigKey.named(name)
                    .ifPresentOrElse(
                            key -> builder.set(key, keys.getProperty(name)),
                            () -> ofColumns.setProperty(name, keys.getProperty(name)));
        }
        return builder.properties(ofColumns);
    }

    private static PrimitiveType text(int id, String name) {
        return Types.primitive(PrimitiveTypeName.BINARY, Repetition.OPTIONAL)
                .as(LogicalTypeAnnotation.stringType())
                .id(id)
                .named(name);
    }
}
