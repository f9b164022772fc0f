package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** Header columns and the user's share one space of field ids. */
class TypedSchemaTest {
    private static MessageType of(String fields) {
        return TypedSchema.of(MessageTypeParser.parseMessageType("message m { " + fields + " }"));
    }

    @Test
    void reservedFieldIdsAreRefusedAtEveryDepth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("required int32 a = 999;"))
                .withMessage("cannot write this schema: field=a: field id 999 is one of ours, 1 to 999;"
                        + " take another, or none");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> of("optional group legs (LIST) = 1000 { repeated group list { optional group element {"
                                + " optional double price = 500; } } }"))
                .withMessageContaining("field=legs.list.element.price: field id 500 is one of ours");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("optional group g = 1000 { optional group h = 8 { optional int32 i; } }"))
                .withMessageContaining("field=g.h: field id 8 is one of ours");
    }

    @Test
    void otherFieldIdsStay() {
        MessageType schema = of("optional group g = 1000 { optional int32 h = 1001; }");
        assertThat(schema.getFieldCount()).isEqualTo(HeaderColumns.COUNT + 1);
        assertThat(schema.getType("g").asGroupType().getType("h").getId().intValue())
                .isEqualTo(1001);
    }
}
