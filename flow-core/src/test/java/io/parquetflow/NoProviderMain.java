package io.parquetflow;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;

/** What {@link NoHadoopTest} runs in JVMs of its own: sinks whose schema is the first thing that parquet-java is asked for. */
public final class NoProviderMain {
    record Word(String text) {}

    private NoProviderMain() {}

    /** Where the schema comes from, and the directory. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        try (RecordSink sink = arguments[0].equals("class")
                ? RecordSink.open(directory, Word.class, MethodHandles.lookup())
                : RecordSink.open(directory, "message words { required binary text (STRING); }")) {
            System.out.println(sink.schema().getColumns().size());
        }
    }
}
