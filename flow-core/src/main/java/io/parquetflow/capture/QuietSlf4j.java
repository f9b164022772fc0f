package io.parquetflow.capture;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * parquet-java logs by way of SLF4J, and SLF4J without a provider says so on standard error. A capture library has no
 * business there: where there is no provider, SLF4J is started once with its voice down.
 */
final class QuietSlf4j {
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private QuietSlf4j() {}

    static synchronized void prepare() {
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
        Iterator<SLF4JServiceProvider> providers = ServiceLoader.load(
                        SLF4JServiceProvider.class, LoggerFactory.class.getClassLoader())
                .iterator();
        try {
            return providers.hasNext();
        } catch (ServiceConfigurationError e) {
            return true; // a broken one is SLF4J's to complain of
        }
    }
}
