package com.acme;

import io.parquetflow.agentit.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Does what it is told at standard input, each line a word and a number: {@code call} and {@code late} call a method so often,
 * {@code throw} calls one with a text that cannot be read, {@code huge} and {@code partial} load a class of that name, the
 * latter without a look at what it needs, {@code look} says what its classes look like by now. It answers with
 * {@code done} and how often it has.
 */
public final class Desk {
    private final Feed feed = new Feed();
    private final String probe;
    private int done;
    private int unread;

    private Desk(String probe) {
        this.probe = probe;
    }

    /** Argument: a jar that makes {@link Probe} an agent, for {@code look}. */
    public static void main(String[] args) throws Exception {
        Desk desk = new Desk(args[0]);
        Probe.load();
        System.out.println("pid=" + ProcessHandle.current().pid());
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
                String[] words = line.split(" ");
                for (int i = 0; i < Integer.parseInt(words[1]); i++) {
                    desk.run(words[0]);
                }
                desk.done++;
                System.out.println("done=" + desk.done);
            }
        }
        Feed.FIXED.print();
        System.out.println("unread=" + desk.unread);
    }

    private void run(String word) throws IOException, ReflectiveOperationException {
        switch (word) {
            case "call" ->
                Feed.onFixed(
                        ByteBuffer.allocate(8).putLong(Feed.FIXED.messages()).array());
            case "huge" -> unread += Class.forName("com.acme.Huge").getMethods().length > 0 ? 1 : 0;
            case "partial" ->
                unread += Class.forName("com.acme.Partial", false, Desk.class.getClassLoader())
                                .isInterface()
                        ? 1
                        : 0;
            case "late" -> unread += Late.onMessage(new byte[0]);
            case "throw" -> {
                feed.onUnread(new Unreadable());
                unread++;
            }
            case "look" -> {
                Probe.look(probe);
                System.out.println("threads="
                        + Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .filter(name -> name.startsWith("parquet-flow"))
                                .sorted()
                                .collect(Collectors.joining(",")));
            }
            default -> throw new IllegalArgumentException(word);
        }
    }

    /** A text whose file is gone, say. */
    private static final class Unreadable implements CharSequence {
        @Override
        public int length() {
            throw new IllegalStateException("unreadable");
        }

        @Override
        public char charAt(int index) {
            throw new IllegalStateException("unreadable");
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new IllegalStateException("unreadable");
        }
    }
}
