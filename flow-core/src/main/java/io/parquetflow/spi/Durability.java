package io.parquetflow.spi;

/** What survives what. */
public enum Durability {
    /** Sealed segments survive the process; what is in the ring and the open segment does not. */
    OFF,
    /**
     * The process may die at any instruction: no accepted record is lost or doubled. The ring lies in shared memory, and
     * what is not yet in a sealed segment in a journal.
     */
    PROCESS,
    /**
     * As {@link #PROCESS}; and a power cut loses at most {@code sync-interval} plus what the ring held. The journal is
     * forced to the device, and so are segments and their names before they count as sealed.
     */
    POWER
}
