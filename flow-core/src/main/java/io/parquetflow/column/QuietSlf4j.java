package io.parquetflow.column;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * parquet-java logs by way of SLF4J, its schemas already, and SLF4J without a provider says so on standard error. A capture
 * library has no business there: where there is no provider, SLF4J is started once with its voice down.
 *
 * <p>Thread-safe.
 */
public final class QuietSlf4j {
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private QuietSlf4j() {}

    /** Before the first class of parquet-java that logs. Again and again is fine. */
    public static synchronized void prepare() {
        if (System.getProperty(VERBOSITY) != null || System.getProperty("slf4j.provider") != null || hasProvider()) {
            return;
        }
        System.setProperty(VERBOSITY, "ERROR");
        try {
            LoggerFactory.getILoggerFactory();
        } finally {
            System.clearProperty(VERBOSITY);
        }
    }

    private static boolean hasProvider() {
        try {
            Iterator<SLF4JServiceProvider> providers = ServiceLoader.load(
                            SLF4JServiceProvider.class, LoggerFactory.class.getClassLoader())
                    .iterator();
            return providers.hasNext();
        } catch (ServiceConfigurationError e) {
            return true; // a broken one is SLF4J's to complain of
        } catch (LinkageError e) {
            return true; // SLF4J 1.7 knows no providers, and has no voice that could be turned down
        }
    }
}
