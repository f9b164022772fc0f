package io.parquetflow.agentit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An operator at standard input: {@code count} says how many messages there were, {@code quit} ends the application once it has
 * had as many as the operator says, or, without a number, at once.
 */
final class Console {
    private final Tally tally;
    private final AutoCloseable socket;
    private final AtomicLong enough = new AtomicLong(Long.MAX_VALUE);

    private Console(Tally tally, AutoCloseable socket) {
        this.tally = tally;
        this.socket = socket;
    }

    /** Listens on a thread of its own; closes the socket to end a read that waits. */
    static Console over(Tally tally, AutoCloseable socket) {
        Console console = new Console(tally, socket);
        Thread thread = new Thread(console::listen, "console");
        thread.setDaemon(true);
        thread.start();
        System.out.println("pid=" + ProcessHandle.current().pid());
        return console;
    }

    boolean wantsMore() {
        return tally.messages() < enough.get();
    }

    private void listen() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("count")) {
                    System.out.println("count=" + tally.messages());
                } else if (line.startsWith("quit")) {
                    enough.set(line.length() == 4 ? 0 : Long.parseLong(line.substring(5)));
                    if (!wantsMore()) {
                        socket.close();
                    }
                }
            }
        } catch (IOException e) {
            System.out.println("console.error=" + e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
