package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parquetflow.spi.Durability;
import io.parquetflow.testing.FaultyProcess;
import io.parquetflow.testing.Tracer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each error, of each system call, once, later and for ever, in a process that goes on, closes or is killed meanwhile: the
 * account stays exact, and what was accepted is read back, each record once.
 */
@Tag("machine")
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixTest {
    private static final List<String> ERRORS = List.of("EIO", "ENOSPC", "EROFS", "EMFILE");
    private static final int RECORDS = 2_000;

    /** Four rotations of what is recorded; the smallest ring, so that it is full at once where nothing is taken out. */
    private static final String SIZES =
            "ring-bytes=64KB\nmax-payload=4KB\nrow-group-bytes=64KB\nrotate-rows=500\ncodec=uncompressed\n";

    /** How a case ends. */
    private enum End {
        /** The faults last until after the close, but they are few. */
        CLOSED,
        /** The faults end, and it resumes. */
        HEALED,
        /** At its deadline, amid faults; the next start has the rest. */
        DEADLINE,
        /** -9, amid faults. */
        KILLED
    }

    /** Of a row of the matrix; {@code when} as strace has it. */
    private record Case(String error, String when, boolean fromTheStart, End end) {
        String name() {
            return error + "-" + when.replace("+", "-and-on") + (fromTheStart ? "-at-start" : "") + "-" + end;
        }
    }

    @TempDir
    Path home;

    @BeforeAll
    static void canTrace() throws Exception {
        assumeTrue(Tracer.works(), "strace is not installed, or may not attach here");
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> rows() {
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put("open", "open,openat");
        calls.put("write", "pwrite64");
        calls.put("fsync", "fsync,fdatasync");
        calls.put("rename", "link,linkat,rename,renameat,renameat2");
        calls.put("unlink", "unlink,unlinkat");
        calls.put("truncate", "ftruncate,truncate");
        return Stream.of(Durability.PROCESS, Durability.POWER, Durability.OFF).flatMap(mode -> calls.entrySet().stream()
                .filter(call -> mode == Durability.POWER || !call.getKey().equals("fsync")) // others never force
                .map(call -> org.junit.jupiter.params.provider.Arguments.of(call.getKey(), call.getValue(), mode)));
    }

    private static List<Case> cases(String call, Durability mode) {
        List<Case> cases = new ArrayList<>();
        if (!call.equals("truncate")) { // before anything has failed there is nothing to cut back
            cases.add(new Case("EMFILE", "1", true, End.HEALED));
            cases.add(new Case("ENOSPC", "1+", true, End.HEALED));
        }
        for (String error : ERRORS) {
            cases.add(new Case(error, "1", false, End.CLOSED));
            cases.add(new Case(error, "3", false, End.CLOSED));
            cases.add(new Case(error, "1+", false, End.HEALED));
        }
        if (mode != Durability.OFF) { // without a journal both lose what is not sealed
            cases.add(new Case("ENOSPC", "1+", false, End.DEADLINE));
            cases.add(new Case("EIO", "2+", false, End.DEADLINE));
            cases.add(new Case(mode == Durability.POWER ? "EROFS" : "EIO", "2+", false, End.KILLED));
        }
        return cases;
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("rows")
    void aCallThatFailsCostsNoAcceptedRecord(String call, String calls, Durability mode) throws Exception {
        Map<String, BitSet> taken = new LinkedHashMap<>();
        long injected = 0;
        try (FaultyProcess process = FaultyProcess.start(home, SIZES + "durability=" + mode, Map.of())) {
            warmUp(process);
            for (Case one : cases(call, mode)) {
                Path log = home.resolve(one.name() + ".strace");
                injected += run(process, one, injections(call, calls, one), log);
                taken.put(one.name(), process.taken());
            }
        }
        // Of those few calls that a short run makes, the third may not come, and a kill may come first.
        assertThat(injected).isGreaterThanOrEqualTo(cases(call, mode).size() / 2);
        for (Map.Entry<String, BitSet> one : taken.entrySet()) {
            Path directory = home.resolve(one.getKey());
            FaultyProcess.reopen(directory);
            FaultyProcess.assertExactly(one.getValue(), directory);
        }
    }

    /** Classes that are loaded, threads that are started: none of it is to fail. */
    private static void warmUp(FaultyProcess process) throws Exception {
        assertThat(process.build("first")).isTrue();
        process.ask("record " + RECORDS);
        assertThat(process.ask("close 20000")).containsEntry("all", "true");
    }

    /** Nothing is cut back unless a write has failed. */
    private static List<String> injections(String call, String calls, Case one) {
        List<String> injections = new ArrayList<>();
        injections.add(calls + ":error=" + one.error() + ":when=" + one.when());
        if (call.equals("truncate")) {
            injections.add("pwrite64:error=ENOSPC:when=2..6");
        }
        return injections;
    }

    private static long run(FaultyProcess process, Case one, List<String> injections, Path log) throws Exception {
        boolean built = !one.fromTheStart() && process.build(one.name());
        Tracer tracer = Tracer.attach(process.pid(), log, injections);
        try (tracer) {
            if (!built && !process.build(one.name())) {
                return tracer.injected(); // refused, and said so
            }
            process.ask("record " + RECORDS);
            switch (one.end()) {
                case CLOSED ->
                    assertThat(process.ask("close 20000")).as(one.name()).containsEntry("all", "true");
                case DEADLINE -> process.ask("close 200");
                case KILLED -> process.kill();
                case HEALED -> process.ask("rotate 20");
            }
        }
        if (one.end() == End.HEALED) {
            assertThat(process.ask("resume 5000")).as(one.name()).containsEntry("state", "RUNNING");
            process.ask("record 100");
            assertThat(process.ask("close 20000")).as(one.name()).containsEntry("all", "true");
        }
        if (one.end() != End.KILLED) {
            assertThat(process.number("abandoned")).as(one.name()).isZero();
        }
        return tracer.injected();
    }
}
