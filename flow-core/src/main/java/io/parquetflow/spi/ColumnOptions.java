package io.parquetflow.spi;

import java.util.Objects;

/**
 * What a user decides about one column.
 *
 * @param encoding of its values
 * @param bloom whether each of its column chunks gets a bloom filter
 * @param codec of its pages, null for the file's
 */
public record ColumnOptions(ColumnEncoding encoding, boolean bloom, Codec codec) {
    /** Encoding by type and data, no bloom filter, the file's codec. */
    public static final ColumnOptions DEFAULT = new ColumnOptions(ColumnEncoding.AUTO, false, null);

    /** Checks that there is an encoding. */
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
        return new ColumnOptions(newEncoding, bloom, codec);
    }

    /**
     * The same with a bloom filter, or without.
     *
     * @param newBloom whether there is one
     * @return new options
     */
    public ColumnOptions withBloom(boolean newBloom) {
        return new ColumnOptions(encoding, newBloom, codec);
    }

    /**
     * The same with another codec.
     *
     * @param newCodec of the pages, null for the file's
     * @return new options
     */
    public ColumnOptions withCodec(Codec newCodec) {
        return new ColumnOptions(encoding, bloom, newCodec);
    }
}
