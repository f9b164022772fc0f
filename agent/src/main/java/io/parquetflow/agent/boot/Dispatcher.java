package io.parquetflow.agent.boot;

import java.nio.ByteBuffer;

/**
 * What woven classes call. It is defined into the JDK's base module under another name (see {@code BootClasses}), so that
 * the JDK's own classes reach it, and stays there, inert, when the agent has been detached: a class cannot be undefined.
 *
 * <p>Nothing leaves a call: whatever goes wrong is the agent's trouble, and is counted there.
 *
 * <p>Thread-safe.
 */
public abstract class Dispatcher {
    private static volatile Dispatcher target; // null: inert

    /** For the agent. */
    protected Dispatcher() {}

    /**
     * Sends calls somewhere else.
     *
     * @param to takes calls from now on, or null for none
     */
    public static void target(Dispatcher to) {
        target = to;
    }

    /**
     * Something came by.
     *
     * @param point which of the agent's places
     * @param self the object whose method was called, or null
     * @param payload the array, buffer or object that holds it
     * @param from where in it, by the kind of the place
     * @param to where it ends
     * @param more what else the place knows: an address, positions
     */
    public static void seen(int point, Object self, Object payload, long from, long to, Object more) {
        Dispatcher now = target;
        if (now != null) {
            try {
                now.take(point, self, payload, from, to, more);
            } catch (Throwable problem) {
                tell(now, point, problem);
            }
        }
    }

    /**
     * A position in a log is about to move on.
     *
     * @param to where it moves
     * @param from where it is
     * @param self whose position it is
     * @param buffers the log's
     * @param point which of the agent's places
     */
    public static void moves(long to, long from, Object self, Object buffers, int point) {
        if (to > from) {
            seen(point, self, buffers, from, to, null);
        }
    }

    private static void tell(Dispatcher now, int point, Throwable problem) {
        try {
            now.failed(point, problem);
        } catch (Throwable another) {
            target = null; // it cannot even count: better inert than in the way
        }
    }

    /**
     * Where buffers stand before a call moves them.
     *
     * @param buffers of a scattering read or a gathering write
     * @param offset of the first
     * @param length how many
     * @return the positions, or null when the call is going to fail anyway
     */
    public static int[] positions(ByteBuffer[] buffers, int offset, int length) {
        if (target == null || buffers == null || offset < 0 || length < 0 || length > buffers.length - offset) {
            return null;
        }
        int[] positions = new int[length];
        for (int i = 0; i < length; i++) {
            ByteBuffer buffer = buffers[offset + i];
            if (buffer == null) {
                return null;
            }
            positions[i] = buffer.position();
        }
        return positions;
    }

    /**
     * Takes what came by.
     *
     * @param point which of the agent's places
     * @param self the object whose method was called, or null
     * @param payload the array, buffer or object that holds it
     * @param from where in it
     * @param to where it ends
     * @param more what else the place knows
     */
    protected abstract void take(int point, Object self, Object payload, long from, long to, Object more);

    /**
     * Counts what went wrong.
     *
     * @param point where
     * @param problem what was thrown
     */
    protected abstract void failed(int point, Throwable problem);
}
