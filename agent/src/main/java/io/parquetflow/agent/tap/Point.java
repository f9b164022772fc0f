package io.parquetflow.agent.tap;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A place where something comes by: a tap's, in one direction, or a pointcut's. Its number stands in woven classes.
 *
 * <p>Thread-safe.
 */
public final class Point {
    /** A place that fails so often is left alone from then on. */
    private static final int MOST_FAILURES = 100;

    private final int id;
    private final int index;
    private final String stream;
    private final Direction direction;
    private final Reading reading;
    private final Parts part; // null: all of the argument
    private final LongAdder records = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final AtomicLong sampled = new AtomicLong();
    private final AtomicInteger failures = new AtomicInteger();
    private final Set<String> woven = ConcurrentHashMap.newKeySet();
    private volatile Arguments arguments; // null: not a typed pointcut's, or nothing woven yet
    private volatile TypedRows typed;
    private volatile boolean broken;
    private volatile Throwable problem;

    Point(int id, int index, String stream, Direction direction, Reading reading, String part) {
        this.id = id;
        this.index = index;
        this.stream = stream;
        this.direction = direction;
        this.reading = reading;
        this.part = part == null ? null : new Parts(part);
    }

    /**
     * The number in woven classes.
     *
     * @return of no other place in this JVM
     */
    public int id() {
        return id;
    }

    /**
     * Among the places of its capture.
     *
     * @return from 0
     */
    public int index() {
        return index;
    }

    /**
     * Column {@code stream}.
     *
     * @return the tap's name, or the pointcut's
     */
    public String stream() {
        return stream;
    }

    /**
     * Column {@code direction}.
     *
     * @return received or sent
     */
    public Direction direction() {
        return direction;
    }

    Reading reading() {
        return reading;
    }

    /** What of the argument holds the payload, or null. */
    Parts part() {
        return part;
    }

    /**
     * Records taken.
     *
     * @return so far
     */
    public long records() {
        return records.sum();
    }

    /**
     * What came by and found no room, or no sink.
     *
     * @return so far
     */
    public long dropped() {
        return dropped.sum();
    }

    /**
     * Calls that failed.
     *
     * @return so far
     */
    public int failures() {
        return failures.get();
    }

    /**
     * What was thrown last.
     *
     * @return or null
     */
    public Throwable problem() {
        return problem;
    }

    /**
     * Whether it failed too often, and is left alone.
     *
     * @return true when nothing is taken any more
     */
    public boolean isBroken() {
        return broken;
    }

    /**
     * Methods that call it.
     *
     * @return so far
     */
    public int woven() {
        return woven.size();
    }

    /**
     * One method more; the same one comes again whenever another agent has its class transformed anew.
     *
     * @param method its class, the class's loader, its name and signature
     */
    public void wove(String method) {
        woven.add(method);
    }

    /**
     * A class could not be woven after all.
     *
     * @param place what its methods begin with, as {@link #wove} was told
     */
    public void unwove(String place) {
        woven.removeIf(method -> method.startsWith(place));
    }

    Arguments arguments() {
        return arguments;
    }

    /** Null while there is no sink. */
    TypedRows typed() {
        return typed;
    }

    void typed(Arguments newArguments, TypedRows rows) {
        arguments = newArguments;
        typed = rows;
    }

    void took() {
        records.increment();
    }

    void dropped(int count) {
        dropped.add(count);
    }

    /** Every n-th is taken. */
    boolean isTurn(int of) {
        return of == 1 || sampled.getAndIncrement() % of == 0;
    }

    void failed(Throwable why) {
        problem = why;
        if (failures.incrementAndGet() >= MOST_FAILURES) {
            broken = true;
        }
    }
}
