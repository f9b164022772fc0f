package io.parquetflow.bench.log;

import java.util.Arrays;
import java.util.Optional;

/** What is logged. Each event's message begins with {@link #TAG}, by which events are counted in text. */
enum EventKind {
    /** A message that is the same each time. */
    PLAIN("plain"),
    /** Three parameters, and two entries of the MDC. */
    PARAMS("params"),
    /** An exception with its stack trace. */
    EXCEPTION("exception"),
    /** 100 MB of real logs, once. */
    REAL("real");

    static final String TAG = "evt:";
    static final String PLAIN_MESSAGE = TAG + " order book snapshot written, nothing unusual was seen in it";
    static final String TEMPLATE = TAG + " order {} filled at {} by {}";
    static final String EXCEPTION_MESSAGE = TAG + " order rejected";

    private final String key;

    EventKind(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    static Optional<EventKind> named(String key) {
        return Arrays.stream(values()).filter(k -> k.key.equals(key)).findFirst();
    }
}
