package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of the agent when it has gone: no changed class, no thread; and what it does about a class that fails it. */
@Execution(ExecutionMode.CONCURRENT)
class DetachIT {
    private static final List<String> LOADED = List.of(
            "com.acme.Feed",
            "sun.nio.ch.DatagramChannelImpl",
            "sun.nio.ch.DatagramSocketAdaptor",
            "sun.nio.ch.SocketChannelImpl",
            "java.net.Socket$SocketInputStream",
            "java.net.Socket$SocketOutputStream");

    private static final String POINTCUTS = String.join(
            ";",
            "com.acme.Feed#onFixed(byte[]) as fixed",
            "com.acme.Late#onMessage(byte[]) as late",
            "com.acme.Feed#onUnread(java.lang.CharSequence) as unread");

    private static final Pattern CAPTURES =
            Pattern.compile("(\\d+) +\\d+ +io\\.parquetflow\\.agent\\.tap\\.Capture\\s");

    @TempDir
    private Path temp;

    private int told;

    /** Only a manifest: the class is on the application's class path. */
    private Path probe() throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Agent-Class", Probe.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        Path jar = temp.resolve("probe.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private void tell(Running desk, String line) throws Exception {
        desk.say(line);
        told++;
        desk.awaitLast("done", Integer.toString(told));
    }

    private Map<String, String> look(Running desk) throws Exception {
        tell(desk, "look 1");
        Map<String, String> classes = new LinkedHashMap<>();
        for (String name : LOADED) {
            classes.put(name, desk.soFar().value(name));
        }
        return classes;
    }

