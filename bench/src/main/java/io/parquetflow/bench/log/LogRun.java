package io.parquetflow.bench.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import com.sun.management.OperatingSystemMXBean;
import io.parquetflow.bench.log.Contender.Framework;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.logging.log4j.LogManager;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flow bench log-run}: one contender, one load, in this process; its figures are one line. */
@Command(name = "log-run", hidden = true, description = "One run of the logging benchmark, in this process.")
public final class LogRun implements Callable<Integer> {
    private static final double WARMUP_SECONDS = 3;

    @Option(names = "--contender", required = true)
    private String contender;

    @Option(names = "--kind", required = true)
    private String kind;

    @Option(names = "--rate", required = true)
    private long rate;

    @Option(names = "--threads", required = true)
    private int threads;

    @Option(names = "--seconds", required = true)
    private double seconds;

    @Option(names = "--lossless", required = true, arity = "1")
    private boolean lossless;

    @Option(names = "--logs", split = ",")
    private List<Path> logs = List.of();

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws Exception {
        LogLoad load = new LogLoad(
                Contender.named(contender).orElseThrow(),
                EventKind.named(kind).orElseThrow(),
                rate,
                threads,
                seconds,
                lossless);
        Path directory = Files.createDirectories(Path.of("").toAbsolutePath().resolve("out"));
        RealLines.load(logs);
        start(load, directory);
        long offered = 0;
        for (LogThread thread : run(load, Math.min(WARMUP_SECONDS, seconds), false)) {
            offered += thread.events;
        }
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpuBefore = process.getProcessCpuTime();
        long startNs = System.nanoTime();
        List<LogThread> measured = run(load, seconds, true);
        long calledNs = System.nanoTime() - startNs;
        stop(load);
        long tookNs = System.nanoTime() - startNs;
        return report(load, measured, offered, calledNs, tookNs, process.getProcessCpuTime() - cpuBefore, directory);
    }

    private static List<LogThread> run(LogLoad load, double seconds, boolean measured) throws InterruptedException {
        List<LogThread> all = new ArrayList<>();
        for (int i = 0; i < load.threads(); i++) {
            all.add(new LogThread(load, seconds, measured, i));
        }
        all.forEach(Thread::start);
        for (LogThread thread : all) {
            thread.join();
        }
        return all;
    }

    private void start(LogLoad load, Path directory) throws Exception {
        Path file = load.contender().write(directory, load.lossless());
        Framework framework = load.contender().framework();
        if (framework == Framework.LOGBACK || framework == Framework.LOGBACK_STDOUT) {
            if (framework == Framework.LOGBACK_STDOUT) {
                System.setOut(new PrintStream(
                        new FileOutputStream(directory.resolve("stdout.json").toFile()),
                        false,
                        StandardCharsets.UTF_8));
            }
            LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
            context.reset();
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(file.toFile());
        } else {
            System.setProperty("log4j2.configurationFile", file.toString());
            System.setProperty("log4j2.garbagefreeThreadContextMap", "true"); // as Log4j advises who wants no garbage
            if (framework != Framework.LOG4J) {
                System.setProperty(
                        "log4j2.contextSelector", "org.apache.logging.log4j.core.async.AsyncLoggerContextSelector");
            }
            if (framework == Framework.LOG4J_ASYNC_SLEEP) {
                System.setProperty("log4j2.asyncLoggerWaitStrategy", "Sleep");
            }
            LogManager.getLogger(Caller.LOGGER);
        }
    }

    private static void stop(LogLoad load) {
        if (load.contender().framework().name().startsWith("LOGBACK")) {
            ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
            System.out.flush();
        } else {
            LogManager.shutdown();
        }
    }

    /** A contender that wrote nothing was not measured, whatever its calls took. */
    private int report(
            LogLoad load, List<LogThread> measured, long warmup, long calledNs, long tookNs, long cpuNs, Path directory)
            throws Exception {
        Histogram service = new Histogram(measured.get(0).service);
        Histogram response = new Histogram(measured.get(0).response);
        long events = warmup;
        long timed = 0;
        long allocated = 0;
        for (LogThread thread : measured) {
            service.add(thread.service);
            response.add(thread.response);
            timed += thread.events;
            allocated += thread.allocatedBytes;
        }
        events += timed;
        long written = load.contender().isOurs()
                ? rows(directory)
                : lines(directory, load.contender().suffix());
        long bytes = bytes(directory, load.contender().suffix());
        out.printf(
                Locale.ROOT,
                "%s offered=%d written=%d dropped=%d service_p50=%d service_p99=%d service_p99.9=%d response_p50=%d"
                        + " response_p99=%d response_p99.9=%d alloc_per_event=%.1f calls_per_s=%.0f written_per_s=%.0f"
                        + " bytes_per_event=%.1f cpu_s_per_million=%.2f%n",
                load.name(),
                events,
                written,
                events - written,
                service.getValueAtPercentile(50),
                service.getValueAtPercentile(99),
                service.getValueAtPercentile(99.9),
                response.getValueAtPercentile(50),
                response.getValueAtPercentile(99),
                response.getValueAtPercentile(99.9),
                (double) allocated / timed,
                timed / (calledNs / 1e9),
                (written - warmup) / (tookNs / 1e9),
                (double) bytes / Math.max(1, written),
                cpuNs / 1e9 / (timed / 1e6));
        return written == 0 && load.contender().writes() ? 1 : 0;
    }

    private static long rows(Path directory) throws Exception {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from read_parquet('" + directory
                        + "/*.parquet') where starts_with(body, '" + EventKind.TAG + "')")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static long lines(Path directory, String suffix) throws IOException {
        long count = 0;
        for (Path file : files(directory, suffix)) {
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    count += line.contains(EventKind.TAG) ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static long bytes(Path directory, String suffix) throws IOException {
        long bytes = 0;
        for (Path file : files(directory, suffix)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
