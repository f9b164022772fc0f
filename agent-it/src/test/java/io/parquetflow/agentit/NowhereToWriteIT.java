package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Places where nothing can be written: a directory of somebody else's, a disk that is full, a root file system that is read-only.
 * Each needs root, to become somebody else or to make a mount of its own: skipped where tests do not run as root.
 */
@Execution(ExecutionMode.CONCURRENT)
class NowhereToWriteIT {
    private static final String TEMPORARY = System.getProperty("java.io.tmpdir");
    private static final String[] NOBODY = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};

    /** Its first argument is the directory that is small, the rest the command. */
    private static final String SMALL_DISK =
            """
            set -e
            mount --make-rprivate /
            mount -t tmpfs -o size=2m small "$1"
            shift
            exec "$@"
            """;

    /** Its first argument is the temporary directory, the second one stays writable or is empty, the rest is the command. */
    private static final String READ_ONLY =
            """
            set -e
            mount --make-rprivate /
            mount -t tmpfs -o size=64m shm /dev/shm
            mount --bind "$1" "$1"
            [ -z "$2" ] || mount --bind "$2" "$2"
            mount -o remount,bind,ro "$1"
            mount -o remount,bind,ro /
            if touch "$1/written" 2>/dev/null; then exit 9; fi
            shift 2
            exec "$@"
            """;

    private static final Pattern COUNTED = Pattern.compile("(?m)^counts +in +\\d+ +[1-9]");

    @TempDir
    private Path temp;

    private static String[] mounts(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return command.toArray(new String[0]);
    }

    private static void canBeRun(String... launcher) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher));
        command.addAll(List.of("test", "-r", System.getProperty("agent.jar")));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assumeTrue(process.waitFor(10, TimeUnit.SECONDS), "hangs: " + launcher[0]);
            assumeTrue(process.exitValue() == 0, launcher[0] + " ends with " + process.exitValue());
        } catch (IOException e) {
            assumeTrue(false, "no " + launcher[0] + " here: " + e.getMessage());
        }
    }

    private static void mayBeReadByAll(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What the line of the stream says. */
    private static long dropped(String status) {
        Matcher udp = Pattern.compile("(?m)^udp +in +\\d+ +(\\d+) +(\\d+) ").matcher(status);
        assertThat(udp.find()).as(status).isTrue();
        return Long.parseLong(udp.group(2));
    }

    private String status(Running receiver) throws Exception {
        return AgentJar.command(temp, "status", Long.toString(receiver.pid())).out();
    }

    @Test
    void aDirectoryOfSomebodyElses() throws Exception {
        canBeRun(NOBODY);
        Path locked = Files.createDirectory(temp.resolve("locked"));
        mayBeReadByAll(temp);
        mayBeReadByAll(locked);
        List<byte[]> feed = UdpSender.madeUp(320, 100);
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .launchedBy(NOBODY)
                        .flags(AgentJar.taps(locked, "udp"), "-Dparquetflow.slab-directory=" + TEMPORARY)
                        .start()) {
            sender.send(feed, receiver.port());
            receiver.awaitCount(320);
            String status = status(receiver);
            assertThat(dropped(status)).as(status).isEqualTo(320);
            assertThat(status).contains("sink       not open: ").contains(locked.toString());

            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxrwxrwx"));
            receiver.awaitErr("writes again");
            sender.send(feed, receiver.port());
            receiver.say("quit 640");
            Outcome outcome = receiver.end();
            assertThat(outcome.exit()).isZero();
            assertThat(outcome.quiet().ourErr())
                    .anyMatch(line -> line.contains("counted as dropped")
                            && line.contains("make " + locked + " writable for the process's user"));
        }
        assertThat(Captured.in(locked).count("true")).isEqualTo(Count.of(feed));
    }

    /** A pointcut with columns has a sink of its own. */
    @Test
    void aDirectoryThatIsAFileForAWhile() throws Exception {
        Path file = Files.writeString(temp.resolve("captured"), "in the way");
        List<byte[]> feed = UdpSender.madeUp(320, 100);
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "socket", sender)
                        .flags(AgentJar.capture(file, "io.parquetflow.agentit.Tally#count(*) as counts"))
                        .start()) {
            sender.send(feed, receiver.port());
            receiver.awaitCount(320);
            Files.delete(file);
            do { // it looks once a second
                sender.send(List.of(new byte[200]), receiver.port());
                receiver.awaitCount(sender.sent());
            } while (!COUNTED.matcher(status(receiver)).find());
            sender.send(feed, receiver.port());
            receiver.say("quit " + sender.sent());
            Outcome outcome = receiver.end();
            assertThat(outcome.count("udp").messages()).isEqualTo(sender.sent());
            assertThat(outcome.quiet().ourErr()).anyMatch(line -> line.contains("no capture of counts for now"));
        }
        assertThat(Captured.in(file).rows("select count(*), sum(length) from capture where length < 200"))
                .containsExactly("320|" + Count.of(feed).bytes());
    }

    @Test
    void aDiskThatIsFull() throws Exception {
        Path small = Files.createDirectory(temp.resolve("small"));
        String[] disk = mounts(SMALL_DISK, small.toString());
        canBeRun(disk);
        List<byte[]> feed = UdpSender.madeUp(12_000, 1_400);
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .launchedBy(disk)
                        .flags(AgentJar.taps(
                                small, "udp", "rotate-bytes=256KB", "memory-limit=16MB", "shutdown-timeout=1s"))
                        .start()) {
            sender.send(feed, receiver.port());
            receiver.awaitCount(feed.size());
            String status = status(receiver);
            receiver.say("quit " + feed.size());
            Outcome outcome = receiver.end();
            assertThat(outcome.exit()).isZero();
            assertThat(outcome.count("udp")).isEqualTo(Count.of(feed));
            assertThat(dropped(status)).as(status).isPositive();
            assertThat(status).containsIgnoringCase("no space left");
            assertThat(outcome.quiet().ourErr()).anyMatch(line -> line.contains(small.toString()));
        }
    }

    /** What it has to remark upon as it starts is in the line that says that it does. */
    @Test
    void noPlaceForTheSlab() throws Exception {
        Path directory = temp.resolve("captured");
        String nowhere = "-Dparquetflow.slab-directory=/proc/slabs";
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .flags(AgentJar.taps(directory, "udp"), nowhere)
                        .start()) {
            assertThat(status(receiver)).containsPattern("sink .*crash-safe=false: no slab .*/proc/slabs");
            receiver.say("quit 0");
            assertThat(receiver.end().quiet().ourErr())
                    .singleElement()
                    .asString()
                    .contains("captures udp to " + directory, "crash-safe=false: no slab", "/proc/slabs");
        }
        try (UdpSender sender = new UdpSender();
                Running receiver = Applications.udp(temp, "receive", sender)
                        .flags("-XX:+EnableDynamicAgentLoading", nowhere)
                        .start()) {
            Outcome attached = AgentJar.command(
                    temp, "attach", Long.toString(receiver.pid()), "taps=udp", "directory=" + directory);
            assertThat(attached.out()).contains("captures udp", "crash-safe=false: no slab", "/proc/slabs");
            receiver.say("quit 0");
            assertThat(receiver.end().quiet().ourErr()).isEmpty();
        }
    }

    /** A share on the network, say. */
    @Test
    void aDirectoryThatDoesNotAnswer() throws Exception {
        Path directory = temp.resolve("captured");
        String[] slow = {
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "--seccomp-bpf",
            "-e",
            "trace=mkdir",
            "-e",
            "inject=mkdir:delay_enter=50s"
        };
        canBeRun(slow);
        try (Running hello = Applications.hello(temp)
                .launchedBy(slow)
                .flags("-XX:-UsePerfData") // it makes a directory
                .flags(AgentJar.taps(directory, "udp"))
                .start()) {
            long startedNs = System.nanoTime();
            hello.awaitMatch(Pattern.compile("(hello)"));
            assertThat(System.nanoTime() - startedNs).isLessThan(TimeUnit.SECONDS.toNanos(25));
            assertThat(hello.soFar().ourErr()).singleElement().asString().contains("captures udp", "not answered yet");
        }
    }

    @Test
    void aRootThatIsReadOnly() throws Exception {
        Path directory = Files.createDirectory(temp.resolve("captured"));
        canBeRun(mounts(READ_ONLY, TEMPORARY, ""));
        for (String writable : List.of("", directory.toString())) {
            List<byte[]> feed = UdpSender.madeUp(320, 100);
            try (UdpSender sender = new UdpSender();
                    Running receiver = Applications.udp(temp, "receive", sender)
                            .launchedBy(mounts(READ_ONLY, TEMPORARY, writable))
                            .flags(AgentJar.taps(directory, "udp"), "-Dparquetflow.slab-directory=/dev/shm")
                            .start()) {
                sender.send(feed, receiver.port());
                receiver.say("quit 320");
                Outcome outcome = receiver.end();
                assertThat(outcome.exit()).isZero();
                assertThat(outcome.count("udp")).isEqualTo(Count.of(feed));
                if (writable.isEmpty()) {
                    assertThat(outcome.quiet().ourErr())
                            .anyMatch(
                                    line -> line.contains("counted as dropped") && line.contains(directory.toString()));
                    assertThat(directory).isEmptyDirectory();
                } else {
                    outcome.quiet();
                    assertThat(Captured.in(directory).count("true")).isEqualTo(Count.of(feed));
                }
            }
        }
    }
}
