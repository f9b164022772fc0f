package io.parquetflow.spi;

/** What survives what. */
public enum Durability {
    /** Sealed segments survive the process; what is in the ring and the open segment does not. */
    OFF,
    /** Meant to survive the death of the process. In this release: the same as {@link #OFF}. */
    PROCESS,
    /** Sealed segments are forced to the device, and so are their names, before they count as sealed. */
    POWER
}
