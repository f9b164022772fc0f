package io.parquetflow.bench.crash;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ticks off every promised record once. Rows come in the order of writer and sequence.
 *
 * <p>Not thread-safe.
 */
final class Attendance {
    private static final int MOST_FINDINGS = 20;

    private final Map<Integer, Promise> promises = new HashMap<>();
    private final Map<Long, Roll> rolls = new HashMap<>();
    private final Payload payload;
    private final List<String> findings = new ArrayList<>();
    private long duplicated;
    private long corrupt;
    private long disordered;
    private long rows;
    private String lastWriter = "";
    private long lastSeq;

    /** One producer's counters of one life. */
    private static final class Roll {
        private final BitSet seen = new BitSet();
        private long last = -1;
    }

    Attendance(long seed, List<Promise> all) {
        payload = new Payload(seed);
        all.forEach(promise -> promises.put(promise.generation(), promise));
    }

    /** A row of a segment. */
    void row(String writer, long seq, byte[] bytes) {
        if (writer.equals(lastWriter) && seq == lastSeq) {
            duplicated++;
            find("sequence twice: writer=" + writer + ", seq=" + seq);
        }
        lastWriter = writer;
        lastSeq = seq;
        Roll roll = tick(bytes, "writer=" + writer + ", seq=" + seq);
        if (roll == null) {
            return;
        }
        long counter = Payload.counter(bytes);
        if (counter < roll.last) {
            disordered++;
            find("out of order: " + name(bytes) + " behind counter=" + roll.last + ", seq=" + seq);
        }
        roll.last = Math.max(roll.last, counter);
    }

    /** A row of rejects, which have no sequence of their own. */
    void reject(byte[] bytes) {
        tick(bytes, "reject");
    }

    private Roll tick(byte[] bytes, String where) {
        rows++;
        if (!payload.isIntact(bytes)) {
            corrupt++;
            find("corrupt: " + where + ", bytes=" + bytes.length);
            return null;
        }
        int producer = Payload.producer(bytes);
        long counter = Payload.counter(bytes);
        Promise promise = promises.get(Payload.generation(bytes));
        if (promise == null || counter >= promise.most(producer)) {
            corrupt++;
            find("never handed over: " + where + ", " + name(bytes));
            return null;
        }
        Roll roll = rolls.computeIfAbsent(key(promise.generation(), producer), k -> new Roll());
        if (roll.seen.get((int) counter)) {
            duplicated++;
            find("twice: " + where + ", " + name(bytes));
            return null;
        }
        roll.seen.set((int) counter);
        return roll;
    }

    private static long key(int generation, int producer) {
        return (long) generation * Oracle.MOST_PRODUCERS + producer;
    }

    private static String name(byte[] bytes) {
        return "generation=" + Payload.generation(bytes) + ", producer=" + Payload.producer(bytes) + ", counter="
                + Payload.counter(bytes);
    }

    private void find(String finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    long rows() {
        return rows;
    }

    Verdict verdict(List<String> unreadable, List<String> more) {
        long accepted = 0;
        long lost = 0;
        for (Promise promise : promises.values()) {
            accepted += promise.total();
            for (int p = 0; p < Oracle.MOST_PRODUCERS; p++) {
                lost += lost(promise, p);
            }
        }
        List<String> all = new ArrayList<>(findings);
        all.addAll(more);
        return new Verdict(accepted, rows, lost, duplicated, corrupt, disordered, List.copyOf(unreadable), all);
    }

    /** What is owed and not there, and, of what is not owed, what lies in front of something that is there. */
    private long lost(Promise promise, int producer) {
        BitSet seen = rolls.getOrDefault(key(promise.generation(), producer), new Roll()).seen;
        int end = (int) Math.max(promise.owed().get(producer), seen.length());
        int lost = end - seen.cardinality();
        if (lost > 0) {
            find("lost: generation=" + promise.generation() + ", producer=" + producer + ", records=" + lost
                    + ", first=" + seen.nextClearBit(0) + ", accepted="
                    + promise.accepted().get(producer) + ", owed="
                    + promise.owed().get(producer));
        }
        return lost;
    }
}
