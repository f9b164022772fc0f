package io.parquetflow.bench.stress;

/**
 * A ring that is being closed, what its producers were told, and what its writer thread found: the part that the tests
 * of close share.
 */
final class ClosingRing {
    private static final int FIRST = 8;
    private static final int SECOND = 9;

    private final SmallRing small = new SmallRing();
    private final int before;
    private boolean firstTaken;
    private boolean secondTaken;
    private String found = "";

    /**
     * Fills it.
     *
     * @param left how many records there is room for
     */
    ClosingRing(int left) {
        small.fillBut(left);
        before = SmallRing.BLOCKS / SmallRing.BLOCKS_PER_RECORD - left;
    }

    void offerFirst() {
        firstTaken = small.offer(FIRST) >= 0;
    }

    void offerSecond() {
        secondTaken = small.offer(SECOND) >= 0;
    }

    /** As the writer thread does: nothing is given back any more, and what was claimed in front of the end will come. */
    void sealAndDrain() {
        long end = small.ring.seal();
        StringBuilder ids = new StringBuilder();
        while (small.reader.nextPosition() < end) {
            if (small.reader.next()) {
                ids.append(small.current());
            } else {
                Thread.onSpinWait();
            }
        }
        found = ids.toString();
    }

    /** What became of the records that competed with the close; those of the beginning have to be there. */
    String verdict() {
        String late = found.length() < before ? "?" : found.substring(before);
        boolean whole = found.startsWith("1234567".substring(0, before));
        boolean asTold = late.length() == (firstTaken ? 1 : 0) + (secondTaken ? 1 : 0)
                && late.contains(Integer.toString(FIRST)) == firstTaken
                && late.contains(Integer.toString(SECOND)) == secondTaken;
        if (!whole || !asTold || small.offer(FIRST) >= 0) {
            return "told " + firstTaken + " " + secondTaken + ", found " + found;
        }
        if (firstTaken && secondTaken) {
            return "both taken and read";
        }
        return firstTaken ? "taken and read" : secondTaken ? "second taken and read" : "refused";
    }
}
