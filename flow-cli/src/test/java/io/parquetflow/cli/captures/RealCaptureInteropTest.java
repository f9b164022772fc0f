package io.parquetflow.cli.captures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that others wrote; the figures come with them. */
class RealCaptureInteropTest {
    @Test
    void aRealMarketFeedIsReadToTheMiddleOfItsLastPacket() throws IOException, NoSuchAlgorithmException {
        Path file = SharedData.file("iex-deep-1.0.pcap.gz");
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        long[] firstAndLast = {0, 0};
        PayloadHandler digest = (bytes, offset, length, timeNs) -> {
            sha256.update(bytes, offset, length);
            firstAndLast[0] = firstAndLast[0] == 0 ? timeNs : firstAndLast[0];
            firstAndLast[1] = timeNs;
        };

        ImportTally tally = new CaptureImport(PacketFilter.EVERYTHING, digest, Progress.NONE).read(file);

        assertThat(tally.packets()).isEqualTo(121_314);
        assertThat(tally.payloads()).isEqualTo(121_314);
        assertThat(tally.payloadBytes()).isEqualTo(15_159_512);
        assertThat(HexFormat.of().formatHex(sha256.digest()))
                .isEqualTo("695d7f0a20f81cbc10f8dd4d3fad51078d1ff1fcd1205f684bdc214046262b6f");
        assertThat(firstAndLast).containsExactly(1_493_132_598_746_881_000L, 1_493_149_909_897_850_000L);
        assertThat(tally.cutPayloads()).isZero();
        assertThat(tally.skipped()).isEmpty();
        Damage tail = tally.damage().orElseThrow();
        assertThat(tail.kind()).isEqualTo(Damage.Kind.TRUNCATED_TAIL);
        assertThat(tail.line()).startsWith("[" + file + "] truncated inside a packet: offset=");
        assertThat(tail.expected()).isEqualTo(1490);
        assertThat(tail.found()).isEqualTo(460);
        assertThat(tally.failed()).isTrue();
    }

    @Test
    void filtersFindTheFeedOrNothing() throws IOException {
        Path file = SharedData.file("iex-deep-1.0.pcap.gz");

        assertThat(payloads(file, PacketFilter.of(List.of("16648"), List.of()))).isEqualTo(121_314);
        assertThat(payloads(file, PacketFilter.of(List.of("16649"), List.of()))).isZero();
        assertThat(payloads(file, PacketFilter.of(List.of(), List.of("224.0.0.0/4"))))
                .isEqualTo(121_314);
    }

    @Test
    void realLogsHaveAsManyPayloadsAsLines() throws IOException {
        for (String name : List.of("zookeeper.log", "hdfs.log")) {
            Path file = SharedData.file(name);

            Readout read = Readout.of(file, PacketFilter.EVERYTHING);

            assertThat(read.payloads()).hasSize(2_000).doesNotContain("");
            assertThat(String.join("\r\n", read.payloads()).strip().length())
                    .isEqualTo(Files.readString(file).strip().length());
        }
    }

    private static long payloads(Path file, PacketFilter filter) throws IOException {
        return new CaptureImport(filter, (bytes, offset, length, timeNs) -> {}, Progress.NONE)
                .read(file)
                .payloads();
    }
}
