package io.parquetflow.bench.stress;

import io.parquetflow.bench.Fork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * jcstress as the build runs it: each test once in each of the JVM modes that matter, for a short time. It finds what
 * is broken outright; hours of {@code stress -m tough} find the rest.
 *
 * <p>No other class here has {@code Result} in its name: jcstress takes those for its own, stumbles over them, and then
 * does without padding between actors.
 */
public final class StressQuick {
    /** jcstress' entrance. */
    public static final String MAIN = "org.openjdk.jcstress.Main";

    /**
     * Arguments. Giving JVM arguments keeps jcstress from its twenty-eight combinations of compilers for each test, no
     * split compilation does the same for actors; one fork and one iteration are what is left.
     */
    public static final List<String> ARGUMENTS = List.of(
            "-m",
            "quick",
            "-f",
            "1",
            "-fsm",
            "1",
            "-iters",
            "1",
            "-time",
            "400",
            "-sc",
            "false",
            "-jvmArgs",
            "-Xmx256m");

    /** The last of these lines is the verdict. */
    private static final Pattern VERDICT = Pattern.compile(
            "\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard errs\\)");

    private StressQuick() {}

    /**
     * What came of it.
     *
     * @param exitCode of jcstress; it throws at the end, and so ends with 1, when anything forbidden was seen
     * @param planned runs
     * @param passed runs without anything forbidden
     * @param output every line
     */
    public record Verdict(int exitCode, int planned, int passed, List<String> output) {}

    /**
     * Where it leaves its results.
     *
     * @return a directory below {@code target}
     */
    public static Path home() {
        return Fork.target().resolve("jcstress");
    }

    /**
     * Runs all tests.
     *
     * @return the verdict
     * @throws IOException when jcstress cannot be started
     * @throws InterruptedException when the caller is interrupted
     */
    public static Verdict run() throws IOException, InterruptedException {
        List<String> output = new ArrayList<>();
        int exitCode = Fork.run(List.of(), MAIN, ARGUMENTS, home(), output::add);
        int planned = 0;
        int passed = 0;
        for (String line : output) {
            Matcher matcher = VERDICT.matcher(line);
            if (matcher.find()) {
                planned = Integer.parseInt(matcher.group(1));
                passed = Integer.parseInt(matcher.group(2));
            }
        }
        return new Verdict(exitCode, planned, passed, output);
    }
}
