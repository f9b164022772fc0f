package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** Packed rows, byte by byte, and what columns get of them. */
class PackedShredderTest {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message m {"
                    + " required int32 number; required binary body (STRING); optional binary template (STRING);"
                    + " optional group args (LIST) { repeated group list { optional binary element (STRING); } }"
                    + " optional double price; optional fixed_len_byte_array(2) code; repeated int64 ticks; required boolean last; }");

    private static final int BODY = 1;
    private static final int ARGS = 3;

    private final CollectedRows rows = new CollectedRows(SCHEMA);
    private final RowGroupBuffer group = group(SCHEMA);
    private final PackedShredder shredder = new PackedShredder(SCHEMA, rows, group);
    private final ByteBuffer row = ByteBuffer.allocateDirect(4_096).order(ByteOrder.LITTLE_ENDIAN);

    private static RowGroupBuffer group(MessageType schema) {
        List<ColumnOptions> options = Collections.nCopies(schema.getColumns().size(), ColumnOptions.DEFAULT);
        return RowGroupBuffer.of(
                SchemaRules.prepare(schema), options, Codec.UNCOMPRESSED, 0, new PageLimits(1_024, 100, 64));
    }

    private PackedShredderTest levels(int... levels) {
        row.clear().put((byte) 0x55); // rows lie anywhere
        for (int level : levels) {
            row.put((byte) level);
        }
        return this;
    }

    private PackedShredderTest text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        row.putInt(bytes.length).put(bytes);
        return this;
    }

    private PackedShredderTest element(String text) {
        row.put((byte) 3);
        return text(text);
    }

    private void shred() {
        row.flip();
        shredder.shred(row, 1);
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> entries(int leaf) {
        return rows.column(leaf).stream().map(Object::toString).toList();
    }

    @Test
    void everyKindOfLeafIsReadInItsPlace() {
        levels(0, 0, 1, 3, 1, 1, 1, 0);
        row.putInt(7);
        text("body").text("t");
        row.putInt(2).put((byte) 3);
        text("a");
        row.put((byte) 2);
        row.putDouble(1.5).put((byte) 1).put((byte) 2);
        row.putInt(2).put((byte) 1).putLong(8).put((byte) 1).putLong(9);
        row.put((byte) 1);
        shred();
        assertThat(entries(0)).containsExactly("0/0:7");
        assertThat(entries(BODY)).containsExactly("0/0:" + hex("body"));
        assertThat(entries(2)).containsExactly("0/1:" + hex("t"));
        assertThat(entries(ARGS)).containsExactly("0/3:" + hex("a"), "1/2");
        assertThat(entries(4)).containsExactly("0/1:1.5");
        assertThat(entries(5)).containsExactly("0/1:0102");
        assertThat(entries(6)).containsExactly("0/1:8", "1/1:9");
        assertThat(entries(7)).containsExactly("0/0:true");
    }

    private String composed(String template, String... args) {
        levels(0, 0, 1, args.length == 0 ? 0 : 3, 0, 0, 0, 0);
        row.putInt(7).putInt(PackedShredder.COMPOSED);
        text(template);
        if (args.length > 0) {
            row.putInt(args.length);
            for (String arg : args) {
                if (arg == null) {
                    row.put((byte) 2);
                } else {
                    element(arg);
                }
            }
        }
        row.put((byte) 0);
        shred();
        List<String> bodies = entries(BODY);
        String last = bodies.get(bodies.size() - 1);
        byte[] bytes = java.util.HexFormat.of().parseHex(last.substring(last.indexOf(':') + 1));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aBodyIsPutTogetherFromTemplateAndArguments() {
        assertThat(composed("order {} of {}", "7", "bob")).isEqualTo("order 7 of bob");
        assertThat(composed("{}{}", "a", null)).isEqualTo("anull");
        assertThat(composed("{} and {}", "one")).isEqualTo("one and {}");
        assertThat(composed("too {}", "many", "here")).isEqualTo("too many");
        assertThat(composed("none {}")).isEqualTo("none {}");
        assertThat(composed("", "x")).isEqualTo("");
        assertThat(composed("{", "x")).isEqualTo("{");
        assertThat(composed("{{}}", "{}")).isEqualTo("{{}}");
        assertThat(composed("{}", "long ".repeat(300))).isEqualTo("long ".repeat(300));
        assertThat(composed("{} \u20ac", "\u00e9")).isEqualTo("\u00e9 \u20ac");
    }

    @Test
    void nullsAreToldWhenAValueComesOrTheRowsAreWritten() {
        for (int i = 0; i < 5; i++) {
            composed("x");
        }
        assertThat(entries(4)).isEmpty();
        levels(0, 0, 0, 1, 1, 0, 0, 0);
        row.putInt(7);
        text("b");
        row.putDouble(2.5).put((byte) 0);
        shred();
        assertThat(entries(4)).containsExactly("0/0", "0/0", "0/0", "0/0", "0/0", "0/1:2.5");
        shredder.flush();
        assertThat(entries(ARGS)).containsExactly("0/0", "0/0", "0/0", "0/0", "0/0", "0/1");
        assertThat(entries(5)).hasSize(6);
        assertThat(entries(6)).hasSize(6);
    }

    @Test
    void nullsOfRowsThatAreForgottenAreForgotten() {
        composed("x");
        group.reset();
        shredder.flush();
        assertThat(entries(4)).isEmpty();
    }

    @Test
    void aListInAListIsRefused() {
        MessageType nested = MessageTypeParser.parseMessageType("message m { repeated group a { repeated int32 b; } }");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PackedShredder(nested, new CollectedRows(nested), group(nested)))
                .withMessageContaining("a.b");
    }
}
