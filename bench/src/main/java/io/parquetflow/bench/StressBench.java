package io.parquetflow.bench;

import io.parquetflow.bench.stress.StressQuick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * {@code flow bench stress}: jcstress, in a process whose home is below {@code target}, since it writes there. Its help is
 * ours: its own dies of the jopt-simple that JMH brings, with which everything else of it works.
 */
@Command(
        name = "stress",
        description = {
            "Hunts races in the ring with jcstress. Exit code 0: nothing forbidden was seen.",
            "Takes jcstress' own arguments, among them:",
            "  -m sanity|quick|default|tough|stress  how long and in how many JVM modes",
            "  -t <regexp>                           tests",
            "  -time <ms> -iters <n> -f <n>          per iteration, per fork, per test",
            "  -c <n>                                processors to use",
            "  -l                                    list the tests",
            "  -v                                    say more"
        })
final class StressBench implements Callable<Integer> {
    @Option(names = "--help", usageHelp = true, description = "This.")
    @SuppressWarnings("unused") // picocli asks the option, not the field
    private boolean help;

    @Option(names = "--quick", description = "What the build runs: about a minute on two cores.")
    private boolean quick;

    @Option(names = "--output", description = "Directory for results and report; bench/target/jcstress if not given.")
    private Path output;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (arguments.contains("-h")) {
            spec.commandLine().usage(System.out);
            return 0;
        }
        Machine.print(System.out);
        List<String> all = new ArrayList<>(quick ? StressQuick.ARGUMENTS : List.of());
        all.addAll(arguments);
        Path home = output == null ? StressQuick.home() : output.toAbsolutePath();
        return Fork.run(List.of(), StressQuick.MAIN, all, home, System.out::println);
    }
}
