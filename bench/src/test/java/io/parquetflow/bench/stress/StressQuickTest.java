package io.parquetflow.bench.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Actor;

/** The races that jcstress hunts, briefly. */
@Tag("machine")
class StressQuickTest {
    private static final String SUFFIX = "StressTest.class";

    @Test
    void nothingForbiddenIsSeenInTheRing() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        assumeTrue(cores >= 2, "a race needs two cores");
        StressQuick.Verdict verdict = StressQuick.run();
        String output = String.join("\n", verdict.output());
        assertThat(verdict.exitCode()).as(output).isZero();
        // A list of tests that is empty, or one that this machine cannot run, would pass as well.
        assertThat(verdict.passed()).as(output).isEqualTo(verdict.planned());
        assertThat(verdict.planned()).as(output).isGreaterThanOrEqualTo(testsFor(cores));
    }

    private static int testsFor(int cores) throws Exception {
        Path classes = Path.of(StressQuick.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(StressQuick.class.getPackageName().replace('.', '/'));
        List<String> names;
        try (Stream<Path> files = Files.list(classes)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .toList();
        }
        int count = 0;
        for (String name : names) {
            Class<?> test = Class.forName(StressQuick.class.getPackageName() + "." + name.replace(".class", ""));
            long actors = Stream.of(test.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Actor.class))
                    .count();
            count += actors <= cores ? 1 : 0;
        }
        assertThat(count).isPositive();
        return count;
    }
}
