package io.parquetflow.agent.tap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the kernel dropped of this process's datagrams before anybody could read them, by local address: the last column of
 * {@code /proc/net/udp} and {@code udp6}, for sockets that the process holds. Linux only; elsewhere there is nothing to see.
 *
 * <p>Not thread-safe.
 */
final class KernelDrops {
    private static final String SOCKET = "socket:[";
    private static final int LOCAL = 1;
    private static final int INODE = 9;
    private static final int DROPS = 12;
    private static final int HEX = 16;
    private static final int WORD_BYTES = 4;

    private final Path process;

    KernelDrops(Path process) {
        this.process = process;
    }

    /**
     * Reads the counts.
     *
     * @return since each socket was opened; of several sockets of one address the sum
     */
    Map<InetSocketAddress, Long> read() {
        Map<InetSocketAddress, Long> drops = new HashMap<>();
        Set<String> own = inodes();
        if (!own.isEmpty()) {
            read(process.resolve("net/udp"), own, drops);
            read(process.resolve("net/udp6"), own, drops);
        }
        return drops;
    }

    /** A count that became smaller is another socket's, as is one that there was not before. */
    static long increase(Long before, Long now) {
        if (now == null) {
            return 0;
        }
        return before == null || now < before ? now : now - before;
    }

    private Set<String> inodes() {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                addInode(descriptor, inodes);
            }
        } catch (IOException | RuntimeException e) {
            return Set.of(); // no such file system
        }
        return inodes;
    }

    private static void addInode(Path descriptor, Set<String> inodes) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            if (target.startsWith(SOCKET)) {
                inodes.add(target.substring(SOCKET.length(), target.length() - 1));
            }
        } catch (IOException e) {
            return; // closed meanwhile
        }
    }

    private static void read(Path table, Set<String> own, Map<InetSocketAddress, Long> drops) {
        try {
            for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
                String[] cells = line.trim().split("\\s+");
                if (cells.length > DROPS && own.contains(cells[INODE])) {
                    drops.merge(address(cells[LOCAL]), Long.parseLong(cells[DROPS]), Long::sum);
                }
            }
        } catch (IOException | RuntimeException e) {
            return; // no such table, or of another form
        }
    }

    /** Words in the machine's order, as hexadecimal digits, then the port. */
    private static InetSocketAddress address(String text) throws UnknownHostException {
        int colon = text.indexOf(':');
        byte[] address = new byte[colon / 2];
        for (int i = 0; i < address.length; i++) {
            int from = i / WORD_BYTES * WORD_BYTES + (WORD_BYTES - 1 - i % WORD_BYTES);
            address[i] = (byte) Integer.parseInt(text.substring(2 * from, 2 * from + 2), HEX);
        }
        return key(InetAddress.getByAddress(address), Integer.parseInt(text.substring(colon + 1), HEX));
    }

    /** A socket that is bound to every address is shown as one of either family. */
    static InetSocketAddress key(InetAddress address, int port) {
        return address == null || address.isAnyLocalAddress()
                ? new InetSocketAddress(port)
                : new InetSocketAddress(address, port);
    }
}
