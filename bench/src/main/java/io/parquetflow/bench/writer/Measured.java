package io.parquetflow.bench.writer;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One timed run of one contender.
 *
 * <p>Thread-safe: immutable.
 *
 * @param elapsedNs from the first batch until the file is closed
 * @param cpuNs of all threads of the process, compiler and collector included
 * @param allocatedBytes on the heap, by the thread that wrote
 * @param fileBytes of the file, 0 where there is none
 * @param extras figures of the contender's own
 */
record Measured(long elapsedNs, long cpuNs, long allocatedBytes, long fileBytes, Map<String, Long> extras) {
    static final String ROWS_PER_SEC = "rows_per_sec";
    static final String PAYLOAD_MIB_PER_SEC = "payload_mib_per_sec";
    static final String FILE_MIB_PER_SEC = "file_mib_per_sec";
    static final String FILE_BYTES = "file_bytes";
    static final String CORES = "cores_used";
    static final String ALLOCATED = "allocated_bytes_per_row";

    private static final double NS_PER_SECOND = 1e9;
    private static final double MIB = 1 << 20;

    /** By key, in the order of printing. */
    Map<String, Double> figures(Batches batches) {
        double seconds = elapsedNs / NS_PER_SECOND;
        Map<String, Double> all = new LinkedHashMap<>();
        all.put("elapsed_s", seconds);
        all.put(ROWS_PER_SEC, batches.rows() / seconds);
        all.put(PAYLOAD_MIB_PER_SEC, batches.payloadBytes() / MIB / seconds);
        if (fileBytes > 0) {
            all.put(FILE_MIB_PER_SEC, fileBytes / MIB / seconds);
            all.put(FILE_BYTES, (double) fileBytes);
        }
        all.put(CORES, (double) cpuNs / elapsedNs);
        all.put(ALLOCATED, (double) allocatedBytes / batches.rows());
        extras.forEach((key, value) -> all.put(key, (double) value));
        return all;
    }

    static String text(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.4f" : "%.2f", value);
    }

    static void print(PrintStream out, String prefix, Map<String, Double> figures) {
        figures.forEach((key, value) -> out.println(prefix + key + "=" + text(value)));
    }
}
