package io.parquetflow.it;

import java.util.concurrent.TimeUnit;

/** What the small applications do, by name, whichever framework they log by. */
abstract class Scenarios {
    /** An event of level INFO. */
    abstract void info(String template, Object argument);

    /** Events of every kind that the framework has. */
    abstract void everyKind();

    /** What only one framework's application can do. */
    void other(String scenario) throws Exception {
        throw new IllegalArgumentException(scenario);
    }

    final void run(String[] args) throws Exception {
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        switch (args[0]) {
            case "events" -> events(count);
            case "kinds" -> {
                everyKind();
                events(count);
            }
            case "exit" -> {
                events(count);
                System.exit(0);
            }
            case "halt" -> {
                events(count);
                Runtime.getRuntime().halt(3);
            }
            case "wait" -> {
                events(count);
                say("ready");
                TimeUnit.SECONDS.sleep(60);
            }
            case "hook" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(this::logForASecond));
                events(count);
            }
            default -> other(args[0]);
        }
    }

    static void say(String line) {
        System.out.println(line);
    }

    static String jar(Class<?> type) {
        String from = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return from.substring(from.lastIndexOf('/') + 1);
    }

    private void events(int count) {
        for (int i = 0; i < count; i++) {
            info("event {}", i);
        }
        say("logged " + count);
    }

    private void logForASecond() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        int logged = 0;
        while (System.nanoTime() - end < 0) {
            info("goodbye {}", logged++);
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                return;
            }
        }
        say("goodbyes " + logged);
    }
}
