package io.parquetflow.file;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/** The other process of the lock tests: does what it reads, and says how it went. */
public final class LockChild {
    private LockChild() {}

    /** One argument: the sink's directory. */
    public static void main(String[] arguments) throws Exception {
        FlowDirectory directory = new FlowDirectory(Path.of(arguments[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        WriterLock lock = null;
        String line;
        while ((line = in.readLine()) != null) {
            int space = line.indexOf(' ');
            String what = space < 0 ? line : line.substring(0, space);
            String argument = line.substring(space + 1);
            switch (what) {
                case "take" -> {
                    lock = WriterLock.take(directory.internal(), argument, 0640);
                    System.out.println("taken");
                }
                case "close" -> {
                    lock.close();
                    System.out.println("closed");
                }
                case "live" -> System.out.println(WriterLock.isLive(directory.internal(), argument));
                case "aside" ->
                    System.out.println(directory.setAsideLeftOvers(Set.of()).size());
                case "aside-until-told" -> {
                    System.out.println("begun");
                    while (!in.ready()) {
                        directory.setAsideLeftOvers(Set.of());
                    }
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
    }
}
