package io.parquetflow.cli.captures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
    private static final int MAX = PayloadReader.MAX_PAYLOAD_BYTES;

    @TempDir
    Path folder;

    @Test
    void aLineIsAPayload() throws IOException {
        Readout read = read("one\ntwo\r\n\n three \nlast");

        assertThat(read.payloads()).containsExactly("one", "two", "", " three ", "last");
        assertThat(read.timesNs()).containsOnly(PayloadReader.NO_TIME);
        assertThat(read.tally().format()).isEqualTo("text");
        assertThat(read.tally().packets()).isEqualTo(5);
        assertThat(read.tally().payloadBytes()).isEqualTo(17);
        assertThat(read.tally().withoutTime()).as("said of packets only").isZero();
        assertThat(read.tally().damage()).isEmpty();
    }

    @Test
    void bytesAreTakenAsTheyAre() throws IOException {
        assertThat(read("caf\u00e9 \u00ff\u0080\ta\rb\u001b[31mred\r\r\n").payloads())
                .containsExactly("caf\u00e9 \u00ff\u0080\ta\rb\u001b[31mred\r");
    }

    @Test
    void aFileOfZeroBytesFailedAndSaysSo() throws IOException {
        Readout read = read("");

        assertThat(read.damage().line()).endsWith("capture] no line in it: offset=0");
        assertThat(read.tally().failed()).isTrue();
    }

    @Test
    void theLongestLinesAreWhole() throws IOException {
        String longest = "x".repeat(MAX);
        Readout read = read(longest + "\n" + longest + "\r\n" + longest);

        assertThat(read.payloads()).containsExactly(longest, longest, longest);
        assertThat(read.tally().splitLines()).isZero();
    }

    @Test
    void longerLinesComeInPiecesAndNothingIsLeftOut() throws IOException {
        String longest = "x".repeat(MAX);
        Readout read = read(longest + "y\n" + longest + longest + "\r\nshort\n" + longest + "zz");

        assertThat(read.payloads()).containsExactly(longest, "y", longest, longest, "short", longest, "zz");
        assertThat(read.tally().packets()).isEqualTo(4);
        assertThat(read.tally().payloads()).isEqualTo(7);
        assertThat(read.tally().splitLines()).isEqualTo(3);
    }

    @Test
    void linesOfEveryLengthComeOutAsTheyWentIn() throws IOException {
        Random random = new Random(20261120);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            lines.add("x".repeat(random.nextInt(random.nextInt(20) == 0 ? 100_000 : 200)));
        }

        assertThat(read(String.join("\n", lines) + "\n").payloads()).isEqualTo(lines);
    }

    @Test
    void textHasNothingToFilterBy() {
        PacketFilter filter = PacketFilter.of(List.of("16648"), List.of());

        assertThatThrownBy(() -> Readout.of(folder, Frames.text("a line\n"), filter))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + folder.resolve("capture") + "] is text, which has no ports and hosts to filter by: "
                        + "leave out --udp-port and --host");
    }

    private Readout read(String text) throws IOException {
        return Readout.of(folder, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
