package io.parquetflow.testing;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.ColumnEncoding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One column of the combination tests.
 *
 * @param kind of the leaf
 * @param form around it
 * @param encoding of the values
 * @param codec of the pages
 * @param pageVersion 1 or 2
 */
public record ColumnChoice(LeafKind kind, LeafForm form, ColumnEncoding encoding, Codec codec, int pageVersion) {
    /** Every kind in every form with every encoding it can have; codecs and page versions take turns. */
    public static List<ColumnChoice> all() {
        List<ColumnChoice> all = new ArrayList<>();
        Codec[] codecs = Codec.values();
        LeafForm[] forms = LeafForm.values();
        ColumnEncoding[] encodings = ColumnEncoding.values();
        LeafKind[] kinds = LeafKind.values();
        for (int f = 0; f < forms.length; f++) {
            for (int e = 0; e < encodings.length; e++) {
                for (int k = 0; k < kinds.length; k++) {
                    if (encodings(kinds[k]).contains(encodings[e])) {
                        Codec codec = codecs[(f + e + k) % codecs.length];
                        all.add(new ColumnChoice(kinds[k], forms[f], encodings[e], codec, 1 + (f + e) % 2));
                    }
                }
            }
        }
        return all;
    }

    /** The encodings that the format allows for a kind. */
    public static Set<ColumnEncoding> encodings(LeafKind kind) {
        Set<ColumnEncoding> encodings = EnumSet.of(ColumnEncoding.AUTO, ColumnEncoding.PLAIN);
        switch (kind.physical()) {
            case BOOLEAN -> encodings.add(ColumnEncoding.RLE);
            case INT32, INT64 -> {
                encodings.add(ColumnEncoding.DICTIONARY);
                encodings.add(ColumnEncoding.DELTA_BINARY_PACKED);
                encodings.add(ColumnEncoding.BYTE_STREAM_SPLIT);
            }
            case INT96 -> encodings.add(ColumnEncoding.DICTIONARY);
            case FLOAT, DOUBLE -> {
                encodings.add(ColumnEncoding.DICTIONARY);
                encodings.add(ColumnEncoding.BYTE_STREAM_SPLIT);
            }
            case BINARY -> {
                encodings.add(ColumnEncoding.DICTIONARY);
                encodings.add(ColumnEncoding.DELTA_LENGTH_BYTE_ARRAY);
                encodings.add(ColumnEncoding.DELTA_BYTE_ARRAY);
            }
            case FIXED_LEN_BYTE_ARRAY -> {
                encodings.add(ColumnEncoding.DICTIONARY);
                encodings.add(ColumnEncoding.DELTA_BYTE_ARRAY);
                encodings.add(ColumnEncoding.BYTE_STREAM_SPLIT);
            }
        }
        return encodings;
    }

    /** All there is to choose, in the order of the components. */
    public List<Object> choices() {
        return List.of(kind, form, encoding, codec, pageVersion);
    }
}
