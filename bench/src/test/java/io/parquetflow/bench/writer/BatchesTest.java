package io.parquetflow.bench.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Codec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static Batches make(Workload workload, Repetition repetition, long rows, int distinct) {
        return Batches.make(new Task(workload, rows, 256, 1000, repetition, 8, Codec.UNCOMPRESSED, 1, distinct));
    }

    @Test
    void everyEighthValueIsNull() {
        Levels levels = Levels.of(Repetition.OPTIONAL, 17, 8, 0, new Random(1));
        assertThat(levels.definition()).containsExactly(1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1);
        assertThat(levels.values()).isEqualTo(15);
        assertThat(levels.repetition()).isNull();
    }

    @Test
    void repeatedRowsHaveOneToFourElements() {
        Levels levels = Levels.of(Repetition.REPEATED, 1000, 8, 0, new Random(1));
        int[] rowsOfLength = new int[6];
        int length = 0;
        for (int entry = 0; entry < levels.entries(); entry++) {
            rowsOfLength[length] += levels.startsRow(entry) ? 1 : 0;
            length = levels.startsRow(entry) ? 1 : length + 1;
        }
        rowsOfLength[length]++;
        assertThat(rowsOfLength[0]).isEqualTo(1); // before the first
        assertThat(rowsOfLength[1] + rowsOfLength[2] + rowsOfLength[3] + rowsOfLength[4])
                .isEqualTo(1000);
        assertThat(rowsOfLength[5]).isZero();
        assertThat(Arrays.copyOfRange(rowsOfLength, 1, 5)).doesNotContain(0);
        assertThat(levels.definition()).hasSize(levels.entries()).containsOnly(1);
    }

    @Test
    void rowGroupsRepeatInTurnsAndTheLastIsShort() {
        Batches batches = make(Workload.BYTES, Repetition.REQUIRED, 4_100, 3);
        assertThat(batches.count()).isEqualTo(5);
        assertThat(batches.at(3)).isSameAs(batches.at(0)).isNotSameAs(batches.at(1));
        assertThat(batches.at(4).rows()).isEqualTo(100);
        assertThat(batches.payloadBytes()).isEqualTo(4_100 * 256);
        assertThat(batches.contents().columns().get(0).rows()).isEqualTo(4_100);
    }

    @Test
    void theSameRowsAreMadeEachTime() {
        for (Workload workload : Workload.values()) {
            assertThat(make(workload, Repetition.OPTIONAL, 2_500, 2).contents())
                    .isEqualTo(make(workload, Repetition.OPTIONAL, 2_500, 2).contents());
        }
    }

    @Test
    void heapAndDirectMemoryHoldTheSame() {
        for (ColumnValues column :
                make(Workload.TRADES, Repetition.OPTIONAL, 1_000, 1).at(0).columns()) {
            for (int i = 0; i < column.levels().values(); i++) {
                if (column.isInts()) {
                    assertThat(column.memory().getInt(4 * i)).isEqualTo(column.ints()[i]);
                } else if (!column.isBinary()) {
                    assertThat(column.memory().getLong(8 * i)).isEqualTo(column.longs()[i]);
                }
            }
            if (column.isBinary()) {
                assertThat(column.memory()).isEqualTo(ByteBuffer.wrap(column.bytes()));
            }
        }
    }

    @Test
    void payloadsDoNotShrinkAndLinesDo() {
        byte[] payloads = make(Workload.BYTES, Repetition.REQUIRED, 1_000, 1)
                .at(0)
                .columns()
                .get(0)
                .bytes();
        byte[] lines = make(Workload.TEXT, Repetition.REQUIRED, 1_000, 1)
                .at(0)
                .columns()
                .get(0)
                .bytes();
        assertThat(deflated(payloads)).isGreaterThan(payloads.length * 99 / 100);
        assertThat(deflated(lines)).isBetween(lines.length / 20, lines.length / 2);
    }

    private static int deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(bytes);
        deflater.finish();
        int size = deflater.deflate(new byte[2 * bytes.length]);
        deflater.end();
        return size;
    }
}
