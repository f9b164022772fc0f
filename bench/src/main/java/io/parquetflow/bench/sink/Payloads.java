package io.parquetflow.bench.sink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Market messages made beforehand: ids that grow, prices that walk, symbols of a list, flags, then text with a few
 * changing digits. Zstandard makes about a third of them, as it does of recorded feeds; equal messages would shrink to
 * nothing, and random ones not at all.
 *
 * <p>Thread-safe: immutable, as long as nobody writes into what {@link #at} answers.
 */
public final class Payloads {
    private static final String[] SYMBOLS = {
        "AAPL", "MSFT", "SPY", "QQQ", "NVDA", "TSLA", "AMZN", "ES1", "CL1", "EURUSD"
    };
    private static final long FIRST_NS = 34_200_000_000_000L;
    private static final int MEAN_GAP_NS = 20_000;
    private static final int TEXT_AT = 44;

    private final byte[][] all;

    /**
     * Makes them, the same ones each time.
     *
     * @param count a power of two
     * @param size bytes of each
     */
    public Payloads(int count, int size) {
        if (Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException("not a power of two: count=" + count);
        }
        all = new byte[count][];
        Random random = new Random(20_261_120);
        long timeNs = FIRST_NS;
        long price = 1_500_000;
        for (int i = 0; i < count; i++) {
            timeNs += 1 + random.nextInt(2 * MEAN_GAP_NS);
            price += random.nextInt(201) - 100;
            byte[] full = message(random, i, timeNs, price, Math.max(size, 2 * TEXT_AT));
            all[i] = Arrays.copyOf(full, size);
        }
    }

    private static byte[] message(Random random, int i, long timeNs, long price, int size) {
        ByteBuffer m = ByteBuffer.allocate(size).order(ByteOrder.BIG_ENDIAN);
        String symbol = SYMBOLS[random.nextInt(SYMBOLS.length)];
        m.put((byte) "ADEUX".charAt(random.nextInt(5))).put((byte) random.nextInt(4));
        m.putShort((short) symbol.hashCode()).putLong(timeNs).putLong(7_000_000L + i * 3L + random.nextInt(3));
        m.putInt((int) price).putInt(100 * (1 + random.nextInt(20))).putLong(random.nextLong());
        m.put(String.format("%-8s", symbol).getBytes(StandardCharsets.US_ASCII));
        while (m.hasRemaining()) {
            String field = "35=X|55=" + symbol + "|270=" + (price + random.nextInt(50)) + "|271=" + random.nextInt(5000)
                    + "|273=" + random.nextInt(1_000_000) + "|";
            byte[] text = field.getBytes(StandardCharsets.US_ASCII);
            m.put(text, 0, Math.min(text.length, m.remaining()));
        }
        return m.array();
    }

    /**
     * One of them.
     *
     * @param i any number that is not negative
     * @return the same array for the same number
     */
    public byte[] at(long i) {
        return all[(int) i & all.length - 1];
    }
}
