package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parquetflow.column.ColumnChunkBuffer;
import io.parquetflow.column.DirectBytes;
import io.parquetflow.column.PageCompressor;
import io.parquetflow.column.PageCompressors;
import io.parquetflow.column.PageLimits;
import io.parquetflow.column.RowGroupBuffer;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnOptions;
import io.parquetflow.testing.Segments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a segment: whole after every kind of trouble, or not there. */
class SegmentFileTest {
    private static final MessageType SCHEMA = Types.buildMessage()
            .addField(Types.required(PrimitiveTypeName.INT64).named("number"))
            .addField(Types.required(PrimitiveTypeName.BINARY).named("payload"))
            .named("row");

    private static final String CREATED_BY = "parquet-flow version 1 (build test)";
    private static final int ROWS = 1_000;

    @TempDir
    Path directory;

    private final PageCompressor compressor = PageCompressor.of(Codec.SNAPPY, 1);
    private final DirectBytes scratch = new DirectBytes(64);
    private final PageLimits limits = new PageLimits(4_096, 100, PageLimits.DEFAULT_BOUND_BYTES);
    private final ColumnChunkBuffer number =
            ColumnChunkBuffer.of(SCHEMA.getColumns().get(0), ColumnOptions.DEFAULT, compressor, scratch, limits, 64);
    private final ColumnChunkBuffer payload =
            ColumnChunkBuffer.of(SCHEMA.getColumns().get(1), ColumnOptions.DEFAULT, compressor, scratch, limits, 64);
    private final RowGroupBuffer group =
            new RowGroupBuffer(List.of(number, payload), new PageCompressors(compressor), scratch);
    private int next;

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
        group.close();
    }

    private SegmentFile create(String name) throws IOException {
        return SegmentFile.create(directory.resolve(name), SCHEMA, CREATED_BY, 0640);
    }

    private void fill() {
        group.reset();
        for (int i = 0; i < ROWS; i++) {
            number.longs().add(next);
            number.endRow();
            byte[] bytes = ("row " + next++).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            payload.makeRoom(bytes.length);
            payload.binaries().add(ByteBuffer.wrap(bytes), 0, bytes.length);
            payload.endRow();
            group.endRow(bytes.length);
        }
    }

    private static void interruptAnd(ThrowingRunnable step) {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(step::run);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @FunctionalInterface
    private interface ThrowingRunnable {
        void run() throws IOException;
    }

    /** Rows 0 to {@code rows - 1} in order, checksums verified, and nothing behind the footer. */
    private static void assertWhole(Path path, int rows) throws IOException {
        List<Group> read = Segments.rows(path);
        assertThat(read).hasSize(rows);
        for (int i = 0; i < rows; i++) {
            assertThat(read.get(i).getLong("number", 0)).isEqualTo(i);
            assertThat(read.get(i).getBinary("payload", 0).toStringUsingUTF8()).isEqualTo("row " + i);
        }
        byte[] bytes = Files.readAllBytes(path);
        assertThat(bytes).startsWith('P', 'A', 'R', '1').endsWith('P', 'A', 'R', '1');
        ParquetMetadata footer = Segments.footer(path);
        assertThat(footer.getFileMetaData().getCreatedBy()).isEqualTo(CREATED_BY);
        for (var block : footer.getBlocks()) {
            for (ColumnChunkMetaData chunk : block.getColumns()) {
                assertThat(chunk.getColumnIndexReference()).isNotNull();
                assertThat(chunk.getOffsetIndexReference()).isNotNull();
            }
        }
    }

    @Test
    void rowGroupsAndKeysAreRead() throws Exception {
        SegmentFile file = create("a.parquet");
        assertThat(file.goodBytes()).isEqualTo(4);
        fill();
        file.append(group);
        fill();
        file.append(group);
        assertThat(file.rows()).isEqualTo(2 * ROWS);
        assertThat(file.goodBytes()).isEqualTo(file.position());
        assertThat(file.columnChunks()).hasSize(4);
        file.finish(Map.of("flow.a", "1"));
        file.force();
        file.close();
        assertWhole(file.path(), 2 * ROWS);
        ParquetMetadata footer = Segments.footer(file.path());
        assertThat(footer.getFileMetaData().getKeyValueMetaData()).containsEntry("flow.a", "1");
        assertThat(footer.getBlocks()).hasSize(2);
        assertThat(footer.getBlocks().get(1).getOrdinal()).isEqualTo(1);
        assertThat(footer.getBlocks().get(0).getTotalByteSize()).isPositive();
        assertThat(Files.getPosixFilePermissions(file.path())).hasSize(3);
    }

    @Test
    void aSegmentWithoutRowsIsWhole() throws Exception {
        SegmentFile file = create("a.parquet");
        file.finish(Map.of());
        file.close();
        assertWhole(file.path(), 0);
    }

    @Test
    void aFileThatIsThereIsNeverReplaced() throws Exception {
        Path taken = Files.writeString(directory.resolve("a.parquet"), "somebody's");
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> create("a.parquet"));
        assertThat(taken).hasContent("somebody's");
    }

    @Test
    void whatFailedIsAppendedAgain() throws Exception {
        SegmentFile file = create("a.parquet");
        fill();
        file.append(group);
        long good = file.goodBytes();
        fill();
        interruptAnd(() -> file.append(group));
        assertThat(file.rows()).isEqualTo(ROWS);
        assertThat(file.goodBytes()).isEqualTo(good);
        file.append(group);
        file.finish(Map.of());
        file.close();
        assertWhole(file.path(), 2 * ROWS);
    }

    @Test
    void aFooterThatFailedIsWrittenAgain() throws Exception {
        SegmentFile file = create("a.parquet");
        fill();
        file.append(group);
        interruptAnd(() -> file.finish(Map.of("flow.try", "1")));
        file.finish(Map.of("flow.try", "2"));
        file.finish(Map.of("flow.try", "3"));
        file.close();
        assertWhole(file.path(), ROWS);
        assertThat(Segments.footer(file.path()).getFileMetaData().getKeyValueMetaData())
                .containsEntry("flow.try", "3");
    }

    /** A seal that failed behind the footer: rows come, and the footer goes. */
    @Test
    void rowsMayFollowAFooterThatWasGivenUp() throws Exception {
        SegmentFile file = create("a.parquet");
        fill();
        file.append(group);
        file.finish(Map.of("flow.try", "a footer that is longer than the next row group ".repeat(2_000)));
        fill();
        file.append(group);
        file.finish(Map.of());
        file.close();
        assertWhole(file.path(), 2 * ROWS);
    }

    @Test
    void everyWholeRowGroupIsCarriedIntoAFreshFile() throws Exception {
        SegmentFile file = create("a.parquet");
        fill();
        file.append(group);
        fill();
        file.append(group);
        Files.write(file.path(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND); // half a row group
        SegmentFile copy = file.carryTo(directory.resolve("b.parquet"), 0600);
        file.close();
        assertThat(copy.path()).isEqualTo(directory.resolve("b.parquet"));
        assertThat(copy.rows()).isEqualTo(2 * ROWS);
        assertThat(copy.goodBytes()).isEqualTo(file.goodBytes()).isEqualTo(copy.position());
        assertThat(Files.getPosixFilePermissions(copy.path())).hasSize(2);
        fill();
        copy.append(group);
        copy.finish(Map.of());
        copy.close();
        assertWhole(copy.path(), 3 * ROWS);
    }

    /** Larger than the buffer it is carried with. */
    @Test
    void aLargeFileIsCarriedWhole() throws Exception {
        SegmentFile file = create("a.parquet");
        int groups = 0;
        while (file.goodBytes() < 3 << 19) {
            fill();
            file.append(group);
            groups++;
        }
        SegmentFile copy = file.carryTo(directory.resolve("b.parquet"), 0640);
        copy.finish(Map.of());
        copy.close();
        file.close();
        assertWhole(copy.path(), groups * ROWS);
    }

    @Test
    void whatIsInADeletedDirectoryIsCarriedThroughTheDescriptor() throws Exception {
        Path doomed = Files.createDirectory(directory.resolve("doomed"));
        SegmentFile file = SegmentFile.create(doomed.resolve("a.parquet"), SCHEMA, CREATED_BY, 0640);
        fill();
        file.append(group);
        Files.delete(file.path());
        Files.delete(doomed);
        SegmentFile copy = file.carryTo(directory.resolve("b.parquet"), 0640);
        file.close();
        copy.finish(Map.of());
        copy.close();
        assertWhole(copy.path(), ROWS);
    }

    @Test
    void whatCannotBeReadBackLeavesNoHalfFile() throws Exception {
        SegmentFile file = create("a.parquet");
        fill();
        file.append(group);
        try (FileChannel behindOurBack = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            behindOurBack.truncate(100);
        }
        Path target = directory.resolve("b.parquet");
        assertThatExceptionOfType(SegmentFile.Unreadable.class)
                .isThrownBy(() -> file.carryTo(target, 0640))
                .withMessage("[" + file.path() + "] offset=100: shorter than what was written, expected="
                        + file.goodBytes());
        assertThat(target).doesNotExist();
        file.close();
        assertThatExceptionOfType(SegmentFile.Unreadable.class).isThrownBy(() -> file.carryTo(target, 0640));
        assertThat(target).doesNotExist();
    }

    @Test
    void carryingNeverReplacesAFile() throws Exception {
        SegmentFile file = create("a.parquet");
        Path taken = Files.writeString(directory.resolve("b.parquet"), "somebody's");
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> file.carryTo(taken, 0640));
        assertThat(taken).hasContent("somebody's");
        file.close();
    }

    @Test
    void afterARenameItGoesOnUnderItsNewName() throws Exception {
        SegmentFile file = create("a.parquet");
        Path moved = Files.move(file.path(), directory.resolve("b.parquet"));
        file.movedTo(moved);
        assertThat(file.path()).isEqualTo(moved);
        fill();
        interruptAnd(() -> file.append(group)); // closes the descriptor: it is opened again by name
        file.append(group);
        file.finish(Map.of());
        file.close();
        assertWhole(moved, ROWS);
    }
}
