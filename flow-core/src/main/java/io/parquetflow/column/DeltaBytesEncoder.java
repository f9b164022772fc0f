package io.parquetflow.column;

import java.nio.ByteBuffer;

/**
 * DELTA_LENGTH_BYTE_ARRAY and DELTA_BYTE_ARRAY (Parquet format, Encodings, "Delta-length byte array" and "Delta
 * Strings").
 *
 * <pre>
 *  lengths:   [DELTA_BINARY_PACKED lengths][bytes of all values]
 *  prefixes:  [DELTA_BINARY_PACKED lengths of what a value has in common with the one before]
 *             [DELTA_BINARY_PACKED lengths of the rest][rests of all values]
 * </pre>
 *
 * <p>Not thread-safe: it keeps a page's lengths between calls.
 */
final class DeltaBytesEncoder {
    private final DeltaEncoder deltas = new DeltaEncoder();
    private int[] prefixes = {};
    private int[] lengths = {};

    /** DELTA_LENGTH_BYTE_ARRAY; where the bytes of a page of its own memory lie together, they go out in one piece. */
    void encodeLengths(BytesPage page, DirectBytes out) {
        encodeLengthsAlone(page, out);
        if (page.isInOnePiece()) {
            out.put(page.memory(), page.start(), page.size());
            return;
        }
        for (int i = 0; i < page.count(); i++) {
            out.put(page.memory(), page.at(i), page.length(i));
        }
    }

    /** Its lengths; the bytes are to follow. */
    void encodeLengthsAlone(BytesPage page, DirectBytes out) {
        int count = page.count();
        begin(count);
        for (int i = 0; i < count; i++) {
            lengths[i] = page.length(i);
        }
        deltas.encode(lengths, count, out);
    }

    /** DELTA_BYTE_ARRAY. */
    void encodePrefixes(BytesPage page, DirectBytes out) {
        int count = page.count();
        begin(count);
        ByteBuffer memory = page.memory();
        for (int i = 0; i < count; i++) {
            int common = 0;
            if (i > 0) {
                int atMost = Math.min(page.length(i - 1), page.length(i));
                common = ByteRanges.mismatch(memory, page.at(i - 1), memory, page.at(i), atMost);
            }
            prefixes[i] = common;
            lengths[i] = page.length(i) - common;
        }
        deltas.encode(prefixes, count, out);
        deltas.encode(lengths, count, out);
        out.ensure(page.size());
        for (int i = 0; i < count; i++) {
            ByteRanges.copy(memory, page.at(i) + prefixes[i], out.memory(), out.size(), lengths[i]);
            out.skip(lengths[i]);
        }
    }

    private void begin(int count) {
        if (lengths.length < count) {
            prefixes = new int[TypedValues.grown(prefixes.length, count)];
            lengths = new int[prefixes.length];
        }
    }
}
