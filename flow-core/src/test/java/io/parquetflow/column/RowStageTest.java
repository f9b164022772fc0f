package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a row may be made of, and what is said of one that may not. */
class RowStageTest {
    private RowStage stage;

    private RowStage stage(String fields) {
        stage = new RowStage(RecordLayout.of(RecordLayoutTest.schema(fields)));
        stage.begin();
        return stage;
    }

    /** A leaf's entries, as {@code repetition/definition:value}. */
    private String column(int leaf) {
        return CollectedRows.of(stage).get(leaf).toString();
    }

    // ---- what is left out

    @Test
    void everyMissingColumnIsNamed() {
        stage("required int32 a; optional int32 b; required group g { required int32 c; } required int32 d;");
        stage.putInt(3, 1);
        assertThatIllegalStateException()
                .isThrownBy(stage::finish)
                .withMessage("required columns without a value: columns=[a, g.c];"
                        + " put a value into each, or make the groups that they are in null");
    }

    @Test
    void aRowThatLackedAValueCanBeCompleted() {
        stage("required int32 a; repeated int32 b;");
        stage.addInt(1, 3);
        assertThatIllegalStateException().isThrownBy(stage::finish);
        stage.putInt(0, 1);
        stage.addInt(1, 4);
        stage.finish();
        assertThat(column(1)).isEqualTo("[0/1:3, 1/1:4]");
    }

