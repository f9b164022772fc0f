package io.parquetflow.agent.tap;

/**
 * The other end of an endpoint, with what rows about it start with.
 *
 * <p>Thread-safe: a start that another thread replaces is made again.
 */
final class Peer {
    final Object address; // null: not known
    final byte[] text;
    final boolean isFiltered;
    private volatile RowStart in;
    private volatile RowStart out;

    Peer(Object address, byte[] text, boolean isFiltered) {
        this.address = address;
        this.text = text;
        this.isFiltered = isFiltered;
    }

    RowStart start(Endpoint of, Direction direction) {
        Thread thread = Thread.currentThread();
        RowStart known = direction == Direction.IN ? in : out;
        if (known == null || !known.isOf(thread)) {
            known = new RowStart(thread, direction.word(), of.local(), text, of.id(), 1);
            if (direction == Direction.IN) {
                in = known;
            } else {
                out = known;
            }
        }
        return known;
    }
}
