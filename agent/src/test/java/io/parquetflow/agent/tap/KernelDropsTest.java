package io.parquetflow.agent.tap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process's directory as Linux shows one, so that drops need not be provoked. */
class KernelDropsTest {
    private static final String HEADER =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";

    @TempDir
    Path process;

    @BeforeEach
    void descriptors() throws IOException {
        Path descriptors = Files.createDirectories(process.resolve("fd"));
        Files.createSymbolicLink(descriptors.resolve("4"), Path.of("socket:[1001]"));
        Files.createSymbolicLink(descriptors.resolve("5"), Path.of("socket:[1002]"));
        Files.createSymbolicLink(descriptors.resolve("6"), Path.of("/dev/null"));
        Files.createDirectories(process.resolve("net"));
    }

    private static String line(String local, int inode, int drops) {
        return "  100: " + local + " 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 " + inode
                + " 2 0000000000000000 " + drops + "\n";
    }

    private static InetSocketAddress at(byte[] address, int port) throws IOException {
        return KernelDrops.key(InetAddress.getByAddress(address), port);
    }

    @Test
    void readsTheProcessesOwnSockets() throws IOException {
        Files.writeString(
                process.resolve("net/udp"),
                HEADER + line("0100007F:6720", 1001, 17) + line("0100007F:6720", 9999, 1_000) + "garbage\n");
        Files.writeString(
                process.resolve("net/udp6"),
                HEADER
                        + line("0000000000000000FFFF00000200007F:6721", 1002, 3)
                        + line("00000000000000000000000000000000:6722", 1001, 4));
        assertThat(new KernelDrops(process).read())
                .containsOnly(
                        Map.entry(at(new byte[] {127, 0, 0, 1}, 26_400), 17L),
                        Map.entry(at(new byte[] {127, 0, 0, 2}, 26_401), 3L),
                        Map.entry(at(new byte[] {0, 0, 0, 0}, 26_402), 4L));
    }

    @Test
    void aSocketThatWasNotThereBeforeCountsFromItsBeginning() {
        assertThat(KernelDrops.increase(null, 5L)).isEqualTo(5);
        assertThat(KernelDrops.increase(5L, 7L)).isEqualTo(2);
        assertThat(KernelDrops.increase(7L, 3L)).isEqualTo(3);
        assertThat(KernelDrops.increase(7L, null)).isZero();
    }

    @Test
    void whereThereIsNothingToReadThereIsNothing() {
        assertThat(new KernelDrops(process.resolve("none")).read()).isEmpty();
        assertThat(new KernelDrops(process).read()).isEmpty();
    }
}
