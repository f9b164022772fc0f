package io.parquetflow.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands events on, and remembers which of them met an appender that was started before and after: what it must have. */
public final class HandingOn extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {
    static final Set<String> TAKEN = ConcurrentHashMap.newKeySet();
    static final Set<String> OFFERED = ConcurrentHashMap.newKeySet();

    private final AppenderAttachableImpl<ILoggingEvent> inner = new AppenderAttachableImpl<>();

    @Override
    protected void append(ILoggingEvent event) {
        for (Iterator<Appender<ILoggingEvent>> all = inner.iteratorForAppenders(); all.hasNext(); ) {
            Appender<ILoggingEvent> one = all.next();
            boolean before = one.isStarted();
            one.doAppend(event);
            OFFERED.add(event.getFormattedMessage());
            if (before && one.isStarted()) {
                TAKEN.add(event.getFormattedMessage());
            }
        }
    }

    /** As Logback's AsyncAppender does it: nobody else stops an appender that hangs on another. */
    @Override
    public void stop() {
        super.stop();
        inner.detachAndStopAllAppenders();
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> appender) {
        inner.addAppender(appender);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return inner.iteratorForAppenders();
    }

    @Override
    public Appender<ILoggingEvent> getAppender(String name) {
        return inner.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> appender) {
        return inner.isAttached(appender);
    }

    @Override
    public void detachAndStopAllAppenders() {
        inner.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> appender) {
        return inner.detachAppender(appender);
    }

    @Override
    public boolean detachAppender(String name) {
        return inner.detachAppender(name);
    }
}
