package io.parquetflow.cli.inspect;

import java.io.ByteArrayInputStream;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Reads one Thrift structure from a byte array. Separate from parquet-java's own entry point because that one lets a
 * lying string length take 100 MB: here no string and no list can claim more than the array holds.
 */
final class ThriftBytes {
    private static final int DEEPEST = 64;

    private ThriftBytes() {}

    /**
     * Fills a structure.
     *
     * @return the bytes it took
     * @throws TException when the bytes are not such a structure, or end within it
     */
    static int read(TBase<?, ?> into, byte[] bytes) throws TException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        int limit = Math.max(1, bytes.length);
        TConfiguration limits = new TConfiguration(limit, limit, DEEPEST);
        try {
            into.read(new TCompactProtocol(new TIOStreamTransport(limits, in)));
        } catch (TTransportException e) {
            throw new TException("it does not end, or claims more bytes than there are", e);
        }
        return bytes.length - in.available();
    }
}
