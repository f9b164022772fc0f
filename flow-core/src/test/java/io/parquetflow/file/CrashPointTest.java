package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parquetflow.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process dies where it is told to, and only there. */
class CrashPointTest {
    private static final String NAME = "seal.after-name";

    /** Reaches two places, three times each, saying so. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            for (int i = 1; i <= 3; i++) {
                CrashPoint.reached("recovery.end");
                System.out.println(i);
                CrashPoint.reached(NAME);
            }
        }
    }

    private static List<String> run(String value, int expectedExitCode) throws Exception {
        List<String> flags = value == null ? List.of() : List.of("-D" + CrashPoint.PROPERTY + "=" + value);
        Process process = new ProcessBuilder(
                        ChildJvm.command(System.getProperty("java.class.path"), flags, Child.class))
                .redirectErrorStream(true)
                .start();
        List<String> said = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("%s", said).isEqualTo(expectedExitCode);
        return said;
    }

    @Test
    void itHaltsAtTheFirstTimeWithoutHooks() throws Exception {
        assertThat(run(NAME, CrashPoint.EXIT_CODE)).containsExactly("1");
    }

    @Test
    void itHaltsAtTheTimeThatIsGiven() throws Exception {
        assertThat(run(NAME + ":3", CrashPoint.EXIT_CODE)).containsExactly("1", "2", "3");
        assertThat(run(NAME + ":4", 0)).containsExactly("1", "2", "3", "hook");
    }

    @Test
    void withoutThePropertyItIsNothing() throws Exception {
        assertThat(run(null, 0)).containsExactly("1", "2", "3", "hook");
    }

    @Test
    void aNameThatNothingReachesIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> CrashPoint.Armed.parse("seal.sometime"))
                .withMessageStartingWith(
                        "parquetflow.crash-point=seal.sometime: wanted is name[:n], n from 1, name one of [");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CrashPoint.Armed.parse(NAME + ":0"));
        assertThat(CrashPoint.NAMES).doesNotHaveDuplicates();
    }
}
