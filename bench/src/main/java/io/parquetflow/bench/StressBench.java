package io.parquetflow.bench;

import io.parquetflow.bench.stress.StressQuick;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code flow bench stress}: jcstress, in a process whose home is below {@code target}, since it writes there. */
@Command(
        name = "stress",
        description = {
            "Hunts races in the ring with jcstress. Exit code 0: nothing forbidden was seen.",
            "Takes jcstress' own arguments: -m sanity|quick|default|tough|stress, -t <regexp>, -time <ms>, -v, ..."
        })
final class StressBench implements Callable<Integer> {
    @Option(names = "--quick", description = "What the build runs: about a minute on two cores.")
    private boolean quick;

    @Option(names = "--output", description = "Directory for results and report; bench/target/jcstress if not given.")
    private Path output;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Machine.print(System.out);
        List<String> all = new ArrayList<>(quick ? StressQuick.ARGUMENTS : List.of());
        all.addAll(arguments);
        Path home = output == null ? StressQuick.home() : output.toAbsolutePath();
        return Fork.run(List.of(), StressQuick.MAIN, all, home, System.out::println);
    }
}
