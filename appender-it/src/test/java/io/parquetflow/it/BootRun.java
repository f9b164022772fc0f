package io.parquetflow.it;

import io.parquetflow.it.boot.BootApplication;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One life of the Spring Boot application: it starts, serves a page, and is told to end, as an orchestrator does it. */
final class BootRun {
    private static final long TIMEOUT_S = 90;
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)[^\n]*\n(?s:.*)Started Boot");
    /** Spring Boot's own pattern: time, level, process, thread, logger, message. */
    private static final Pattern EVENT = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+ +[A-Z]+ \\d+ --- .{40,}? : (.*)$");

    private final Path directory;
    private final Path console;
    private final Path err;

    private BootRun(Path directory) {
        this.directory = directory;
        this.console = directory.resolve("console.txt");
        this.err = directory.resolve("err.txt");
    }

    /**
     * Runs it in a directory.
     *
     * @param logging {@code logback} or {@code log4j}: which class path
     * @param template the configuration, a resource of the tests
     * @param name what the configuration's file is called
     */
    static BootRun in(Path directory, String logging, String template, String name) throws Exception {
        BootRun run = new BootRun(directory);
        Path resources = Files.createDirectory(directory.resolve("resources"));
        Files.writeString(resources.resolve(name), resource(template));
        Process process = run.start(logging, resources);
        try {
            run.serve(process);
            process.destroy(); // SIGTERM
            if (!process.waitFor(TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new AssertionError("does not end: " + run.said());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return run;
    }

    private static String resource(String name) throws IOException {
        try (var in = BootRun.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Process start(String logging, Path resources) throws IOException {
        Path build = Path.of(System.getProperty("build.directory"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-cp",
                String.join(
                        File.pathSeparator,
                        resources.toString(),
                        build.resolve("classes").toString(),
                        build.resolve("it").resolve(logging) + File.separator + "*"),
                BootApplication.class.getName(),
                "--server.port=0",
                "--server.address=127.0.0.1"));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(console.toFile())
                .redirectError(err.toFile())
                .start();
    }

    private void serve(Process process) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        Matcher started = STARTED.matcher(said());
        while (!started.find()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new AssertionError("does not start: " + said());
            }
            Thread.sleep(50);
            started = STARTED.matcher(said());
        }
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + started.group(1) + "/hello"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (!answer.body().equals("hello")) {
            throw new AssertionError(answer.body());
        }
    }

    /** All that it printed. */
    String said() throws IOException {
        return Files.readString(console) + Files.readString(err);
    }

    /** First lines of the messages on the console, in their order. */
    List<String> events() throws IOException {
        return Files.readString(console)
                .lines()
                .map(EVENT::matcher)
                .filter(Matcher::matches)
                .map(event -> event.group(1))
                .toList();
    }

    Path logs() {
        return directory.resolve("logs");
    }

    List<Path> segments() throws IOException {
        try (var files = Files.list(logs())) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }
}
