package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.cli.inspect.LogSegment.Piece;
import io.parquetflow.cli.inspect.LogSlices.Slice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSlicesTest {
    private static final SeverityRange INFO = new SeverityRange(9, 9);
    private static final LogFilter ALL = filter(Long.MIN_VALUE, Long.MAX_VALUE, SeverityRange.ALL);

    private static LogFilter filter(long from, long to, SeverityRange severity) {
        return new LogFilter(from, to, severity, List.of(), null, null);
    }

    private static LogSegment segment(String name, Piece... pieces) {
        return new LogSegment(Path.of(name), List.of(), List.of(pieces));
    }

    private static Piece piece(String name, long first, long last) {
        return new Piece(Path.of(name), 10, first, last, INFO, false);
    }

    private static List<String> files(Slice slice) {
        return slice.files().stream().map(Path::toString).toList();
    }

    private static List<Slice> slices(LogFilter filter, LogSegment... segments) {
        return LogSlices.of(Arrays.asList(segments), filter, true, 20);
    }

    @Test
    void theStretchesFollowEachOtherWithoutAHole() {
        List<Slice> slices = slices(
                ALL,
                segment("a", piece("a", 0, 9), piece("a", 10, 19), piece("a", 20, 29)),
                segment("b", piece("b", 25, 60), piece("b", 61, 70)),
                segment("c", piece("c", 40, 41)));

        long from = Long.MIN_VALUE;
        for (Slice slice : slices) {
            assertThat(slice.fromNs()).isEqualTo(from);
            from = slice.toNs();
        }
        assertThat(from).isEqualTo(Long.MAX_VALUE);
        assertThat(slices)
                .extracting(LogSlicesTest::files)
                .containsExactly(List.of("a"), List.of("a", "b"), List.of("b", "c"));
    }

    @Test
    void whatReachesIntoALaterStretchIsReadThereToo() {
        List<Slice> slices =
                slices(ALL, segment("a", piece("a", 0, 100), piece("a", 1, 2)), segment("b", piece("b", 50, 60)));

        assertThat(slices).extracting(LogSlicesTest::files).containsExactly(List.of("a"), List.of("a", "b"));
    }

    @Test
    void filesWithoutAWantedEventAreNotRead() {
        LogSegment early = segment("a", piece("a", 0, 9));
        LogSegment late = segment("b", piece("b", 10, 19));
        LogSegment lossy = segment("c", new Piece(Path.of("c"), 10, 10, 19, INFO, true));
        LogSegment unknown =
                segment("d", new Piece(Path.of("d"), 10, Long.MIN_VALUE, Long.MAX_VALUE, SeverityRange.ALL, true));

        assertThat(slices(filter(10, 20, SeverityRange.ALL), early, late))
                .extracting(LogSlicesTest::files)
                .containsExactly(List.of("b"));
        assertThat(slices(filter(9, 10, SeverityRange.ALL), early, late))
                .extracting(LogSlicesTest::files)
                .containsExactly(List.of("a"));
        LogFilter warnings = filter(Long.MIN_VALUE, Long.MAX_VALUE, SeverityRange.parse("WARN+"));
        assertThat(slices(warnings, early, late)).isEmpty();
        assertThat(slices(warnings, early, lossy))
                .extracting(LogSlicesTest::files)
                .containsExactly(List.of("c"));
        assertThat(LogSlices.of(List.of(lossy), warnings, false)).isEmpty();
        assertThat(slices(warnings, early, unknown))
                .extracting(LogSlicesTest::files)
                .containsExactly(List.of("d"));
    }

    @Test
    void manyRowGroupsThatBeginAtOnceAreOneStretch() {
        assertThat(slices(ALL, segment("a", piece("a", 5, 6), piece("a", 5, 6), piece("a", 5, 6), piece("a", 5, 6))))
                .hasSize(1);
    }
}
