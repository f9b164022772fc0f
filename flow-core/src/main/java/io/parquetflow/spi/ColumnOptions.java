package io.parquetflow.spi;

import java.util.Objects;

/**
 * What a user decides about one column.
 *
 * @param encoding of its values
 * @param bloom whether each of its column chunks gets a bloom filter
 * @param codec of its pages, null for the file's
 * @param repair whether text that is not UTF-8 gets U+FFFD where it is not, instead of being refused
 */
public record ColumnOptions(ColumnEncoding encoding, boolean bloom, Codec codec, boolean repair) {
    /** Encoding by type and data, no bloom filter, the file's codec, nothing repaired. */
    public static final ColumnOptions DEFAULT = new ColumnOptions(ColumnEncoding.AUTO, false, null, false);

    /**
     * Checks that there is an encoding.
     *
     * @param encoding of its values
     * @param bloom whether each of its column chunks gets a bloom filter
     * @param codec of its pages, null for the file's
     * @param repair whether text that is not UTF-8 is repaired
     */
    public ColumnOptions {
        Objects.requireNonNull(encoding, "encoding");
    }

    /**
     * The same with another encoding.
     *
     * @param newEncoding of the values
     * @return new options
     */
    public ColumnOptions withEncoding(ColumnEncoding newEncoding) {
        return new ColumnOptions(newEncoding, bloom, codec, repair);
    }

    /**
     * The same with a bloom filter, or without.
     *
     * @param newBloom whether there is one
     * @return new options
     */
    public ColumnOptions withBloom(boolean newBloom) {
        return new ColumnOptions(encoding, newBloom, codec, repair);
    }

    /**
     * The same with another codec.
     *
     * @param newCodec of the pages, null for the file's
     * @return new options
     */
    public ColumnOptions withCodec(Codec newCodec) {
        return new ColumnOptions(encoding, bloom, newCodec, repair);
    }

    /**
     * The same with text repaired, or refused.
     *
     * @param newRepair whether text that is not UTF-8 gets U+FFFD where it is not
     * @return new options
     */
    public ColumnOptions withRepair(boolean newRepair) {
        return new ColumnOptions(encoding, bloom, codec, newRepair);
    }
}
