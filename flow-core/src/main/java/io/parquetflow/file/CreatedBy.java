package io.parquetflow.file;

/**
 * Who wrote a file, in the words that readers parse to know of a writer's old mistakes.
 *
 * <p>Thread-safe: constants.
 */
public final class CreatedBy {
    /** This library's version. */
    public static final String VERSION = version();

    /** For {@code created_by} of the footer. */
    public static final String TEXT = "parquet-flow version " + VERSION + " (build release)";

    private CreatedBy() {}

    private static String version() {
        String version = CreatedBy.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0-SNAPSHOT" : version;
    }
}
