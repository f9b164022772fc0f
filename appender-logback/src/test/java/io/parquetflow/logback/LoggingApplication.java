package io.parquetflow.logback;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What the integration tests run, by name. It knows SLF4J and nothing else. */
final class LoggingApplication {
    private static final Logger LOGGER = LoggerFactory.getLogger("com.acme.Orders");

    private LoggingApplication() {}

    public static void main(String[] args) throws Exception {
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        switch (args[0]) {
            case "events" -> events(count);
            case "fields" -> fields();
            case "neighbours" -> neighbours();
            case "libraries" -> libraries();
            case "exit" -> {
                events(count);
                System.exit(0);
            }
            case "halt" -> {
                events(count);
                Runtime.getRuntime().halt(3);
            }
            case "wait" -> {
                events(count);
                say("ready");
                TimeUnit.SECONDS.sleep(60);
            }
            case "hook" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(LoggingApplication::logForASecond));
                events(count);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void events(int count) {
        for (int i = 0; i < count; i++) {
            LOGGER.info("event {}", i);
        }
        say("logged " + count);
    }

    private static String jar(Class<?> type) {
        String from = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return from.substring(from.lastIndexOf('/') + 1);
    }

    private static void fields() {
        say("logs by " + jar(LoggerFactory.getILoggerFactory().getClass()));
        MDC.put("user", "bob");
        LOGGER.atInfo().addKeyValue("qty", 5).log("order {} filled", 42);
        LOGGER.error("failed", new IllegalStateException("outer", new java.io.IOException("inner")));
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

    private static void logForASecond() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        int logged = 0;
        while (System.nanoTime() - end < 0) {
            LOGGER.info("goodbye {}", logged++);
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
        }
        say("goodbyes " + logged);
    }
}
