package io.parquetflow.cli.captures;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Hands the payloads of captures to somebody, file by file.
 *
 * <p>Not thread-safe.
 */
public final class CaptureImport {
    private final PacketFilter filter;
    private final PayloadHandler handler;
    private final Progress progress;

    /**
     * An import with nothing read yet.
     *
     * @param filter which packets are wanted
     * @param handler takes the payloads
     * @param progress told how far each file is
     */
    public CaptureImport(PacketFilter filter, PayloadHandler handler, Progress progress) {
        this.filter = filter;
        this.handler = handler;
        this.progress = progress;
    }

    /**
     * Reads one file from its beginning to its end, or to where it is damaged.
     *
     * @param file the capture
     * @return the counts, and the damage if there is any; by then every payload before it was handed over
     * @throws IOException when the file cannot be opened or is no capture, or when the handler could not take a payload
     */
    public ImportTally read(Path file) throws IOException {
        try (PayloadReader reader = CaptureFile.open(file, filter, progress)) {
            while (reader.next()) {
                handler.payload(reader.bytes(), reader.offset(), reader.length(), reader.timeNs());
            }
            return reader.tally();
        }
    }
}
