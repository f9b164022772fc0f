package io.parquetflow;

import io.parquetflow.capture.Writer;
import io.parquetflow.ring.CaptureClock;
import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.DropCounters;
import io.parquetflow.ring.RingClaim;
import io.parquetflow.spi.DropCause;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * The calls that hand over payloads; a {@link LogSink} has them for its own stream, a {@link Stream} for a named one.
 *
 * <p><b>Returns at once, always:</b> {@code tryRecord}, {@code offer}, {@code tryClaim}. They take no lock, allocate
 * nothing, make no system call, and never throw for lack of room or after close: they answer that the payload was not
 * taken, and count why. A payload that is taken was copied; the caller's array or buffer is free again.
 *
 * <p><b>May wait</b>, because the caller asks for it: {@code record}.
 *
 * <p>Misuse throws: null, an offset or length outside of the array. A buffer's payload is what lies between its
 * position and its limit; both stay where they are.
 *
 * <p>Times are nanoseconds since the epoch. {@code tsNs} becomes the columns {@code ts} and {@code ts_ns}; given
 * {@link #OUR_CLOCK}, we read ours, otherwise no clock is read. {@code sourceNs} becomes {@code source_ts_ns}: the time
 * of a network card or an exchange; {@link #NO_SOURCE} leaves it null.
 *
 * <p>Thread-safe: any number of threads.
 */
public abstract sealed class Recorder permits LogSink, Stream {
    /** As {@code tsNs}: take our clock. */
    public static final long OUR_CLOCK = CaptureRing.NO_TIME;

    /** As {@code sourceNs}: there is none. */
    public static final long NO_SOURCE = CaptureRing.NO_TIME;

    /** Answer of {@code offer}: no room. */
    public static final long RING_FULL = -1;

    /** Answer of {@code offer}: what room there is is kept for more important records. */
    public static final long RESERVED = -2;

    /** Answer of {@code offer}: longer than {@code max-payload}. */
    public static final long OVERSIZE = -3;

    /** Answer of {@code offer}: the sink is closed. */
    public static final long CLOSED = -4;

    /** Answer of {@code offer}: the writer thread is gone for good. */
    public static final long WRITER_FAILED = -5;

    /** Answer of {@code offer}: called on the writer thread, by a library that logs or a listener. */
    public static final long REENTRANT = -6;

    /** Answer of {@code record}: no room came in time. */
    public static final long TIMED_OUT = -7;

    /** Spins before the first sleep of a caller that waits; room mostly comes within microseconds. */
    private static final int SPINS = 200;

    private static final long PARK_NS = 50_000;

    /** Many callers that look for room every 50 us leave the writer thread no processor to make it with. */
    private static final long MOST_PARK_NS = 1_000_000;

    private static final int MOST_KEPT_PERCENT = 99;

    private final CaptureRing ring;
    private final CaptureClock clock;
    private final Thread writerThread;
    private final int maxPayload;
    private final int stream;
    private final DropCounters drops;
    private final ThreadLocal<Claim> claims;

    Recorder(Writer writer, int stream, ThreadLocal<Claim> claims) {
        this.ring = writer.ring();
        this.clock = writer.clock();
        this.writerThread = writer.thread();
        this.maxPayload = ring.maxPayload();
        this.stream = stream;
        this.drops = writer.streams().stream(stream).drops();
        this.claims = claims;
    }

    /**
     * Whether the caller is the sink's own writer thread, from which nothing is taken.
     *
     * @return true on that thread
     */
    public final boolean isWriterThread() {
        return Thread.currentThread() == writerThread;
    }

    /** Of one record. */
    final int maxPayloadBytes() {
        return maxPayload;
    }

    /**
     * Hands over a payload.
     *
     * @param payload the bytes
     * @return true when taken, false when refused and counted
     */
    public final boolean tryRecord(byte[] payload) {
        return offer(payload, 0, payload.length, OUR_CLOCK, NO_SOURCE) >= 0;
    }

    /**
     * Hands over part of an array.
     *
     * @param payload the array
     * @param offset of the first byte
     * @param length bytes
     * @return true when taken, false when refused and counted
     * @throws IndexOutOfBoundsException when the part is not inside the array
     */
    public final boolean tryRecord(byte[] payload, int offset, int length) {
        return offer(payload, offset, length, OUR_CLOCK, NO_SOURCE) >= 0;
    }

    /**
     * Hands over part of an array, with times.
     *
     * @param payload the array
     * @param offset of the first byte
     * @param length bytes
     * @param tsNs the record's time, or {@link #OUR_CLOCK}
     * @param sourceNs the source's time, or {@link #NO_SOURCE}
     * @return true when taken, false when refused and counted
     * @throws IndexOutOfBoundsException when the part is not inside the array
     */
    public final boolean tryRecord(byte[] payload, int offset, int length, long tsNs, long sourceNs) {
        return offer(payload, offset, length, tsNs, sourceNs) >= 0;
    }

    /**
     * Hands over what remains in a buffer. Position and limit stay where they are.
     *
     * @param payload heap or direct, read-only too
     * @return true when taken, false when refused and counted
     */
    public final boolean tryRecord(ByteBuffer payload) {
        return offer(payload, OUR_CLOCK, NO_SOURCE) >= 0;
    }

    /**
     * Hands over what remains in a buffer, with times. Position and limit stay where they are.
     *
     * @param payload heap or direct, read-only too
     * @param tsNs the record's time, or {@link #OUR_CLOCK}
     * @param sourceNs the source's time, or {@link #NO_SOURCE}
     * @return true when taken, false when refused and counted
     */
    public final boolean tryRecord(ByteBuffer payload, long tsNs, long sourceNs) {
        return offer(payload, tsNs, sourceNs) >= 0;
    }

    /**
     * As {@link #tryRecord(byte[])}, answering where the record is.
     *
     * @param payload the bytes
     * @return the record's sequence (the ring's, growing, with gaps), to be compared with
     *     {@link LogSink#writtenSequence}; or why it was refused, negative
     */
    public final long offer(byte[] payload) {
        return offer(payload, 0, payload.length, OUR_CLOCK, NO_SOURCE);
    }

    /**
     * As {@link #tryRecord(byte[], int, int, long, long)}, answering where the record is.
     *
     * @param payload the array
     * @param offset of the first byte
     * @param length bytes
     * @param tsNs the record's time, or {@link #OUR_CLOCK}
     * @param sourceNs the source's time, or {@link #NO_SOURCE}
     * @return the record's sequence, or why it was refused, negative
     * @throws IndexOutOfBoundsException when the part is not inside the array
     */
    public final long offer(byte[] payload, int offset, int length, long tsNs, long sourceNs) {
        Objects.checkFromIndexSize(offset, length, payload.length);
        long barred = barred(length);
        if (barred < 0) {
            return barred;
        }
        long time = tsNs;
        if (tsNs == OUR_CLOCK) {
            if (!ring.hasRoom(length, sourceNs != NO_SOURCE)) {
                return noRoom(); // a refusal is cheaper than the clock
            }
            time = clock.nowNs();
        }
        long position = ring.offer(stream, drops, time, sourceNs, payload, offset, length);
        return position >= 0 ? position : noRoom();
    }

    /**
     * As {@link #offer(byte[], int, int, long, long)}, for what matters less than other records: it is refused as {@link
     * #RESERVED} already when the ring is nearly full, so that there is room for the others.
     *
     * @param payload the array
     * @param offset of the first byte
     * @param length bytes
     * @param tsNs the record's time, or {@link #OUR_CLOCK}
     * @param sourceNs the source's time, or {@link #NO_SOURCE}
     * @param keptPercent of the ring that stays free for others, 0 to 99
     * @return the record's sequence, or why it was refused, negative
     * @throws IndexOutOfBoundsException when the part is not inside the array
     * @throws IllegalArgumentException when the percentage is none
     */
    public final long offer(byte[] payload, int offset, int length, long tsNs, long sourceNs, int keptPercent) {
        if (keptPercent < 0 || keptPercent > MOST_KEPT_PERCENT) {
            throw new IllegalArgumentException("not 0 to " + MOST_KEPT_PERCENT + ": keptPercent=" + keptPercent);
        }
        if (keptPercent > 0 && ring.gate() == CaptureRing.OPEN && length <= maxPayload) {
            boolean source = sourceNs != NO_SOURCE;
            if (!ring.hasRoomBeside(length, source, keptPercent) && ring.hasRoom(length, source)) {
                return refused(DropCause.RESERVED);
            }
        }
        return offer(payload, offset, length, tsNs, sourceNs);
    }

    /**
     * As {@link #tryRecord(ByteBuffer)}, answering where the record is.
     *
     * @param payload heap or direct, read-only too
     * @return the record's sequence, or why it was refused, negative
     */
    public final long offer(ByteBuffer payload) {
        return offer(payload, OUR_CLOCK, NO_SOURCE);
    }

    /**
     * As {@link #tryRecord(ByteBuffer, long, long)}, answering where the record is.
     *
     * @param payload heap or direct, read-only too
     * @param tsNs the record's time, or {@link #OUR_CLOCK}
     * @param sourceNs the source's time, or {@link #NO_SOURCE}
     * @return the record's sequence, or why it was refused, negative
     */
    public final long offer(ByteBuffer payload, long tsNs, long sourceNs) {
        int length = payload.remaining();
        long barred = barred(length);
        if (barred < 0) {
            return barred;
        }
        long time = tsNs;
        if (tsNs == OUR_CLOCK) {
            if (!ring.hasRoom(length, sourceNs != NO_SOURCE)) {
                return noRoom(); // a refusal is cheaper than the clock
            }
            time = clock.nowNs();
        }
        long position = ring.offer(stream, drops, time, sourceNs, payload, payload.position(), length);
        return position >= 0 ? position : noRoom();
    }

    /**
     * Hands over a payload, and waits for room if there is none.
     *
     * @param payload the bytes
     * @param maxWait how long at most; an interrupt ends the wait
     * @return true when taken; false when refused, or no room came in time, which is counted as {@code timedOut}
     */
    public final boolean record(byte[] payload, Duration maxWait) {
        return record(payload, 0, payload.length, OUR_CLOCK, NO_SOURCE, maxWait);
    }

    /**
     * Hands over part of an array, and waits for room if there is none.
     *
     * @param payload the array
     * @param offset of the first byte
     * @param length bytes
     * @param tsNs the record's time, or {@link #OUR_CLOCK}
     * @param sourceNs the source's time, or {@link #NO_SOURCE}
     * @param maxWait how long at most; an interrupt ends the wait
     * @return true when taken; false when refused, or no room came in time, which is counted as {@code timedOut}
     * @throws IndexOutOfBoundsException when the part is not inside the array
     */
    public final boolean record(byte[] payload, int offset, int length, long tsNs, long sourceNs, Duration maxWait) {
        Objects.checkFromIndexSize(offset, length, payload.length);
        long waitNs = Durations.toNanos(maxWait);
        if (barred(length) < 0) {
            return false;
        }
        long time = tsNs == OUR_CLOCK ? clock.nowNs() : tsNs;
        Wait wait = null;
        while (ring.offer(stream, drops, time, sourceNs, payload, offset, length) < 0) {
            wait = wait == null ? new Wait(waitNs) : wait;
            if (!wait.forRoom()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Hands over what remains in a buffer, and waits for room if there is none. Position and limit stay where they are.
     *
     * @param payload heap or direct, read-only too
     * @param tsNs the record's time, or {@link #OUR_CLOCK}
     * @param sourceNs the source's time, or {@link #NO_SOURCE}
     * @param maxWait how long at most; an interrupt ends the wait
     * @return true when taken; false when refused, or no room came in time, which is counted as {@code timedOut}
     */
    public final boolean record(ByteBuffer payload, long tsNs, long sourceNs, Duration maxWait) {
        int length = payload.remaining();
        long waitNs = Durations.toNanos(maxWait);
        if (barred(length) < 0) {
            return false;
        }
        long time = tsNs == OUR_CLOCK ? clock.nowNs() : tsNs;
        Wait wait = null;
        while (ring.offer(stream, drops, time, sourceNs, payload, payload.position(), length) < 0) {
            wait = wait == null ? new Wait(waitNs) : wait;
            if (!wait.forRoom()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Claims room in the ring, to be written in place: no copy. One claim a thread: opening the next aborts the one that
     * is open. Commit soon: while a claim is open, records behind it wait, and the ring may fill.
     *
     * <pre>{@code
     * try (Claim claim = sink.tryClaim(64)) {
     *     if (claim != null) {
     *         claim.putLong(0, orderId).putInt(8, quantity).commit(12);
     *     }
     * }
     * }</pre>
     *
     * @param length bytes at most
     * @return the claim, or null when refused and counted
     * @throws IllegalArgumentException when the length is negative
     */
    public final Claim tryClaim(int length) {
        return tryClaim(length, OUR_CLOCK, NO_SOURCE);
    }

    /**
     * As {@link #tryClaim(int)}, with times.
     *
     * @param length bytes at most
     * @param tsNs the record's time, or {@link #OUR_CLOCK}
     * @param sourceNs the source's time, or {@link #NO_SOURCE}
     * @return the claim, or null when refused and counted
     * @throws IllegalArgumentException when the length is negative
     */
    public final Claim tryClaim(int length, long tsNs, long sourceNs) {
        if (length < 0) {
            throw new IllegalArgumentException("negative length: length=" + length);
        }
        if (barred(length) < 0) {
            return null;
        }
        Claim claim = claims.get();
        if (claim == null) {
            claim = new Claim(RingClaim.forThisThread(ring));
            claims.set(claim);
        }
        long time = tsNs == OUR_CLOCK ? clock.nowNs() : tsNs;
        if (!claim.open(stream, drops, time, sourceNs, length)) {
            noRoom();
            return null;
        }
        return claim;
    }

    /** Everything that refuses a payload before there is any question of room. */
    private long barred(int length) {
        int gate = ring.gate();
        if (gate != CaptureRing.OPEN) {
            return refused(gate == CaptureRing.CLOSED ? DropCause.CLOSED : DropCause.WRITER_FAILED);
        }
        if (length > maxPayload) {
            return refused(DropCause.OVERSIZE);
        }
        if (Thread.currentThread() == writerThread) {
            return refused(DropCause.REENTRANT);
        }
        return 0;
    }

    private long noRoom() {
        int gate = ring.gate();
        if (gate == CaptureRing.OPEN) {
            return refused(DropCause.RING_FULL);
        }
        // closing takes all the room there is
        return refused(gate == CaptureRing.CLOSED ? DropCause.CLOSED : DropCause.WRITER_FAILED);
    }

    private long refused(DropCause cause) {
        drops.count(cause.slot(), cause != DropCause.CLOSED);
        return cause.code();
    }

    /** A caller's patience: spins, then short sleeps, up to a deadline. */
    private final class Wait {
        private final long deadline;
        private long parkNs = PARK_NS;
        private int rounds;

        Wait(long waitNs) {
            this.deadline = System.nanoTime() + waitNs;
        }

        /** False when it is over, and counted. */
        boolean forRoom() {
            if (ring.gate() != CaptureRing.OPEN) {
                noRoom();
                return false;
            }
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                refused(DropCause.TIMED_OUT);
                return false;
            }
            if (rounds < SPINS) {
                rounds++;
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(Math.max(1, Math.min(parkNs, deadline - System.nanoTime())));
                parkNs = Math.min(2 * parkNs, MOST_PARK_NS);
            }
            return true;
        }
    }
}
