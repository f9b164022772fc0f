package io.parquetflow.capture;

import io.parquetflow.column.PageCompressor;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.SinkConfig;

/** The compressor that a configuration asks for, or the one that runs everywhere. */
final class Compressors {
    /** How the JVM begins to say that a class is there and could not be made ready, in a message of its own. */
    private static final String NOT_INITIALIZED = "Could not initialize";

    private Compressors() {}

    static PageCompressor of(SinkConfig config, Complaints complaints) {
        try {
            return PageCompressor.of(config.codec(), config.codecLevel());
        } catch (LinkageError e) {
            complaints.say(
                    Diagnostics.Level.WARN,
                    "codec " + config.codec() + " cannot be loaded, taking gzip instead: " + e + "; "
                            + wayOut(config.codec(), e),
                    e);
            return PageCompressor.of(Codec.GZIP, 1);
        }
    }

    /** The same, loaded with the first page or by {@link WarmUp}; whether it cannot be is told then. */
    static PageCompressor late(SinkConfig config, Complaints complaints) {
        return config.codec() == Codec.UNCOMPRESSED
                ? of(config, complaints)
                : PageCompressor.late(() -> of(config, complaints));
    }

    /** Tells of columns that will not be compressed as asked for, but as the rest of the file is. */
    static void checkColumns(SinkConfig config, Complaints complaints) {
        config.columns().forEach((column, options) -> {
            if (options.codec() != null) {
                checkColumn(column, options.codec(), complaints);
            }
        });
    }

    private static void checkColumn(String column, Codec codec, Complaints complaints) {
        try {
            PageCompressor.of(codec, 1).close();
        } catch (LinkageError e) {
            complaints.say(
                    Diagnostics.Level.WARN,
                    "column " + column + ": codec " + codec + " cannot be loaded, taking the file's instead: " + e
                            + "; " + wayOut(codec, e),
                    e);
        }
    }

    private static String wayOut(Codec codec, LinkageError e) {
        boolean missing = e instanceof NoClassDefFoundError
                && !String.valueOf(e.getMessage()).startsWith(NOT_INITIALIZED);
        return missing
                ? "add " + library(codec) + " to the class path"
                : "its native part needs a temporary directory that allows execution";
    }

    private static String library(Codec codec) {
        return switch (codec) {
            case SNAPPY -> "org.xerial.snappy:snappy-java";
            case LZ4_RAW -> "io.airlift:aircompressor 2.x";
            case ZSTD -> "com.github.luben:zstd-jni";
            case GZIP, UNCOMPRESSED -> "the JDK's own classes";
        };
    }
}
