package io.parquetflow.agent.tap;

import io.parquetflow.RecordSink;
import io.parquetflow.RecordWriter;
import io.parquetflow.spi.VirtualThreads;

/**
 * Rows of a pointcut's arguments, into a sink of their own schema. Each thread has a writer; a virtual one, of which there may
 * be a million, makes one for each row.
 *
 * <p>Thread-safe.
 */
public final class TypedRows {
    private final RecordSink sink;
    private final String stream;
    private final Arguments arguments;

    @SuppressWarnings("ThreadLocalUsage") // of one sink: another starts anew
    private final ThreadLocal<RecordWriter> writers = new ThreadLocal<>();

    /**
     * Makes rows.
     *
     * @param sink of {@link Arguments#schema}
     * @param stream header column
     * @param arguments which of them are columns
     */
    public TypedRows(RecordSink sink, String stream, Arguments arguments) {
        this.sink = sink;
        this.stream = stream;
        this.arguments = arguments;
    }

    /**
     * Where rows go.
     *
     * @return the sink
     */
    public RecordSink sink() {
        return sink;
    }

    boolean write(Object[] values) {
        RecordWriter writer = writers.get();
        if (writer == null) {
            writer = sink.writer(stream);
            if (!VirtualThreads.isVirtual(Thread.currentThread())) {
                writers.set(writer);
            }
        }
        return arguments.write(writer, values);
    }
}
