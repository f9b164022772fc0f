package io.parquetflow.agent.weave;

import io.parquetflow.agent.config.Pointcut;
import io.parquetflow.agent.config.Tap;
import io.parquetflow.agent.tap.Capture;
import io.parquetflow.agent.tap.Taker;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Weaves taps and pointcuts, sends what they see to a taker, and takes them out again.
 *
 * <p>Thread-safe.
 */
public final class Loom {
    private final BootClasses boot;
    private final Weaving weaving;

    /**
     * Prepares the JVM: nothing is woven yet.
     *
     * @param instrumentation the JVM's
     * @param jar the agent's
     * @param problems told of classes that could not be woven
     * @throws IOException when the agent's jar cannot be read
     * @throws ReflectiveOperationException when the JVM does not let the dispatcher in
     */
    public Loom(Instrumentation instrumentation, File jar, BiConsumer<String, Throwable> problems)
            throws IOException, ReflectiveOperationException {
        boot = BootClasses.install(instrumentation, jar);
        weaving = new Weaving(instrumentation, boot, problems);
    }

    /**
     * Who is told of what is seen.
     *
     * @param taker null for nobody
     * @throws IOException when the agent's jar cannot be read
     * @throws ReflectiveOperationException when the JVM does not let it
     */
    public void target(Taker taker) throws IOException, ReflectiveOperationException {
        boot.target(taker);
    }

    /**
     * Weaves what is wanted and is not there, and takes out what is there and is not wanted. What stays is not touched, and
     * misses nothing.
     *
     * @param taps with what is sent as well, or without
     * @param pointcuts methods
     * @param capture gets their places
     */
    public synchronized void weave(Map<Tap, Boolean> taps, List<Pointcut> pointcuts, Capture capture) {
        Map<String, Runnable> wanted = new LinkedHashMap<>();
        taps.forEach((tap, takesOut) -> {
            String name = tap.word() + (takesOut ? "+out" : "");
            boolean isJdk = tap == Tap.UDP || tap == Tap.TCP;
            wanted.put(name, () -> weaving.add(name, TapRules.of(tap, takesOut, capture), isJdk));
        });
        for (Pointcut pointcut : pointcuts) {
            wanted.put(pointcut.text(), () -> weaving.add(pointcut.text(), PointcutRules.of(pointcut, capture), false));
        }
        weaving.names().stream().filter(name -> !wanted.containsKey(name)).forEach(weaving::remove);
        wanted.forEach((name, add) -> {
            if (!weaving.names().contains(name)) {
                add.run();
            }
        });
    }

    /** Every class as it was. */
    public synchronized void unweave() {
        weaving.names().forEach(weaving::remove);
    }
}
