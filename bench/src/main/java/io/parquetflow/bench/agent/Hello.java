package io.parquetflow.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest process: says how much memory it took, where the system tells. Knows nothing of the agent. */
public final class Hello {
    private Hello() {}

    /**
     * Starts.
     *
     * @param arguments none
     * @throws IOException never on Linux
     */
    public static void main(String[] arguments) throws IOException {
        Path status = Path.of("/proc/self/status");
        String resident = "0";
        if (Files.exists(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    resident = line.replaceAll("\\D+", "");
                }
            }
        }
        System.out.println("resident_kb=" + resident);
    }
}
