package io.parquetflow.agent.tap;

/** How a payload lies in what a woven method handed over. */
public enum Reading {
    /** Bytes of an array, a buffer or buffers, between two places. */
    BYTES,
    /** All of a text, a buffer, an array, a library's buffer. */
    WHOLE,
    /** All of a text, a byte a character, as FIX goes over the wire. */
    LATIN,
    /** From an index on, so many bytes. */
    PART,
    /** Frames of a log buffer, between two positions of a stream. */
    FRAMES,
    /** All arguments of a method. */
    ARGUMENTS
}
