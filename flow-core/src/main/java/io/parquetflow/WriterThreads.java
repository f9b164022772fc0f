package io.parquetflow;

import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;
import java.util.concurrent.ThreadFactory;

/** The writer thread: the user's factory by class name, or a daemon of ours. */
final class WriterThreads {
    private WriterThreads() {}

    static ThreadFactory of(SinkConfig config) {
        String className = config.text(ConfigKey.THREAD_FACTORY);
        ThreadFactory factory = className.isEmpty() ? Thread::new : load(className);
        return task -> {
            Thread thread = factory.newThread(task);
            if (className.isEmpty()) {
                thread.setName("parquet-flow-" + config.name());
                thread.setDaemon(true);
            }
            return thread;
        };
    }

    private static ThreadFactory load(String className) {
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            ClassLoader loader = context != null ? context : WriterThreads.class.getClassLoader();
            return Class.forName(className, true, loader)
                    .asSubclass(ThreadFactory.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new IllegalArgumentException(
                    "invalid configuration: key=thread-factory, value=" + className
                            + ": not a class with a public constructor without arguments that implements"
                            + " java.util.concurrent.ThreadFactory: " + e,
                    e);
        }
    }
}
