package io.parquetflow.bench.crash;

import java.util.List;

/**
 * What the producers of one life were told, and what has to be there of it.
 *
 * @param generation which life of its directory
 * @param accepted of each producer
 * @param owed of each producer: so many, from the first on, must be there. Fewer than accepted only after a power cut
 * @param writer the sink's writer, empty when it was never open
 * @param clean whether the sink was closed, so that its drops are in the files, too
 * @param dropped of a sink that was closed
 */
record Promise(int generation, List<Long> accepted, List<Long> owed, String writer, boolean clean, long dropped) {
    static Promise of(int generation, Oracle oracle) {
        boolean clean = oracle.state() == Oracle.State.CLOSED;
        List<Long> accepted = oracle.accepted();
        return new Promise(generation, accepted, accepted, oracle.writer(), clean, clean ? oracle.dropped() : 0);
    }

    /** The same with less owed. */
    Promise owing(List<Long> less) {
        return new Promise(generation, accepted, less, writer, clean, dropped);
    }

    /** Killed between the answer and the count: one more of each producer may be there. */
    long most(int producer) {
        return accepted.get(producer) + (clean ? 0 : 1);
    }

    long total() {
        return accepted.stream().mapToLong(count -> count).sum();
    }
}
