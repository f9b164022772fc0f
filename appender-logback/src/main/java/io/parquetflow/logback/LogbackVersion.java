package io.parquetflow.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * Which Logback is there. Before 1.3 events had neither key-values nor nanoseconds.
 *
 * <p>Thread-safe: stateless.
 */
final class LogbackVersion {
    private LogbackVersion() {}

    /** Why events cannot be taken, null when they can. */
    static String tooOld() {
        try {
            ILoggingEvent.class.getMethod("getKeyValuePairs");
            ILoggingEvent.class.getMethod("getMarkerList");
            return null;
        } catch (NoSuchMethodException | LinkageError e) {
            String version = ILoggingEvent.class.getPackage().getImplementationVersion();
            return "ParquetAppender needs Logback 1.4 or later, and keeps no events: found "
                    + (version == null ? "an older one" : version);
        }
    }
}
