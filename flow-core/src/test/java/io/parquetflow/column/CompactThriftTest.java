package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The corners that Parquet's structures do not have, by the specification of the compact protocol. */
class CompactThriftTest {
    private final CompactThrift out = new CompactThrift(1);

    private void assertBytes(String hex) {
        assertThat(Arrays.copyOf(out.array(), out.size())).isEqualTo(Bytes.hex(hex));
    }

    @Test
    void aFieldFarFromTheLastIsToldByItsNumber() {
        out.begin();
        out.i32(15, 1);
        out.i32(31, -1);
        out.i16(32, 300);
        out.end();
        assertBytes("f5 02 05 3e 01 14 d804 00");
    }

    @Test
    void aListOfFifteenTellsItsLengthBehindItsType() {
        out.begin();
        out.list(1, CompactThrift.I64S, 14);
        out.list(2, CompactThrift.I64S, 15);
        out.list(3, CompactThrift.BOOLEANS, 200);
        out.end();
        assertBytes("19 e6 19 f60f 19 f1c801 00");
    }

    @Test
    void numbersAtTheEndsAreTenBytes() {
        out.begin();
        out.i64(1, Long.MIN_VALUE);
        out.i64(2, Long.MAX_VALUE);
        out.end();
        assertBytes("16 ffffffffffffffffff01 16 feffffffffffffffff01 00");
    }

    @Test
    void anInnerStructureCountsItsFieldsAnew() {
        out.begin();
        out.i32(3, 0);
        out.begin(4);
        out.bool(1, true);
        out.bool(2, false);
        out.end();
        out.i32(5, 0);
        out.end();
        assertBytes("35 00 1c 11 12 00 15 00 00");
    }

    @Test
    void bytesThatWereTakenLeaveWhatIsOpen() {
        out.begin();
        out.i32(7, 0);
        out.taken();
        out.i32(8, 0);
        out.end();
        assertBytes("15 00 00");
    }
}