    @Test
    void aNullLiesAsDeepAsItsSiblingsLeaveOpen() {
        stage("optional group g { optional int32 a; optional group h { required int32 b; optional int32 c; }"
                + " repeated int32 d; } optional int32 e;");
        stage.putInt(0, 1);
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/2:1], [0/1], [0/1], [0/1], [0/0]]");

        stage.begin();
        stage.addInt(3, 7);
        stage.putNull(2);
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/1], [0/1], [0/1], [0/2:7], [0/0]]");

        stage.begin();
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/0], [0/0], [0/0], [0/0], [0/0]]");
    }

    @Test
    void aGroupThatIsThereNeedsItsRequiredColumns() {
        stage("optional group g { required int32 a; optional int32 b; }");
        stage.putInt(1, 1);
        assertThatIllegalStateException()
                .isThrownBy(stage::finish)
                .withMessageStartingWith("required columns without a value: columns=[g.a]");
    }

    @Test
    void aListThatIsLeftOutDoesNotAgreeWithElementsBesideIt() {
        stage("repeated group legs { required int32 a; optional int32 b; }");
        stage.addInt(0, 1);
        stage.addInt(0, 2);
        assertThatIllegalStateException()
                .isThrownBy(stage::finish)
                .withMessage("columns of the same group disagree on it: column=legs.a, entries=[0/1, 1/1],"
                        + " column=legs.b, entries=[0/0]; entries are repetition/definition levels");
        stage.addNull(1);
        stage.addInt(1, 5);
        stage.finish();
        assertThat(column(1)).isEqualTo("[0/1, 1/2:5]");
    }

    // ---- lists

    @Test
    void nullEmptyAndFullListsDiffer() {
        stage("optional group a (LIST) { repeated group list { optional int32 element; } }");
        stage.finish();
        assertThat(column(0)).isEqualTo("[0/0]");
        stage.begin();
        stage.putEmpty(0);
        stage.finish();
        assertThat(column(0)).isEqualTo("[0/1]");
        stage.begin();
        stage.addNull(0);
        stage.addInt(0, 8);
        stage.finish();
        assertThat(column(0)).isEqualTo("[0/2, 1/3:8]");
    }

    @Test
    void listsOfListsTakeEntries() {
        stage("repeated group a { repeated int32 b; }");
        stage.entry(0, 0, 2);
        stage.putInt(0, 1);
        stage.entry(0, 2, 2);
        stage.putInt(0, 2);
        stage.entry(0, 1, 1);
        stage.finish();
        assertThat(column(0)).isEqualTo("[0/2:1, 2/2:2, 1/1]");
        stage.begin();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.addInt(0, 1))
                .withMessage("not repeated once: column=a.b, repeated=2; call entry with its levels");
    }

    @Test
    void aListCannotGoOnWhereItHasNoElement() {
        stage("optional group a (LIST) { repeated group list { required int32 element; } }");
        stage.putEmpty(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.addInt(0, 1))
                .withMessage("a list that goes on without an element: column=a.list.element, entry=1,"
                        + " repetition level=1, definition level=2, the one before=1, both at least=2");
    }

    @Test
    void aRowBeginsAtRepetitionLevelZeroOnce() {
        stage("repeated int32 a;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.entry(0, 1, 1))
                .withMessage("repetition level of a row's first entry: column=a, entry=0, level=1, allowed=0");
        stage.addInt(0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.entry(0, 0, 1))
                .withMessage("repetition level in a row: column=a, entry=1, level=0, allowed=1 to 1");
    }

    @Test
    void levelsThatTheColumnDoesNotHaveAreRefused() {
        stage("optional int32 a;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.entry(0, 0, 2))
                .withMessage("level out of range: column=a, repetition=0, largest=0, definition=2, largest=1");
        assertThatIllegalArgumentException().isThrownBy(() -> stage.entry(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> stage.entry(0, 0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> stage.entry(0, -1, 0));
    }

    // ---- the order of calls

    @Test
    void nothingIsPutBeforeTheRowBegins() {
        stage("required int32 a;");
        stage.putInt(0, 1);
        stage.finish();
        assertThatIllegalStateException()
                .isThrownBy(() -> stage.putInt(0, 1))
                .withMessage("no row is open; call begin first");
        assertThatIllegalStateException().isThrownBy(stage::finish);
    }

    @Test
    void aSecondValueIsRefused() {
        stage("required int32 a; optional binary b; optional int32 c; repeated int32 d;");
        stage.putInt(0, 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> stage.putInt(0, 2))
                .withMessage("a second value in a row: column=a; one call a row and column");
        stage.putBytes(1, new byte[3], 0, 3);
        assertThatIllegalStateException().isThrownBy(() -> stage.putBytes(1, new byte[1], 0, 1));
        assertThatIllegalStateException().isThrownBy(() -> stage.putNull(1));
        stage.putNull(2);
        assertThatIllegalStateException().isThrownBy(() -> stage.putInt(2, 2));
        stage.putNull(3);
        assertThatIllegalStateException()
                .isThrownBy(() -> stage.addInt(3, 2))
                .withMessage("a second value in a row: column=d, it has entries already or was made null;"
                        + " one call a row and column");
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/0:1], [0/1:000000], [0/0], [0/0]]");
    }

    @Test
    void anEntryNeedsItsValueAndAValueItsEntry() {
        stage("repeated int32 a; optional int32 b;");
        assertThatIllegalStateException()
                .isThrownBy(() -> stage.putInt(0, 1))
                .withMessage("a repeated column's value without an entry: column=a; call add, or entry first");
        stage.entry(0, 0, 1);
        assertThatIllegalStateException()
                .isThrownBy(stage::finish)
                .withMessage("an entry waits for its value: column=a, repetition=0; put it, or begin anew");
        assertThatIllegalStateException().isThrownBy(() -> stage.entry(1, 0, 0));
        stage.putInt(0, 4);
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/1:4], [0/0]]");
    }

    @Test
    void aRefusedElementIsNotThere() {
        stage("repeated int32 a (INTEGER(8,true)); repeated binary b (STRING);");
        stage.addInt(0, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> stage.addInt(0, 128));
        assertThatIllegalArgumentException().isThrownBy(() -> stage.addBytes(1, new byte[] {-1}, 0, 1));
        stage.addInt(0, 2);
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/1:1, 1/1:2], [0/0]]");
    }

    @Test
    void onlyAnElementMayStayWithoutItsValue() {
        stage("repeated int32 a; repeated int32 b;");
        stage.element(0);
        stage.entry(1, 0, 1);
        assertThatIllegalStateException()
                .isThrownBy(stage::finish)
                .withMessageStartingWith("an entry waits for its value: column=b");
        stage.putInt(1, 3);
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/0], [0/1:3]]");
    }

    @Test
    void nullIsRefusedWhereAValueIsRequired() {
        stage("required int32 a; repeated int32 b; optional int32 c;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putNull(0))
                .withMessage("null in a required column: column=a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.addNull(1))
                .withMessage("null in a required element: column=b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.addInt(2, 1))
                .withMessage("not repeated once: column=c, repeated=0; call put");
        assertThatIllegalArgumentException().isThrownBy(() -> stage.putEmpty(2)).withMessage("not repeated: column=c");
    }

    @Test
    void theCallHasToBeOfTheColumnsType() {
        stage("required int32 a; required binary b (STRING); required fixed_len_byte_array(2) c;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putLong(0, 1))
                .withMessage("wrong type: column=a, type=INT32, value=INT64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putInt(1, 1))
                .withMessage("wrong type: column=b, type=BINARY STRING, value=INT32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putBytes(0, new byte[4], 0, 4))
                .withMessage("wrong type: column=a, type=INT32, value=bytes, length=4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putBytes(2, new byte[3], 0, 3))
                .withMessage("wrong length: column=c, type=FIXED_LEN_BYTE_ARRAY(2), length=3, expected=2");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> stage.putInt(3, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> stage.putBytes(1, new byte[3], 1, 3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> stage.putBytes(1, ByteBuffer.allocate(3), -1, 3));
    }

    @Test
    void textIsNoNumber() {
        stage("required binary a (DECIMAL(5,2)); required binary b;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putString(0, "12"))
                .withMessage("wrong type: column=a, type=BINARY DECIMAL(5,2), value=text");
        stage.putString(1, "12");
        stage.putBytes(0, new byte[] {12}, 0, 1);
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/0:0c], [0/0:3132]]");
    }

    @Test
    void aNullOfOneRowIsForgottenInTheNext() {
        stage("optional int32 a; optional group g { repeated int32 b; optional int32 c; }");
        stage.putNull(0);
        stage.putInt(2, 1);
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/0], [0/1], [0/2:1]]");
        stage.begin();
        stage.putInt(0, 5);
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/1:5], [0/0], [0/0]]");
    }

    // ---- values

    @Test
    void aValueThatItsTypeDoesNotHaveIsRefusedAndMayBeReplaced() {
        stage("required int32 a (INTEGER(8,true)); required binary b (STRING); optional fixed_len_byte_array(2) c"
                + " (DECIMAL(3,0));");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putInt(0, 300))
                .withMessage("value out of range: column=a, type=INT32 INTEGER(8,true), value=300, min=-128, max=127");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putBytes(1, Bytes.hex("61ff"), 0, 2))
                .withMessage("invalid UTF-8: column=b, type=BINARY STRING, length=2, index=1, bytes from 0=0x61ff;"
                        + " write valid text, or have the column repaired");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putString(1, "a\ud800"))
                .withMessage("unpaired surrogate: column=b, type=BINARY STRING, length=2, index=1, char=0xd800;"
                        + " write valid text, or have the column repaired");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putBytes(2, Bytes.hex("03e8"), 0, 2))
                .withMessage("too many digits: column=c, type=FIXED_LEN_BYTE_ARRAY(2) DECIMAL(3,0), length=2,"
                        + " bytes=0x03e8");
        stage.putInt(0, 127);
        stage.putString(1, "é");
        stage.finish();
        assertThat(CollectedRows.of(stage)).hasToString("[[0/0:127], [0/0:c3a9], [0/0]]");
        assertThat(stage.array()).startsWith(Bytes.hex("00 7f000000 0f000000 02000000 0000"));
    }

    @Test
    void textIsRepairedWhereTheColumnSaysSo() {
        stage = new RowStage(RecordLayout.of(
                RecordLayoutTest.schema("required binary a (STRING); repeated binary b (STRING);"), Set.of("a", "b")));
        stage.begin();
        stage.putBytes(0, Bytes.hex("61ff62"), 0, 3);
        stage.addString(1, "x\ud800");
        byte[] bad = new byte[10_000];
        java.util.Arrays.fill(bad, (byte) 0xff);
        stage.addBytes(1, bad, 0, bad.length);
        stage.addBytes(1, ByteBuffer.wrap(new byte[] {'y'}), 0, 1);
        stage.finish();
        assertThat(column(0)).isEqualTo("[0/0:61efbfbd62]");
        assertThat(column(1)).isEqualTo("[0/1:78efbfbd, 1/1:" + "efbfbd".repeat(10_000) + ", 1/1:79]");
    }

    @Test
    void aUuidIsSixteenBytesBigEndian() {
        stage("required fixed_len_byte_array(16) a (UUID); repeated fixed_len_byte_array(16) b;");
        stage.putUuid(0, 0x0011223344556677L, 0x8899aabbccddeeffL);
        stage.element(1);
        stage.putUuid(1, -1, 1);
        stage.finish();
        assertThat(column(0)).isEqualTo("[0/0:00112233445566778899aabbccddeeff]");
        assertThat(column(1)).isEqualTo("[0/1:ffffffffffffffff0000000000000001]");
    }

    // ---- size

    @Test
    void aRowGrowsToItsLimitAndNotBeyond() {
        RecordLayout layout = RecordLayout.of(
                RecordLayoutTest.schema("required binary a; repeated binary b (STRING); repeated int64 c;"));
        int limit = 10_000;
        stage = new RowStage(layout, limit);
        stage.begin();
        int room = limit - layout.fixedBytes() - 4; // a null in each list is reserved
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.putBytes(0, new byte[limit], 0, room + 1))
                .withMessage("row too long: column=a, bytes=" + (limit - 3) + ", limit=" + (limit - 4));
        assertThatIllegalArgumentException().isThrownBy(() -> stage.addString(1, "a".repeat(room - 5)));
        stage.addString(1, "a".repeat(room - 6));
        assertThatIllegalArgumentException().isThrownBy(() -> stage.addLong(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> stage.addNull(2));
        stage.putBytes(0, new byte[0], 0, 0);
        assertThat(stage.finish()).isBetween(limit - 4, limit);
        assertThat(column(1)).hasSize("[0/1:]".length() + 2 * (room - 6));
    }

    @Test
    void elementsOfFixedWidthCountTowardsTheLimit() {
        RecordLayout layout = RecordLayout.of(RecordLayoutTest.schema("repeated int64 a;"));
        stage = new RowStage(layout, layout.fixedBytes() + 2 + 5 * 10);
        stage.begin();
        for (int i = 0; i < 5; i++) {
            stage.addLong(0, i);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stage.addLong(0, 5))
                .withMessage("row too long: column=a, bytes=72, limit=62");
        assertThat(stage.finish()).isEqualTo(layout.fixedBytes() + 5 * 10);
    }

    @Test
    void aSchemaWhoseEmptyRowIsTooLongIsRefused() {
        RecordLayout layout =
                RecordLayout.of(RecordLayoutTest.schema("required fixed_len_byte_array(1000) a; repeated int32 b;"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowStage(layout, 1013))
                .withMessage("rows of this schema do not fit: an empty row=1014, limit=1013; raise the limit");
        assertThat(new RowStage(layout, 1014)).isNotNull();
    }

    @Test
    void tenThousandColumnsAndAnyNumberOfElementsFit() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            fields.append(i % 3 == 0 ? "optional" : i % 3 == 1 ? "required" : "repeated")
                    .append(" int32 c")
                    .append(i)
                    .append("; ");
        }
        stage(fields.toString());
        for (int i = 0; i < 10_000; i++) {
            if (i % 3 == 1) {
                stage.putInt(i, i);
            }
        }
        for (int i = 0; i < 100_000; i++) {
            stage.addInt(9_998, i);
        }
        stage.finish();
        assertThat(column(0)).isEqualTo("[0/0]");
        assertThat(column(9_997)).isEqualTo("[0/0:9997]");
        assertThat(CollectedRows.of(stage).get(9_998)).hasSize(100_000);
    }

    @Test
    void theBytesOfAListAreToldBeforeItsValues() {
        stage("repeated binary a; optional binary b;");
        stage.addBytes(0, new byte[7], 0, 7);
        stage.addBytes(0, "xy".getBytes(StandardCharsets.US_ASCII), 0, 2);
        stage.putBytes(1, new byte[5], 0, 5);
        stage.finish();
        CollectedRows collected = new CollectedRows(stage.layout().schema());
        new RowShredder(stage.layout(), collected).shred(stage.buffer(), 0);
        assertThat(collected.announcedBytes(0)).isEqualTo(4 + 7 + 4 + 2);
        assertThat(collected.announcedBytes(1)).isEqualTo(5);
    }
}
