package io.parquetflow.bench.writer;

import java.util.Locale;
import java.util.Random;

/**
 * Lines as a trading service logs them: few templates, few names, times that grow, numbers that differ.
 *
 * <p>Not thread-safe.
 */
final class LogLines {
    private static final String[] LEVELS = {"INFO ", "INFO ", "INFO ", "DEBUG", "WARN "};
    private static final String[] LOGGERS = {
        "c.e.orders.OrderGateway", "c.e.orders.RiskCheck", "c.e.feed.BookBuilder", "c.e.session.FixSession"
    };
    private static final String[] EVENTS = {
        "order accepted", "order rejected by venue", "execution report", "book rebuilt", "heartbeat", "quote updated"
    };
    private static final String[] SYMBOLS = {"AAPL", "MSFT", "SPY", "QQQ", "NVDA", "TSLA", "AMZN", "ESZ6", "EURUSD"};
    private static final String[] KEYS = {"latency_us", "session", "seq", "client", "account", "book_depth"};
    private static final int NUMBERS = 1_000_000;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final Random random;
    private final StringBuilder line = new StringBuilder();
    private long timeNs = 36_000 * NS_PER_SECOND;

    LogLines(Random random) {
        this.random = random;
    }

    static long mostBytes(int rowSize) {
        return rowSize + (long) rowSize / 2;
    }

    /** A line of half to one and a half times {@code rowSize} ASCII characters. */
    String next(int rowSize) {
        int length = Math.max(1, rowSize / 2 + random.nextInt(rowSize + 1));
        timeNs += random.nextInt(2_000_000);
        line.setLength(0);
        line.append("2026-11-20T").append(clock()).append(' ').append(pick(LEVELS));
        line.append(" [exec-").append(random.nextInt(8)).append("] ").append(pick(LOGGERS));
        line.append(" - ").append(pick(EVENTS)).append(" id=").append(70_000_000 + random.nextInt(NUMBERS));
        line.append(" symbol=").append(pick(SYMBOLS)).append(" side=").append(random.nextBoolean() ? 'B' : 'S');
        line.append(" price=").append(150 + random.nextInt(20)).append('.').append(random.nextInt(10_000));
        line.append(" qty=").append(100 * (1 + random.nextInt(20)));
        while (line.length() < length) {
            line.append(' ').append(pick(KEYS)).append('=').append(random.nextInt(NUMBERS));
        }
        line.setLength(Math.min(length, (int) mostBytes(rowSize)));
        return line.toString();
    }

    private String clock() {
        long seconds = timeNs / NS_PER_SECOND;
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%06dZ",
                seconds / 3600 % 24,
                seconds / 60 % 60,
                seconds % 60,
                timeNs % NS_PER_SECOND / 1000);
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
