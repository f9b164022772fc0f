package io.parquetflow.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * How far a writer's segments are sealed, and what the next one has to know to go on as if nothing had happened.
 *
 * @param segment file name of the segment, empty before the first
 * @param open file name of the segment while it is open
 * @param end position behind the last record that is in a sealed segment, or became no row, or was rejected
 * @param nextSeq rows sealed
 * @param records records in front of {@code end}
 * @param number of segments begun
 * @param untold drops that rows told of which were given up
 * @param told of each stream, by number: the drops that rows have told of
 */
public record SealedState(
        String segment, String open, long end, long nextSeq, long records, int number, long untold, long[] told) {
    /** Nothing is sealed. */
    public static final SealedState NONE = new SealedState("", "", 0, 0, 0, 0, 0, new long[0]);

    private static final int MOST_STREAMS = 65_536;

    /**
     * Takes a copy.
     *
     * @param segment file name of the segment
     * @param open file name of the segment while it is open
     * @param end position behind the last record
     * @param nextSeq rows sealed
     * @param records records in front of it
     * @param number of segments begun
     * @param untold drops of rows that were given up
     * @param told by stream
     */
    public SealedState {
        told = told.clone();
    }

    @Override
    public long[] told() {
        return told.clone();
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(segment);
            out.writeUTF(open);
            out.writeLong(end);
            out.writeLong(nextSeq);
            out.writeLong(records);
            out.writeInt(number);
            out.writeLong(untold);
            int streams = told.length;
            while (streams > 0 && told[streams - 1] == 0) {
                streams--;
            }
            out.writeInt(streams);
            for (int i = 0; i < streams; i++) {
                out.writeLong(told[i]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no device behind it
        }
        return bytes.toByteArray();
    }

    static SealedState of(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        String segment = in.readUTF();
        String open = in.readUTF();
        long end = in.readLong();
        long nextSeq = in.readLong();
        long records = in.readLong();
        int number = in.readInt();
        long untold = in.readLong();
        int streams = in.readInt();
        if (streams < 0 || streams > MOST_STREAMS) {
            throw new IOException("impossible number of streams: " + streams);
        }
        long[] told = new long[streams];
        for (int i = 0; i < streams; i++) {
            told[i] = in.readLong();
        }
        return new SealedState(segment, open, end, nextSeq, records, number, untold, told);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedState that && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }
}
