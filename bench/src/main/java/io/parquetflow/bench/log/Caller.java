package io.parquetflow.bench.log;

import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.ThreadContext;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What an application does: calls its framework's logger.
 *
 * <p>Not thread-safe: one for each thread that logs.
 */
interface Caller {
    String LOGGER = "com.acme.trading.OrderGateway";

    /** Logs event {@code i}. */
    void log(long i);

    static Caller of(Contender contender, EventKind kind) {
        return contender.framework().name().startsWith("LOGBACK") ? slf4j(kind) : log4j(kind);
    }

    private static Caller slf4j(EventKind kind) {
        org.slf4j.Logger logger = LoggerFactory.getLogger(LOGGER);
        switch (kind) {
            case PLAIN -> {
                return i -> logger.info(EventKind.PLAIN_MESSAGE);
            }
            case PARAMS -> {
                MDC.setContextMap(Map.of("orderId", "A-1234567", "session", "gateway-7"));
                return i -> logger.info(EventKind.TEMPLATE, i, price(i), user(i));
            }
            case EXCEPTION -> {
                Exception thrown = thrown();
                return i -> logger.error(EventKind.EXCEPTION_MESSAGE, thrown);
            }
            case REAL -> {}
        }
        return RealLines.slf4j();
    }

    private static Caller log4j(EventKind kind) {
        org.apache.logging.log4j.Logger logger = LogManager.getLogger(LOGGER);
        switch (kind) {
            case PLAIN -> {
                return i -> logger.info(EventKind.PLAIN_MESSAGE);
            }
            case PARAMS -> {
                ThreadContext.putAll(Map.of("orderId", "A-1234567", "session", "gateway-7"));
                return i -> logger.info(EventKind.TEMPLATE, i, price(i), user(i));
            }
            case EXCEPTION -> {
                Exception thrown = thrown();
                return i -> logger.error(EventKind.EXCEPTION_MESSAGE, thrown);
            }
            case REAL -> {}
        }
        return RealLines.log4j();
    }

    private static int price(long i) {
        return 10_000 + (int) (i & 0x3ff);
    }

    private static String user(long i) {
        return (i & 1) == 0 ? "trader-a" : "trader-b";
    }

    private static Exception thrown() {
        return new IllegalStateException("limit exceeded", new java.io.IOException("connection reset by peer"));
    }
}
