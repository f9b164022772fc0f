package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Staging allocates nothing: it is done by threads that must not wait for a collector. */
class RowStageAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int ROWS = 50_000;

    private final RowStage stage = new RowStage(RecordLayout.of(RecordLayoutTest.schema(
            "required int64 ts; required binary symbol (STRING); optional int32 side (INTEGER(8,true));"
                    + " optional group g { required double price; optional binary raw; }"
                    + " optional group tags (LIST) { repeated group list { optional binary element (STRING); } }"
                    + " repeated group legs { required int64 id; repeated int32 codes; }"
                    + " required fixed_len_byte_array(16) uuid (UUID); required binary amount (DECIMAL(30,2));")));
    private final ByteBuffer raw = ByteBuffer.allocateDirect(40);
    private final byte[] amount = Bytes.hex("0123456789abcdef01");
    private final StringBuilder symbol = new StringBuilder("MSFTé😀");

    private void row(long i) {
        stage.begin();
        stage.putLong(0, i);
        stage.putString(1, symbol);
        stage.putInt(2, 1);
        if (i % 2 == 0) {
            stage.putDouble(3, 0.5);
            stage.putBytes(4, raw, 3, (int) (i % 30));
        }
        stage.addString(5, "tag");
        stage.addNull(5);
        for (int leg = 0; leg < i % 4; leg++) {
            stage.addLong(6, leg);
            stage.entry(7, leg == 0 ? 0 : 1, 2);
            stage.putInt(7, 5);
            stage.entry(7, 2, 2);
            stage.putInt(7, 6);
        }
        stage.putUuid(8, i, i);
        stage.putBytes(9, amount, 0, amount.length);
        stage.finish();
    }

    @Test
    void aRowAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < WARM_UP; i++) {
            row(i);
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROWS; i++) {
                row(i);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        // asking for the number allocates a little itself
        assertThat(least).isLessThan(1_000);
    }
}
