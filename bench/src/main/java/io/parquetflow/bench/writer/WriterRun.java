package io.parquetflow.bench.writer;

import io.parquetflow.bench.sink.Directories;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All runs of all contenders, in this process, which {@code writer} starts with the flags that Arrow needs. */
@Command(name = "writer-run", hidden = true, description = "What `writer` starts.")
public final class WriterRun implements Callable<Integer> {
    @Mixin
    private WriterOptions options;

    @Override
    public Integer call() throws Exception {
        options.check();
        execute(options, System.out);
        return 0;
    }

    /**
     * Makes the rows, lets everybody write them, and prints what came out.
     *
     * @param options checked
     * @param out where lines go
     * @return the figures
     * @throws Exception when a contender fails, or wrote something else
     */
    static Standings execute(WriterOptions options, PrintStream out) throws Exception {
        Task task = options.task();
        List<Contender> contenders =
                options.hasPeers() ? Contenders.all(task, options.only(), out) : List.of(options.ours());
        out.println("# " + task);
        Batches batches = Batches.make(task);
        Path output = options.output();
        Path base =
                output == null ? Directories.base() : output.toAbsolutePath().getParent();
        Files.createDirectories(base);
        Path home = Files.createTempDirectory(base, "parquet-flow-writer-");
        Directories.deleteAtExit(home);
        out.println("# directory: " + home + ", " + Files.getFileStore(home).type() + "; nobody forces to the device");
        try {
            Race race = new Race(batches, contenders, home, options.hasPeers() ? null : output, out);
            race.check();
            race.warmUp(options.warmup());
            Standings standings = race.run(options.runs());
            if (options.runs() > 1 || contenders.size() > 1) {
                standings.print(out);
                Goals.print(task, standings, out);
            }
            return standings;
        } finally {
            Directories.delete(home);
        }
    }
}