    private String command(Running desk, String command, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command, Long.toString(desk.pid())));
        arguments.addAll(List.of(more));
        Outcome outcome = AgentJar.command(temp, arguments.toArray(new String[0]));
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        return outcome.out();
    }

    private void attach(Running desk, Path segments) throws Exception {
        command(desk, "attach", "taps=udp+out+tcp+out", "capture=" + POINTCUTS, "directory=" + segments);
    }

    /** How many there are in its heap, of what can be reached. */
    private static int captures(Running desk) throws Exception {
        Process jcmd = new ProcessBuilder(
                        Jdk.ours().tool("jcmd").toString(), Long.toString(desk.pid()), "GC.class_histogram")
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(histogram).isZero();
        assertThat(histogram).contains("io.parquetflow.agent.weave.Loom");
        Matcher captures = CAPTURES.matcher(histogram);
        return captures.find() ? Integer.parseInt(captures.group(1)) : 0;
    }

    private static Count numbers(long from, long to) {
        return Count.of(LongStream.range(from, to)
                .mapToObj(i -> ByteBuffer.allocate(Long.BYTES).putLong(i).array())
                .toList());
    }

    @Test
    void nothingIsLeftAndItMayComeAgain() throws Exception {
        Path first = temp.resolve("first");
        Path second = temp.resolve("second");
        AgentJar.path();
        try (Running desk = Applications.desk(temp)
                .flags("-XX:+EnableDynamicAgentLoading", "-Djdk.attach.allowAttachSelf=true")
                .arguments(probe())
                .start()) {
            tell(desk, "call 20");
            Map<String, String> before = look(desk);
            assertThat(before.values()).allMatch(said -> said.startsWith("plain "));

            attach(desk, first);
            assertThat(look(desk).values()).allMatch(said -> said.startsWith("woven "));
            tell(desk, "call 100");
            tell(desk, "throw 130");
            assertThat(command(desk, "status"))
                    .containsPattern("fixed +in +1 +100 +0 +0")
                    .containsPattern("unread +in +1 +0 +0 +100, given up: .*unreadable");
            assertThat(captures(desk)).isEqualTo(1);
            command(desk, "stop");
            assertThat(look(desk)).isEqualTo(before);
            assertThat(desk.soFar().value("threads")).isEmpty();
            assertThat(captures(desk)).as("garbage by now").isZero();

            tell(desk, "call 50");
            tell(desk, "late 5");
            look(desk);
            assertThat(desk.soFar().value("com.acme.Late"))
                    .as("loaded afterwards")
                    .startsWith("plain ");
            assertThat(command(desk, "status")).contains("not running");

            attach(desk, second);
            tell(desk, "call 70");
            tell(desk, "late 7");
            tell(desk, "throw 10");
            assertThat(command(desk, "status"))
                    .containsPattern("late +in +1 +7 +0 +0")
                    .containsPattern("unread +in +1 +0 +0 +10\\s");
            command(desk, "stop");
            assertThat(look(desk)).isEqualTo(before);
            tell(desk, "call 5");

            desk.say("quit");
            Outcome outcome = desk.end();
            assertThat(outcome.exit()).isZero();
            assertThat(outcome.count("fixed")).isEqualTo(numbers(0, 245));
            assertThat(outcome.number("unread")).isEqualTo(140);
        }
        assertThat(Captured.in(first).rows("select stream, count(*) from capture group by 1"))
                .containsExactly("fixed|100");
        assertThat(Captured.in(first).count("true")).isEqualTo(numbers(20, 120));
        assertThat(Captured.in(second).rows("select stream, count(*) from capture group by 1 order by 1"))
                .containsExactly("fixed|70", "late|7");
        assertThat(Captured.in(second).count("stream = 'fixed'")).isEqualTo(numbers(170, 240));
    }

    /** Its method is as long as a method may be: nothing can be put into it. */
    private void compileHuge() throws IOException {
        Path source = Files.createDirectories(temp.resolve("com/acme")).resolve("Huge.java");
        Files.writeString(
                source,
                "package com.acme; public class Huge { static int x; public static void onHuge(byte[] message) {"
                        + "x++;".repeat(8_191) + "} public static void onSmall(byte[] message) {} }");
        int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-g:none", source.toString());
        assertThat(exit).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClassThatCannotBeWovenSpoilsNoOther(boolean isLoadedBefore) throws Exception {
        Path segments = temp.resolve("captured");
        AgentJar.path();
        compileHuge();
        try (Running desk = Applications.desk(temp)
                .flags("-XX:+EnableDynamicAgentLoading")
                .arguments(probe())
                .start()) {
            tell(desk, isLoadedBefore ? "huge 1" : "call 0");
            tell(desk, "call 5");
            command(desk, "attach", "capture=com.acme.*#on*(byte[]) as all", "directory=" + segments);
            tell(desk, "huge 1");
            tell(desk, "call 10");
            tell(desk, "late 3");
            assertThat(command(desk, "status"))
                    .containsPattern("all +in +4 +13 +0 +0") // none of the class that is as it was
                    .containsPattern("errors +1 classes could not be woven");
            desk.say("quit");
            Outcome outcome = desk.end();
            assertThat(outcome.exit()).isZero();
            assertThat(outcome.quiet().ourErr())
                    .singleElement()
                    .asString()
                    .contains("could not weave com.acme.Huge", "the class is as it was");
        }
        assertThat(Captured.in(segments).count("true").messages()).isEqualTo(13);
    }

    /** As of a library that is not on the class path, though a class that nobody uses yet would need it. */
    private void compilePartial() throws IOException {
        Path directory = Files.createDirectories(temp.resolve("com/acme"));
        Path source = directory.resolve("Partial.java");
        Files.writeString(
                source,
                "package com.acme; public class Partial { static class Base {} static class Missing extends Base {}"
                        + " static Base pick(boolean is) { return is ? new Missing() : new Base(); }"
                        + " public static void onPartial(byte[] message) {} }");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        Files.delete(directory.resolve("Partial$Missing.class"));
    }

    @Test
    void aClassThatTheJvmRefusesSpoilsNoOther() throws Exception {
        Path segments = temp.resolve("captured");
        AgentJar.path();
        compilePartial();
        try (Running desk = Applications.desk(temp)
                .flags("-XX:+EnableDynamicAgentLoading")
                .arguments(probe())
                .start()) {
            tell(desk, "partial 1");
            tell(desk, "call 5");
            command(desk, "attach", "capture=com.acme.*#on*(byte[]) as all", "directory=" + segments);
            tell(desk, "call 10");
            assertThat(command(desk, "status"))
                    .containsPattern("all +in +3 +10 +0 +0")
                    .containsPattern("errors +1 classes could not be woven");
            desk.say("quit");
            assertThat(desk.end().quiet().ourErr())
                    .singleElement()
                    .asString()
                    .contains("could not weave com.acme.Partial", "the class is as it was");
        }
        assertThat(Captured.in(segments).count("true")).isEqualTo(numbers(5, 15));
    }
}
