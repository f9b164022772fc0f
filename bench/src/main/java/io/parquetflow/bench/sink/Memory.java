package io.parquetflow.bench.sink;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * This process' memory at one moment.
 *
 * @param residentBytes what the kernel holds for us in RAM; 0 where there is no /proc
 * @param heapBytes used, garbage included
 * @param directBytes of all direct buffers: ring, pages, counters
 */
record Memory(long residentBytes, long heapBytes, long directBytes) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MIB = 1 << 20;
    private static final int SETTLING_COLLECTIONS = 3;

    static Memory now() {
        long direct = 0;
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                direct = pool.getMemoryUsed();
            }
        }
        return new Memory(
                resident(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                direct);
    }

    /** The same without garbage. Stops the world: not while anything is measured. */
    static Memory live() {
        for (int i = 0; i < SETTLING_COLLECTIONS; i++) {
            System.gc();
        }
        return now();
    }

    private static long resident() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10; // the kernel says kB and means KiB
                }
            }
        } catch (IOException e) {
            return 0; // not Linux
        }
        return 0;
    }

    static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
    }
}
