package io.parquetflow.cli.demo;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * The demo's market message, in the manner of an exchange's binary feed.
 *
 * <pre>
 *  0      1          9            17           25        33        37
 *  +------+----------+------------+------------+---------+---------+--------+
 *  | type | sequence | sent ns    | order id   | symbol  | shares  | price  |
 *  +------+----------+------------+------------+---------+---------+--------+
 *    A, E, X or T; the end of the feed is Z        8 bytes           1/10,000 dollars, 8 bytes
 * </pre>
 *
 * Big endian. Not thread-safe.
 */
final class MarketMessage {
    static final int BYTES = 45;
    static final int SENT_NS = 9;
    static final byte END = 'Z';

    private static final String[] SYMBOLS = {"AAPL    ", "MSFT    ", "NVDA    ", "AMZN    ", "TSLA    ", "SPY     "};

    private final Random random = new Random(7);
    private long orderId = 1_000_000;

    /** Writes the next message; mostly new orders and cancels, as on a real book. */
    void next(ByteBuffer to, long sequence, long sentNs) {
        int dice = random.nextInt(100);
        char type = dice < 45 ? 'A' : dice < 85 ? 'X' : dice < 97 ? 'E' : 'T';
        to.put((byte) type).putLong(sequence).putLong(sentNs);
        to.putLong(type == 'A' ? ++orderId : orderId - random.nextInt(1_000));
        String symbol = SYMBOLS[random.nextInt(SYMBOLS.length)];
        for (int i = 0; i < symbol.length(); i++) {
            to.put((byte) symbol.charAt(i));
        }
        to.putInt(100 * (1 + random.nextInt(20))).putLong(1_000_000 + random.nextInt(2_000_000));
    }

    static void end(ByteBuffer to, long sequence, long sentNs) {
        to.put(END)
                .putLong(sequence)
                .putLong(sentNs)
                .putLong(0)
                .putLong(0)
                .putInt(0)
                .putLong(0);
    }
}
