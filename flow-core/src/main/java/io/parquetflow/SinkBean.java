package io.parquetflow;

import io.parquetflow.spi.Diagnostics;
import io.parquetflow.spi.PublicName;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A sink's MBean. Loaded only where {@code jmx} is on: the platform's server loads a good deal of the JDK. */
final class SinkBean implements LogSinkMXBean {
    private final LogSink sink;
    private ObjectName name;

    private SinkBean(LogSink sink) {
        this.sink = sink;
    }

    /** Registers, or says why not: monitoring never keeps a sink from starting. */
    static SinkBean register(LogSink sink, Diagnostics diagnostics) {
        SinkBean bean = new SinkBean(sink);
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            String base = PublicName.DOTTED + ":type=LogSink,name=" + sink.name();
            ObjectName wanted = new ObjectName(base);
            bean.name = server.isRegistered(wanted) ? new ObjectName(base + ",writer=" + sink.writer()) : wanted;
            server.registerMBean(bean, bean.name);
        } catch (JMException | RuntimeException e) {
            bean.name = null;
            try {
                diagnostics.say(Diagnostics.Level.WARN, "sink " + sink.name() + ": no MBean: " + e, e);
            } catch (RuntimeException ignored) {
                return bean; // neither does a logger that fails
            }
        }
        return bean;
    }

    void unregister() {
        if (name != null) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            } catch (JMException | RuntimeException e) {
                name = null; // somebody else took it away
            }
        }
    }

    @Override
    public String getState() {
        return sink.stats().state().name();
    }

    @Override
    public long getAccepted() {
        return sink.stats().accepted();
    }

    @Override
    public long getDropped() {
        return sink.stats().dropped();
    }

    @Override
    public Map<String, Long> getDroppedByCause() {
        Map<String, Long> byKey = new LinkedHashMap<>();
        sink.stats().droppedByCause().forEach((cause, count) -> byKey.put(cause.key(), count));
        return byKey;
    }

    @Override
    public long getRowsSealed() {
        return sink.stats().rowsSealed();
    }

    @Override
    public long getRejected() {
        return sink.stats().rejected();
    }

    @Override
    public long getAbandoned() {
        return sink.stats().abandoned();
    }

    @Override
    public long getBytesWritten() {
        return sink.stats().bytesWritten();
    }

    @Override
    public long getSegmentsSealed() {
        return sink.stats().segmentsSealed();
    }

    @Override
    public long getRingUsedBytes() {
        return sink.stats().ringUsedBytes();
    }

    @Override
    public long getRingHighWaterBytes() {
        return sink.stats().ringHighWaterBytes();
    }

    @Override
    public String getLastError() {
        return sink.stats().lastError();
    }

    @Override
    public boolean isCrashSafe() {
        return sink.stats().crashSafe();
    }

    @Override
    public String getCrashSafeReason() {
        return sink.stats().crashSafeReason();
    }

    @Override
    public long getBacklogBytes() {
        return sink.stats().backlogBytes();
    }

    @Override
    public long getRecovered() {
        return sink.stats().recovered();
    }

    @Override
    public void rotate() {
        sink.rotate();
    }
}
