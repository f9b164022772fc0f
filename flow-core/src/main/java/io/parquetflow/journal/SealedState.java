package io.parquetflow.journal;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a writer's segments are sealed, and what the next one has to know to go on as if nothing had happened.
 *
 * @param segment path of the segment below the sink's directory, empty before the first
 * @param open file name of the segment while it is open
 * @param end position behind the last record that is in a sealed segment, or became no row, or was rejected
 * @param nextSeq rows sealed
 * @param records records in front of {@code end}
 * @param number of segments begun
 * @param untold drops that rows told of which were given up
 * @param told of each stream, by number: the drops that rows have told of
 */
public record SealedState(
        String segment, String open, long end, long nextSeq, long records, int number, long untold, List<Long> told) {
    /** Nothing is sealed. */
    public static final SealedState NONE = new SealedState("", "", 0, 0, 0, 0, 0, List.of());

    private static final int MOST_STREAMS = 65_536;

    /**
     * Takes a copy.
     *
     * @param segment path of the segment
     * @param open file name of the segment while it is open
     * @param end position behind the last record
     * @param nextSeq rows sealed
     * @param records records in front of it
     * @param number of segments begun
     * @param untold drops of rows that were given up
     * @param told by stream
     */
    public SealedState {
        told = List.copyOf(told);
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
            out.writeInt(told.size());
            for (long drops : told) {
                out.writeLong(drops);
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
        List<Long> told = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            told.add(in.readLong());
        }
        return new SealedState(segment, open, end, nextSeq, records, number, untold, told);
    }
}
