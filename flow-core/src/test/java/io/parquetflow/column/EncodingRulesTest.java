package io.parquetflow.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parquetflow.spi.ColumnEncoding;
import io.parquetflow.spi.ColumnOptions;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a type can have, and what is refused. */
class EncodingRulesTest {
    /** The table of the specification's "Supported Encodings", without what is deprecated. */
    @ParameterizedTest
    @CsvSource({
        "BOOLEAN, AUTO PLAIN RLE",
        "INT32, AUTO PLAIN DICTIONARY DELTA_BINARY_PACKED BYTE_STREAM_SPLIT",
        "INT64, AUTO PLAIN DICTIONARY DELTA_BINARY_PACKED BYTE_STREAM_SPLIT",
        "INT96, AUTO PLAIN DICTIONARY",
        "FLOAT, AUTO PLAIN DICTIONARY BYTE_STREAM_SPLIT",
        "DOUBLE, AUTO PLAIN DICTIONARY BYTE_STREAM_SPLIT",
        "BINARY, AUTO PLAIN DICTIONARY DELTA_LENGTH_BYTE_ARRAY DELTA_BYTE_ARRAY",
        "FIXED_LEN_BYTE_ARRAY, AUTO PLAIN DICTIONARY DELTA_BYTE_ARRAY BYTE_STREAM_SPLIT"
    })
    void aTypeHasTheEncodingsOfTheSpecificationAndNoOthers(PrimitiveTypeName name, String encodings) {
        PrimitiveType type = ValueSamples.type(name);
        for (ColumnEncoding encoding : ColumnEncoding.values()) {
            if (encodings.matches(".*\\b" + encoding + "\\b.*")) {
                assertThatCode(() -> of(type, encoding)).doesNotThrowAnyException();
            } else {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> of(type, encoding))
                        .withMessage("this type cannot have this encoding: column=c, type=" + name + ", encoding="
                                + encoding + "; take one of [" + encodings.replace(" ", ", ") + "]");
            }
        }
    }

    private static ValueBuffer of(PrimitiveType type, ColumnEncoding encoding) {
        return ValueBuffer.of(type, ValueSamples.options(encoding), ValueSamples.LIMITS);
    }

    @Test
    void booleansHaveNoBloomFilter() {
        ColumnOptions options = ColumnOptions.DEFAULT.withBloom(true);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ValueBuffer.of(ValueSamples.type(PrimitiveTypeName.BOOLEAN), options, ValueSamples.LIMITS))
                .withMessage("this type cannot have a bloom filter: column=c, type=BOOLEAN; leave bloom off");
    }

    @Test
    void onlyPlainValuesLieInPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BinaryValues.inPlace(
                        ValueSamples.type(PrimitiveTypeName.BINARY), ColumnOptions.DEFAULT, new DirectBytes(1), 0))
                .withMessage(
                        "only PLAIN and DELTA_LENGTH_BYTE_ARRAY values can lie in place: column=c, encoding=AUTO; take a buffer with memory of"
                                + " its own");
    }

    /** A file may have thousands of columns, most of them empty. */
    @ParameterizedTest
    @EnumSource
    void aBufferIsSmallBeforeThereAreValues(PrimitiveTypeName name) {
        assertThat(of(ValueSamples.type(name), ColumnEncoding.AUTO).memoryBytes())
                .isBetween(1L, 12L << 10);
    }
}
