package io.parquetflow.agent.tap;

import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.channels.Channel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells sockets that a library reads from those that the application reads itself: of several levels of one stack the outer
 * one is recorded. Whose a socket is, who reads it first tells: the stack is looked at once for each channel, down to the
 * first frame that is not the JDK's. An application that reads a socket of its own in a library's callback is the
 * application.
 *
 * <p>Thread-safe.
 */
public final class StackOwners {
    private static final StackWalker WALKER = StackWalker.getInstance();

    /** Frames between the socket and who reads it: the JDK's, and ours. */
    private static final List<String> NOBODY = List.of("java.", "javax.", "sun.", "jdk.", "io.parquetflow.agent.");

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Consumer<String> status;

    /**
     * Makes one.
     *
     * @param status told once of each library
     */
    public StackOwners(Consumer<String> status) {
        this.status = status;
    }

    boolean isSomebodyElses(Object channel, Set<String> packages) {
        boolean isSocket = channel instanceof Channel || channel instanceof Socket || channel instanceof DatagramSocket;
        if (packages.isEmpty() || !isSocket) {
            return false;
        }
        Optional<String> owner = WALKER.walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> NOBODY.stream().noneMatch(name::startsWith))
                        .findFirst())
                .flatMap(caller -> packages.stream().filter(caller::startsWith).findFirst());
        owner.filter(told::add)
                .ifPresent(name -> status.accept(
                        "sockets that " + name + "* reads are recorded by its own tap, not by udp or tcp"));
        return owner.isPresent();
    }
}
