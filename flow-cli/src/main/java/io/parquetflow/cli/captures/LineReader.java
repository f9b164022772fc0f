package io.parquetflow.cli.captures;

/**
 * The lines of a text file. A line is its bytes as they are, in whatever encoding, without the line feed that ends it
 * and without one carriage return before that. The last line needs no line feed. An empty line is an empty payload, so
 * that there are as many payloads as lines. Lines have no time.
 *
 * <p>A line longer than {@link #MAX_PAYLOAD_BYTES} comes in pieces of that length: nothing is left out, and memory is
 * bounded even for a file without a single line feed.
 */
final class LineReader extends PayloadReader {
    private boolean insideLine;

    LineReader(ByteSource source) {
        super(source);
    }

    @Override
    public String format() {
        return "text";
    }

    @Override
    Step step() {
        // Room for the longest line that is not split and the two bytes that may end it.
        int limit = MAX_PAYLOAD_BYTES + 2;
        int searched = 0;
        while (searched < limit) {
            int have = Math.min(source.want(searched + 1), limit);
            if (have == searched) {
                return atEnd(have);
            }
            int lineFeed = find((byte) '\n', searched, have);
            if (lineFeed >= 0) {
                boolean carriageReturn = lineFeed > 0 && source.bytes()[source.at() + lineFeed - 1] == '\r';
                return line(carriageReturn ? lineFeed - 1 : lineFeed, lineFeed + 1);
            }
            searched = have;
        }
        return piece();
    }

    private Step atEnd(int have) {
        if (have == 0) {
            return end("no line in it");
        }
        if (source.damage() != null) {
            tally.cutPayload();
        }
        return line(have, have);
    }

    private Step line(int length, int consumed) {
        if (length > MAX_PAYLOAD_BYTES) {
            return piece();
        }
        if (!insideLine) {
            tally.packet();
        }
        insideLine = false;
        return payload(length, consumed);
    }

    private Step piece() {
        if (!insideLine) {
            tally.packet();
            tally.splitLine();
        }
        insideLine = true;
        return payload(MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES);
    }

    private Step payload(int length, int consumed) {
        int at = source.at();
        source.take(consumed);
        return found(at, length, NO_TIME);
    }

    private int find(byte wanted, int searched, int have) {
        byte[] bytes = source.bytes();
        int at = source.at();
        for (int i = searched; i < have; i++) {
            if (bytes[at + i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
