package io.parquetflow.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellTest {
    @Test
    void nothingPrintedMovesTheCursor() {
        assertThat(Text.printable("a\u001b[2Jb\r\n\t\u0085\u202e€")).isEqualTo("a\\u001b[2Jb\\r\\n\\t\\u0085\\u202e€");
        assertThat(Text.oneLine(" first\n\n  second \n")).isEqualTo("first; second");
    }

    @Test
    void linesStayLinesWhereATextIsLines() {
        assertThat(Text.printableLines("a\r\n\tb\rc\u001b\u009b\u2028\u202ed"))
                .isEqualTo("a\n\tb\\rc\\u001b\\u009b\\u2028\\u202ed");
        assertThat(Text.printableLines("a\u001bb")).isEqualTo("a\\u001bb");
    }

    @Test
    void textIsCutByCharactersNotByHalves() {
        assertThat(Text.cut("😀😀😀", 3)).isEqualTo("😀😀😀");
        assertThat(Text.cut("😀😀😀", 2)).isEqualTo("😀…");
        assertThat(Text.cut("abc", 0)).isEqualTo("abc");
    }

    @Test
    void readableMeansValidUtf8WithoutControlCharacters() {
        assertThat(Text.readable("tab\tline\n€".getBytes(StandardCharsets.UTF_8)))
                .isPresent();
        assertThat(Text.readable(new byte[] {(byte) 0xc3, 0x28})).isEmpty();
        assertThat(Text.readable(new byte[] {0x1b})).isEmpty();
    }

    @Test
    void sizesHaveUnits() {
        assertThat(Text.bytes(1023)).isEqualTo("1023 B");
        assertThat(Text.bytes(1536)).isEqualTo("1.5 KB");
        assertThat(Text.bytes(5L << 40)).isEqualTo("5.0 TB");
        assertThat(Text.counted(1, "row") + Text.counted(2000, "row")).isEqualTo("1 row2,000 rows");
    }

    @Test
    void columnsAreAligned() {
        TextTable table = new TextTable("name", ">n");
        table.add("a", "1");
        table.add("long\nname", "1000");
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out), Terminal.PLAIN);
        assertThat(out.toString()).isEqualTo("name           n\na              1\nlong\\nname  1000\n");
    }

    @Test
    void errorsOfTheFileSystemSayWhatToDo() {
        assertThat(Failures.line(new AccessDeniedException("/x")))
                .isEqualTo("[/x] permission denied; check the rights of the file and of the directories above it");
        assertThat(Failures.line(new FileSystemException("/x", null, "Too many open files")))
                .isEqualTo("[/x] Too many open files");
        assertThat(Failures.line(new IOException("[/x] broken"))).isEqualTo("[/x] broken");
        assertThat(Failures.line(new IllegalStateException("odd")))
                .isEqualTo("IllegalStateException: odd; --debug shows where it comes from");
        assertThat(Failures.line(new OutOfMemoryError("Java heap space"))).contains("-Xmx");
    }

    @Test
    void coloursNeedATerminalAndNobodyAgainstThem() {
        assertThat(Terminal.of(true, false, Map.of(), null).colours()).isTrue();
        assertThat(Terminal.of(true, true, Map.of(), null).colours()).isFalse();
        assertThat(Terminal.of(true, false, Map.of("NO_COLOR", "1"), null).colours())
                .isFalse();
        assertThat(Terminal.of(true, false, Map.of("NO_COLOR", ""), null).colours())
                .isTrue();
        assertThat(Terminal.of(true, false, Map.of("TERM", "dumb"), null).colours())
                .isFalse();
        assertThat(Terminal.of(false, false, Map.of(), null).colours()).isFalse();
    }

    @Test
    void theWidthComesFromTheLauncherOrTheEnvironment() {
        assertThat(Terminal.of(true, false, Map.of("COLUMNS", "90"), "200").width())
                .isEqualTo(200);
        assertThat(Terminal.of(true, false, Map.of("COLUMNS", "90"), null).width())
                .isEqualTo(90);
        assertThat(Terminal.of(true, false, Map.of("COLUMNS", "x"), null).width())
                .isEqualTo(120);
        assertThat(Terminal.of(true, false, Map.of("COLUMNS", "3"), null).width())
                .isEqualTo(40);
    }
}
