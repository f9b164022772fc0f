package io.parquetflow.cli.captures;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All that a capture gave.
 *
 * @param payloads as text, a byte each character
 * @param timesNs one for each payload
 * @param tally at the end
 */
record Readout(List<String> payloads, List<Long> timesNs, ImportTally tally) {
    /** Generous for a loaded machine; what it must catch is reading for ever. */
    private static final Duration AT_MOST = Duration.ofSeconds(30);

    static Readout of(Path folder, byte[] capture) throws IOException {
        return of(folder, capture, PacketFilter.EVERYTHING);
    }

    static Readout of(Path folder, byte[] capture, PacketFilter filter) throws IOException {
        Path file = Files.write(folder.resolve("capture"), capture);
        return of(file, filter);
    }

    static Readout of(Path file, PacketFilter filter) throws IOException {
        List<String> payloads = new ArrayList<>();
        List<Long> timesNs = new ArrayList<>();
        PayloadHandler keep = (bytes, offset, length, timeNs) -> {
            byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
            payloads.add(new String(payload, StandardCharsets.ISO_8859_1));
            timesNs.add(timeNs);
        };
        CaptureImport whole = new CaptureImport(filter, keep, Progress.NONE);
        return new Readout(payloads, timesNs, assertTimeoutPreemptively(AT_MOST, () -> whole.read(file)));
    }

    /** What a reader that is open already still gives; without a limit in time. */
    static Readout of(PayloadReader reader) {
        List<String> payloads = new ArrayList<>();
        List<Long> timesNs = new ArrayList<>();
        while (reader.next()) {
            payloads.add(new String(reader.bytes(), reader.offset(), reader.length(), StandardCharsets.ISO_8859_1));
            timesNs.add(reader.timeNs());
        }
        return new Readout(payloads, timesNs, reader.tally());
    }

    Damage damage() {
        return tally.damage().orElseThrow();
    }
}
