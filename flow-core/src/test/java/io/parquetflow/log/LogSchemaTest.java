package io.parquetflow.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;

/** Names and ids of columns are a promise to every table that was ever made of them. */
class LogSchemaTest {
    @Test
    void leavesAreWhereTheirNumbersSay() {
        MessageType schema = LogSchema.of(List.of("orderId"));
        List<String> leaves = schema.getColumns().stream()
                .map(c -> String.join(".", c.getPath()))
                .toList();
        assertThat(leaves.get(LogSchema.SERVICE)).isEqualTo("service");
        assertThat(leaves.get(LogSchema.BODY)).isEqualTo("body");
        assertThat(leaves.get(LogSchema.BODY + 1)).isEqualTo("template");
        assertThat(leaves.get(LogSchema.BODY + 2)).isEqualTo("args.list.element");
        assertThat(leaves.get(LogSchema.TRACE_ID)).isEqualTo("trace_id");
        assertThat(leaves.get(LogSchema.DOUBLES_VALUE)).isEqualTo("attributes_double.key_value.value");
        assertThat(leaves.get(LogSchema.NDC)).isEqualTo("ndc.list.element");
        assertThat(leaves.get(LogSchema.CODE_LINE)).isEqualTo("code_line");
        assertThat(leaves.get(LogSchema.TRUNCATED)).isEqualTo("truncated");
        assertThat(leaves.get(LogSchema.FIRST_PROMOTED)).isEqualTo("orderId");
        assertThat(leaves).hasSize(LogSchema.FIRST_PROMOTED + 1);
    }

    @Test
    void fieldIdsNeverChange() {
        StringBuilder ids = new StringBuilder();
        LogSchema.of(List.of())
                .getFields()
                .forEach(f ->
                        ids.append(f.getName()).append('=').append(f.getId()).append(' '));
        assertThat(ids.toString().trim())
                .isEqualTo(
                        "service=10 host=11 resource=12 severity_number=16 severity_text=17 logger=18 body=19 template=20"
                                + " args=21 event_name=24 thread_name=25 thread_id=26 trace_id=27 span_id=28 trace_flags=29"
                                + " attributes=30 attributes_long=34 attributes_double=38 markers=42 ndc=45 exception_type=48"
                                + " exception_message=49 exception_stacktrace=50 exception_root_type=51 code_function=52"
                                + " code_file=53 code_line=54 truncated=55");
    }

    @Test
    void aPromotedNameIsNobodyElses() {
        for (String name : List.of("body", "TS", "payload", "lost", " ", "Service")) {
            assertThatThrownBy(() -> LogSchema.of(List.of(name)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("name=" + name);
        }
    }
}
