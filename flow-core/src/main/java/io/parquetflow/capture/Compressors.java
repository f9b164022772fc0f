package io.parquetflow.capture;

import io.parquetflow.column.PageCompressor;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.SinkConfig;

/** The compressor that a configuration asks for, or the one that runs everywhere. */
final class Compressors {
    private Compressors() {}

    static PageCompressor of(SinkConfig config, Complaints complaints) {
        try {
            return PageCompressor.of(config.codec(), config.codecLevel());
        } catch (LinkageError e) {
            complaints.say(
                    Diagnostics.Level.WARN,
                    "codec " + config.codec() + " cannot be loaded, taking gzip instead: " + e
                            + "; its native part needs a temporary directory that allows execution",
                    e);
            return PageCompressor.of(Codec.GZIP, 1);
        }
    }
}
