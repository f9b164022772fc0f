package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parquetflow.log.LogSchema;
import java.io.IOException;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTextTest {
    static List<MessageType> schemas() {
        return List.of(
                LogSchema.of(List.of("orderId", "a b", "x;y", "größe", "}", "=", "message")),
                LogSchema.of(List.of()),
                new MessageType(
                        "all",
                        Types.required(PrimitiveTypeName.INT32).id(1_000).named("i"),
                        Types.optional(PrimitiveTypeName.INT64)
                                .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.NANOS))
                                .named("t"),
                        Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                                .length(16)
                                .as(LogicalTypeAnnotation.uuidType())
                                .named("u"),
                        Types.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                                .length(9)
                                .as(LogicalTypeAnnotation.decimalType(3, 20))
                                .named("d"),
                        Types.repeated(PrimitiveTypeName.INT32)
                                .as(LogicalTypeAnnotation.intType(8, false))
                                .named("r")),
                new MessageType(
                        "a name", Types.required(PrimitiveTypeName.INT32).named("line\nbreak")));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void comesBackAsItWas(MessageType schema) throws IOException {
        String text = SchemaText.of(schema);
        assertThat(text).doesNotContain("\n");
        assertThat(SchemaText.parse(text)).isEqualTo(schema);
        assertThat(SchemaText.parse(text).toString())
                .isEqualTo(schema.toString()); // ids, and all that equals() passes over
    }

    @Test
    void isReadableWhereItCanBe() {
        assertThat(SchemaText.of(LogSchema.of(List.of("orderId")))).startsWith("message log {");
        assertThat(SchemaText.of(LogSchema.of(List.of("a b")))).doesNotContain(" ");
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> SchemaText.parse("message half {")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SchemaText.parse("no schema")).isInstanceOf(IOException.class);
    }
}
