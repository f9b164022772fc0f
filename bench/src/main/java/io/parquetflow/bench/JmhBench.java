package io.parquetflow.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code flow bench jmh}: JMH, with the allocation profiler unless another one is asked for. */
@Command(
        name = "jmh",
        description = {
            "JMH twins of the accept and refusal paths, with the allocation profiler.",
            "Takes JMH's own arguments, -h for them: a regular expression of names, -f, -wi, -i, -rf, -rff, ..."
        })
final class JmhBench implements Callable<Integer> {
    private static final String PROFILER = "-prof";

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        Machine.print(System.out);
        List<String> all = new ArrayList<>(arguments);
        if (!all.contains(PROFILER)) {
            all.addAll(List.of(PROFILER, "gc"));
        }
        org.openjdk.jmh.Main.main(all.toArray(String[]::new));
        return 0;
    }
}
