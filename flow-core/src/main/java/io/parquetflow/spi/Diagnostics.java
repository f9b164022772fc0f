package io.parquetflow.spi;

/**
 * Where the sink says what a person should know: a fault, a recovery from it, a setting that was changed. At most a few
 * lines a minute. The default goes to {@link System.Logger} of this name, looked up at the first line and not before,
 * since that loads the application's log manager.
 *
 * <p>Called on any thread but a producer's inside {@code tryRecord}; implementations must be thread-safe. What they
 * throw is ignored.
 */
@FunctionalInterface
public interface Diagnostics {
    /** How much it matters. */
    enum Level {
        /** For whoever asks: sizes, starts. */
        DEBUG,
        /** Good to know. */
        INFO,
        /** Somebody should look. */
        WARN,
        /** Something was lost, or will be. */
        ERROR
    }

    /**
     * Takes one line.
     *
     * @param level how much it matters
     * @param line what happened, without a line break
     * @param cause what was thrown, or null
     */
    void say(Level level, String line, Throwable cause);

    /**
     * To {@code System.getLogger("io.parquetflow")}.
     *
     * @return the default
     */
    static Diagnostics systemLogger() {
        return (level, line, cause) -> {
            System.Logger logger = System.getLogger(PublicName.DOTTED);
            logger.log(
                    switch (level) {
                        case DEBUG -> System.Logger.Level.DEBUG;
                        case INFO -> System.Logger.Level.INFO;
                        case WARN -> System.Logger.Level.WARNING;
                        case ERROR -> System.Logger.Level.ERROR;
                    },
                    line,
                    cause);
        };
    }
}
