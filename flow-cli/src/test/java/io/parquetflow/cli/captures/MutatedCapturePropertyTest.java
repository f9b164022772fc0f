package io.parquetflow.cli.captures;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happened to the bytes of a capture, reading it ends, in little memory, and the counts add up. */
class MutatedCapturePropertyTest {
    private static final int CASES = 2_000;
    /** A mutation that stays in the file's own structure is worth more than one that breaks it at the first byte. */
    private static final int[] TELLING = {0, 1, -1, 3, 4, 8, 12, 0x7fff_ffff, 1 << 24, 0xffff, 262_144, 0x0a0d_0d0a};
    /** The buffers, and no more: what a length in the file claims is not there. */
    private static final long MOST_ALLOCATED_BYTES = 2L * 1024 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    enum Kind {
        PCAP,
        PCAP_NANO_BIG_ENDIAN,
        PCAP_MODIFIED,
        PCAPNG,
        PCAPNG_BIG_ENDIAN,
        TEXT,
        PCAP_GZIP,
        PCAPNG_ZSTD;

        byte[] capture() {
            return switch (this) {
                case PCAP, PCAP_GZIP -> pcap(ByteOrder.LITTLE_ENDIAN, PcapReader.MICROSECONDS);
                case PCAP_NANO_BIG_ENDIAN -> pcap(ByteOrder.BIG_ENDIAN, PcapReader.NANOSECONDS);
                case PCAP_MODIFIED -> pcap(ByteOrder.LITTLE_ENDIAN, PcapReader.MODIFIED);
                case PCAPNG, PCAPNG_ZSTD -> pcapng(ByteOrder.LITTLE_ENDIAN);
                case PCAPNG_BIG_ENDIAN -> pcapng(ByteOrder.BIG_ENDIAN);
                case TEXT -> Frames.text("one\ntwo\r\n\nlast");
            };
        }

        byte[] compress(byte[] bytes) {
            return switch (this) {
                case PCAP_GZIP -> CompressionTest.gzip(bytes);
                case PCAPNG_ZSTD -> CompressionTest.zstd(bytes);
                default -> bytes;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readingEndsAndTheCountsAddUp(Kind kind) throws IOException {
        int damaged = 0;
        int refused = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            boolean inside = random.nextBoolean();
            byte[] mutated = inside
                    ? kind.compress(mutate(kind.capture(), random))
                    : mutate(kind.compress(kind.capture()), random);
            try {
                damaged += read(Files.write(folder.resolve("capture"), mutated), seed) ? 1 : 0;
            } catch (IOException refusal) {
                assertThat(refusal).as("seed=%d", seed).hasMessageContaining("capture] ");
                refused++;
            }
        }
        assertThat(refused).as("most mutations get past the magic").isLessThan(CASES / 2);
        if (kind != Kind.TEXT) {
            assertThat(damaged).as("and many do harm").isGreaterThan(CASES / 20);
        }
    }

    /** Whether the file was found to be damaged. */
    private static boolean read(Path file, int seed) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long[] seen = {0, 0};
        PayloadHandler check = (bytes, offset, length, timeNs) -> {
            seen[0]++;
            seen[1] += length;
            if (offset < 0
                    || length < 0
                    || length > PayloadReader.MAX_PAYLOAD_BYTES
                    || offset + length > bytes.length) {
                throw new AssertionError("no payload: offset=" + offset + ", length=" + length);
            }
        };
        ImportTally tally = new CaptureImport(PacketFilter.EVERYTHING, check, Progress.NONE).read(file);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("allocated bytes, seed=%d", seed).isLessThan(MOST_ALLOCATED_BYTES);
        assertThat(tally.payloads()).as("payloads, seed=%d", seed).isEqualTo(seen[0]);
        assertThat(tally.payloadBytes()).as("bytes, seed=%d", seed).isEqualTo(seen[1]);
        long skipped = tally.skipped().values().stream().mapToLong(n -> n).sum();
        assertThat(tally.packets()).as("packets, seed=%d", seed).isEqualTo(tally.payloads() + skipped);
        return tally.damage().isPresent();
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && bytes.length > 8; i++) {
            int at = random.nextInt(bytes.length - 4);
            int to = at + 1 + random.nextInt(Math.min(64, bytes.length - at));
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> {
                    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
                    ByteBuffer.wrap(bytes).order(order).putInt(at, TELLING[random.nextInt(TELLING.length)]);
                }
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                case 4 -> bytes = Frames.concat(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
                default -> bytes = Frames.concat(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
            }
        }
        return bytes;
    }

    private static byte[] pcap(ByteOrder order, long magic) {
        PcapBytes capture = new PcapBytes(order, magic, LinkLayer.ETHERNET);
        capture.packet(1, 2, Frames.udpFrame("a payload"));
        capture.packet(1, 3, Frames.ethernet(0x8100, Frames.tagged(Frames.ETHERTYPE_IPV6, ipv6())));
        capture.packet(2, 4, Frames.ethernet(Frames.ETHERTYPE_IPV4, tcp()));
        return capture.cutPacket(Frames.udpFrame("cut"), 44).bytes();
    }

    private static byte[] pcapng(ByteOrder order) {
        PcapngBytes capture = new PcapngBytes(order);
        capture.describe(LinkLayer.ETHERNET, 0, capture.resolution(9), capture.offset(5));
        capture.enhanced(0, 7, Frames.udpFrame("a payload"), capture.option(1, Frames.text("comment")));
        capture.block(4, new byte[20]);
        capture.describe(LinkLayer.RAW, 0, capture.resolution(0x80 | 20)).enhanced(1, 9, ipv6());
        capture.obsolete(1, 10, tcp());
        return capture.simple(Frames.udpFrame("simple"), 48).bytes();
    }

    private static byte[] ipv6() {
        byte[] inner = Frames.fragment(Frames.UDP, 0, Frames.udp(Frames.text("six")));
        return Frames.ipv6(0, Frames.extension(43, 1, Frames.extension(44, 0, inner)));
    }

    private static byte[] tcp() {
        byte[] inner = Frames.tcp(Frames.text("stream"), new byte[12]);
        return Frames.ipv4(Frames.TCP, inner, 24 + inner.length, 0, new byte[4]);
    }
}
