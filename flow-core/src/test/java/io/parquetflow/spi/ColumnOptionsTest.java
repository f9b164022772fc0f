package io.parquetflow.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

/** What a user decides about a column, one thing after the other. */
class ColumnOptionsTest {
    @Test
    void nothingIsDecidedAtFirst() {
        assertThat(ColumnOptions.DEFAULT).isEqualTo(new ColumnOptions(ColumnEncoding.AUTO, false, null, false));
    }

    @Test
    void aDecisionLeavesTheOthersAsTheyAre() {
        ColumnOptions options = ColumnOptions.DEFAULT
                .withEncoding(ColumnEncoding.PLAIN)
                .withBloom(true)
                .withCodec(Codec.ZSTD);
        assertThat(options).isEqualTo(new ColumnOptions(ColumnEncoding.PLAIN, true, Codec.ZSTD, false));
        assertThat(options.withEncoding(ColumnEncoding.DICTIONARY).withCodec(null))
                .isEqualTo(new ColumnOptions(ColumnEncoding.DICTIONARY, true, null, false));
        assertThat(options.withBloom(false).codec()).isEqualTo(Codec.ZSTD);
    }

    @Test
    void withoutAnEncodingThereAreNoOptions() {
        assertThatNullPointerException()
                .isThrownBy(() -> new ColumnOptions(null, false, null, false))
                .withMessage("encoding");
    }
}
