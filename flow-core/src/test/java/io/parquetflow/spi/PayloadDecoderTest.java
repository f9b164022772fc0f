package io.parquetflow.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PayloadDecoderTest {
    private static final class Named implements PayloadDecoder {
        @Override
        public void decode(ByteBuffer payload, RecordHeader record, RowAppender rows) {
            rows.endRow();
        }
    }

    private static void decode(ByteBuffer payload, RecordHeader record, RowAppender rows) {
        rows.endRow();
    }

    @Test
    void aDecoderHasTheNameOfItsClass() {
        assertThat(new Named().name()).isEqualTo(Named.class.getName());
    }

    /** A number or an address in it would be another one after a restart, and nothing would be decoded any more. */
    @Test
    void aLambdasNameIsTheSameInEveryProcess() {
        PayloadDecoder lambda = (payload, record, rows) -> rows.endRow();
        PayloadDecoder reference = PayloadDecoderTest::decode;
        assertThat(lambda.name()).isEqualTo(PayloadDecoderTest.class.getName() + "$$Lambda");
        assertThat(reference.name()).isEqualTo(lambda.name());
    }
}
