package io.parquetflow.spi;

/**
 * The name by which everything outside knows us: monitoring, log configurations, and other copies of these classes in the same
 * process. It stays what it is where a build moves the classes to another package, as the appenders' jars do: such builds
 * rewrite every constant that begins with a package's name, so this one is put together when the class is loaded.
 *
 * <p>Thread-safe: constants.
 */
public final class PublicName {
    /** Of the MBeans' domain, of the logger, and in front of system properties. */
    public static final String DOTTED = String.join(".", "io", "parquetflow");

    private PublicName() {}
}
