package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** Rows byte by byte, written out by hand after the picture in {@link RecordLayout}. */
class RecordLayoutTest {
    private RowStage stage;

    private RowStage stage(String fields) {
        stage = new RowStage(RecordLayout.of(schema(fields)));
        stage.begin();
        return stage;
    }

    static MessageType schema(String fields) {
        return MessageTypeParser.parseMessageType("message m { " + fields + " }");
    }

    private byte[] row() {
        int length = stage.finish();
        return Arrays.copyOf(stage.array(), length);
    }

    @Test
    void aRowOfRequiredColumnsIsItsValues() {
        stage("required boolean a; required int32 b; required int64 c; required float d; required double e;"
                + " required int96 f; required fixed_len_byte_array(3) g;");
        stage.putBoolean(0, true);
        stage.putInt(1, 0x04030201);
        stage.putLong(2, -2);
        stage.putFloat(3, 1.0f);
        stage.putDouble(4, -0.0);
        stage.putBytes(5, Bytes.hex("000102030405060708090a0b"), 0, 12);
        stage.putBytes(6, Bytes.hex("ff aa bb cc"), 1, 3);
        assertThat(row())
                .isEqualTo(Bytes.hex(
                        "01 01020304 feffffffffffffff 0000803f 0000000000000080" + " 000102030405060708090a0b aabbcc"));
    }

    @Test
    void theExampleOfTheDocumentation() {
        stage("required int64 ts; optional binary symbol (STRING);");
        stage.putLong(0, 5);
        stage.putString(1, "AB");
        assertThat(row()).isEqualTo(Bytes.hex("01 0500000000000000 11000000 02000000 4142"));
    }

    @Test
    void levelsComeFirstAndANullIsZero() {
        stage("optional int32 a; required int32 b; optional binary c; optional group g { optional int32 d; }");
        stage.putInt(1, 7);
        stage.putNull(0);
        stage.entry(3, 0, 1);
        //                                 a  c  d   a        b        c                 d
        assertThat(row()).isEqualTo(Bytes.hex("00 00 01  00000000 07000000 0000000000000000 00000000"));
    }

    /** A row that was given up may have had something in it that nobody is to see. */
    @Test
    void nothingOfTheRowBeforeIsLeft() {
        stage("optional int64 a; optional fixed_len_byte_array(3) b; optional binary c;");
        stage.putLong(0, -1);
        stage.putBytes(1, new byte[] {1, 2, 3}, 0, 3);
        stage.putString(2, "secret");
        stage.begin();
        assertThat(row()).isEqualTo(new byte[3 + 8 + 3 + 8]);
    }

    @Test
    void bytesLieInTheOrderOfTheCallsAndSlotsInThatOfTheSchema() {
        stage("required binary a; required binary b;");
        stage.putBytes(1, "xyz".getBytes(StandardCharsets.US_ASCII), 0, 3);
        stage.putBytes(0, new byte[] {9}, 0, 1);
        assertThat(row()).isEqualTo(Bytes.hex("13000000 01000000  10000000 03000000  78797a 09"));
    }

    @Test
    void aRepeatedColumnHasItsLevelsThenItsValues() {
        stage("repeated int32 a; required boolean b; optional group c (LIST) { repeated group list {"
                + " optional binary element; } }");
        stage.addInt(0, 1);
        stage.addBytes(2, new byte[] {0x55, 0x66}, 0, 2);
        stage.putBoolean(1, true);
        stage.addInt(0, 2);
        stage.addNull(2);
        stage.addBytes(2, new byte[0], 0, 0);
        // slots: 12 + 1 + 12 = 0x19 bytes; a: 2 entries, 8 bytes, at 0x19; c: 3 entries, 4 + 2 + 4 bytes, at 0x25
        assertThat(row())
                .isEqualTo(Bytes.hex("19000000 02000000 08000000  01  25000000 03000000 0a000000"
                        + " 0001 0101 01000000 02000000"
                        + " 000101 030203 02000000 5566 00000000"));
    }

    @Test
    void aRepeatedColumnThatIsLeftOutIsOneNull() {
        stage("repeated int64 a; optional group c (LIST) { repeated group list { required int64 element; } }");
        stage.putEmpty(1);
        assertThat(row()).isEqualTo(Bytes.hex("18000000 01000000 00000000 1a000000 01000000 00000000 00 00  00 01"));
    }

    @Test
    void aTradeTakesFiftySixBytes() {
        stage(
                "required int64 ts; required binary symbol (STRING); required int64 id; required int32 side (INTEGER(8,true));"
                        + " required int64 price (DECIMAL(18,6)); required int32 quantity; required int32 type;"
                        + " required int32 venue;");
        stage.putLong(0, 1);
        stage.putString(1, "AAPL.NMS");
        stage.putLong(2, 2);
        stage.putInt(3, 1);
        stage.putLong(4, 4);
        stage.putInt(5, 5);
        stage.putInt(6, 6);
        stage.putInt(7, 7);
        assertThat(row()).hasSize(56);
    }

    @Test
    void columnsAreFoundByTheirPath() {
        RecordLayout layout = RecordLayout.of(schema("required int32 a; optional group g { repeated int32 b; }"));
        assertThat(layout.column("a")).isZero();
        assertThat(layout.column("g.b")).isEqualTo(1);
        assertThat(layout.columns()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layout.column("g"))
                .withMessage(
                        "no such column: path=g, columns=2, the first of them=[a, g.b]; give the leaf's dotted path");
    }

    @Test
    void onlyColumnsThatAreThereAreRepaired() {
        MessageType schema = schema("required binary a (STRING);");
        assertThat(RecordLayout.of(schema, Set.of("a")).leaf(0).rules.repairsText())
                .isTrue();
        assertThat(RecordLayout.of(schema).leaf(0).rules.repairsText()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordLayout.of(schema, Set.of("b")))
                .withMessageStartingWith("no such column: path=b");
    }
}
