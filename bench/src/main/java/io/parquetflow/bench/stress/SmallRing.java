package io.parquetflow.bench.stress;

import io.parquetflow.ring.CaptureRing;
import io.parquetflow.ring.DropCounters;
import io.parquetflow.ring.RingClaim;
import io.parquetflow.ring.RingReader;

/**
 * A ring of sixteen blocks with its reader, and records that can be told apart and checked byte by byte. jcstress makes
 * hundreds of thousands of them, so it is as small as a ring can be that holds a few records of two blocks.
 *
 * <p>As thread-safe as what it is made of: {@link #offer} on any thread, what reads on one.
 */
final class SmallRing {
    static final int BLOCKS = 16;
    static final int BLOCK_BYTES = 64;
    /** With the header of 32 bytes two blocks, so that a marker guards more than its own cache line. */
    static final int PAYLOAD_BYTES = 80;

    static final int BLOCKS_PER_RECORD = 2;

    /** None of these tests refuses for a reason that is counted; one row for all saves memory for each. */
    private static final DropCounters DROPS =
            new CaptureRing(BLOCKS * BLOCK_BYTES, BLOCK_BYTES, PAYLOAD_BYTES).newCounters(0, "s");

    private static final int STREAM = 5;
    private static final byte[][] PAYLOADS = payloads();

    final CaptureRing ring = new CaptureRing(BLOCKS * BLOCK_BYTES, BLOCK_BYTES, PAYLOAD_BYTES);
    final RingReader reader = new RingReader(ring);

    private static byte[][] payloads() {
        byte[][] all = new byte[Byte.MAX_VALUE][PAYLOAD_BYTES];
        for (int id = 0; id < all.length; id++) {
            for (int i = 0; i < PAYLOAD_BYTES; i++) {
                all[id][i] = byteAt(id, i);
            }
        }
        return all;
    }

    /** Never 0, which is what memory holds that nobody has written. */
    private static byte byteAt(int id, int index) {
        return (byte) (1 + (id * 31 + index) % 255);
    }

    /**
     * Puts record {@code id} in.
     *
     * @param id 1 to 9: {@link #read} answers with one digit
     * @return its position, or {@link CaptureRing#NO_ROOM}
     */
    long offer(int id) {
        return ring.offer(STREAM, DROPS, id, CaptureRing.NO_TIME, PAYLOADS[id], 0, PAYLOAD_BYTES);
    }

    /** Opens the calling thread's claim for record {@code id} and fills it. */
    void open(RingClaim claim, int id) {
        claim.open(STREAM, DROPS, id, CaptureRing.NO_TIME, PAYLOAD_BYTES);
        claim.memory().put(claim.payloadAt(), PAYLOADS[id], 0, PAYLOAD_BYTES);
    }

    /** Fills the ring with records {@code 1, 2, ...} until there is room for {@code left} more of them. */
    void fillBut(int left) {
        for (int id = 1; id <= BLOCKS / BLOCKS_PER_RECORD - left; id++) {
            offer(id);
        }
    }

    /**
     * Reads what is committed, without waiting and without giving anything back.
     *
     * @return a digit for each record, in ring order; {@code ?} for one that is not what was put in
     */
    String read() {
        StringBuilder ids = new StringBuilder();
        while (reader.next()) {
            ids.append(current());
        }
        return ids.toString();
    }

    /**
     * Checks the record that the reader stands on.
     *
     * @return its digit, or {@code ?} when any byte of it is not what was put in
     */
    char current() {
        long id = reader.tsNs();
        boolean whole = id > 0
                && id < 10
                && reader.stream() == STREAM
                && !reader.hasSource()
                && reader.dropsBefore() == 0
                && reader.length() <= PAYLOAD_BYTES;
        for (int i = 0; whole && i < reader.length(); i++) {
            whole = reader.slab().get(reader.payloadAt() + i) == byteAt((int) id, i);
        }
        return whole ? (char) ('0' + id) : '?';
    }
}
