package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an agent must leave to the application to start: its logging, its management, its files. */
@Execution(ExecutionMode.CONCURRENT)
class HygieneIT {
    /** Nor is there any need of a place for temporary files. An application that sets its own log manager or platform beans needs to be the first. */
    private static final List<String> NOT_OURS = List.of(
            "java.util.logging.",
            "sun.util.logging.",
            "java.lang.management.",
            "javax.management.",
            "sun.management.",
            "com.sun.jmx.",
            "java.net.http.",
            "jdk.internal.net.http.",
            "java.sql.",
            // whoever asks for a temporary file
            "java.io.File$TempDirectory",
            "java.nio.file.TempFileHelper",
            "com.github.luben.zstd.util.");

    private static final Pattern CLASS = Pattern.compile("^\\[[^]]*]\\S* ([\\w.$]+)");

    @TempDir
    private Path temp;

    private Set<String> classes(Path tmp, String... flags) throws Exception {
        Path log = temp.resolve("classes-" + flags.length);
        Outcome outcome = Applications.hello(temp)
                .flags("-Xlog:class+load:file=" + log, "-Djava.io.tmpdir=" + tmp)
                .flags(flags)
                .start()
                .end();
        assertThat(outcome.exit()).isEqualTo(7);
        assertThat(outcome.out()).isEqualTo("hello\n");
        assertThat(outcome.foreignErr()).containsExactly("hello, operator");
        try (var lines = Files.lines(log)) {
            return lines.map(CLASS::matcher)
                    .filter(Matcher::find)
                    .map(line -> line.group(1))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void premainStartsNothingThatIsTheApplicationsAndLeavesNothing() throws Exception {
        Path tmp = Files.createDirectory(temp.resolve("tmp"));
        Path segments = temp.resolve("captured");
        Set<String> without = classes(tmp);
        Set<String> with = classes(
                tmp,
                AgentJar.taps(segments, AgentJar.all("udp", "tcp", "netty", "aeron", "quickfixj")),
                "-Dwith=agent");
        assertThat(with).contains("io.parquetflow.agentit.Hello", "io.parquetflow.agent.control.Session");
        with.removeAll(without);
        assertThat(with.stream().filter(name -> NOT_OURS.stream().anyMatch(name::startsWith)))
                .isEmpty();
        assertThat(tmp).isEmptyDirectory();
        assertThat(Captured.in(segments).segments()).isEmpty();
    }
}
