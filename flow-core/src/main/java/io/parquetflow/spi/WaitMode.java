package io.parquetflow.spi;

/**
 * What the writer thread does while the ring is empty. None of them makes a producer signal anything.
 */
public enum WaitMode {
    /** Sleep, up to a few milliseconds: less than 1 % of a core at rest. */
    SLEEP,
    /** Give the core to whoever wants it: most of a core at rest. */
    YIELD,
    /** Spin: one core, always. */
    SPIN
}
