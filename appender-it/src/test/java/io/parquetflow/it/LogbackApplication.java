package io.parquetflow.it;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What the integration tests run with Logback. It knows SLF4J and nothing else. */
final class LogbackApplication extends Scenarios {
    private static final Logger LOGGER = LoggerFactory.getLogger("com.acme.Orders");

    private LogbackApplication() {}

    public static void main(String[] args) throws Exception {
        new LogbackApplication().run(args);
    }

    @Override
    void info(String template, Object argument) {
        LOGGER.info(template, argument);
    }

    @Override
    void everyKind() {
        say("logs by " + jar(LoggerFactory.getILoggerFactory().getClass()));
        MDC.put("user", "bob");
        LOGGER.atInfo().addKeyValue("qty", 5).log("order {} filled", 42);
        LOGGER.error("failed", new IllegalStateException("outer", new IOException("inner")));
        MDC.clear();
    }

    @Override
    void other(String scenario) throws Exception {
        switch (scenario) {
            case "neighbours" -> neighbours();
            case "libraries" -> libraries();
            default -> super.other(scenario);
        }
    }

    /** An application with its own parquet-java and Disruptor: it gets those, and not the appender's. */
    private static void neighbours() throws ReflectiveOperationException {
        for (String name : new String[] {"org.apache.parquet.hadoop.ParquetWriter", "com.lmax.disruptor.RingBuffer"}) {
            LOGGER.info("{} of {}", name, jar(Class.forName(name)));
        }
        Class<?> version = Class.forName("org.apache.parquet.Version");
        LOGGER.info("{}", version.getField("VERSION_NUMBER").get(null));
    }

    private static void libraries() throws InterruptedException {
        LoggerFactory.getLogger("org.apache.parquet.Mine").trace("of the application's own parquet-java");
        LoggerFactory.getLogger("org.apache.parquet").trace("of its package");
        LoggerFactory.getLogger("io.parquetflow.mine").trace("of the application's own core");
        for (int i = 0; i < 30; i++) { // over rotations
            LOGGER.trace("step {}", i);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
