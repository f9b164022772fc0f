package io.parquetflow.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of a thread's calls are ours. */
class SyscallTraceTest {
    @TempDir
    Path home;

    @Test
    void aCallIsNumberedAmongThoseOfItsThreadAndName() throws Exception {
        Path log = Files.writeString(
                home.resolve("strace"),
                """
                11 openat(AT_FDCWD, "/lib/libz.so", O_RDONLY) = 3</lib/libz.so>
                11 openat(AT_FDCWD, "/work/data/a", O_RDWR) = 4</work/data/a>
                13 pwrite64(7</elsewhere>, "y", 1, 0) = 1
                12 pwrite64(4</work/data/a>, "PAR1", 4, 0) = 4
                12 pwrite64(4</work/data/a>, "x"..., 900, 4 <unfinished ...>
                11 openat(AT_FDCWD, "/work/slabs/b", O_RDWR) = 5</work/slabs/b>
                12 <... pwrite64 resumed>) = 900
                12 link("/work/data/a", "/work/data/b") = 0
                11 +++ exited with 0 +++
                """);
        SyscallTrace trace = SyscallTrace.read(log, List.of(Path.of("/work/data"), Path.of("/work/slabs")));
        assertThat(trace.calls()).containsExactly("link", "openat", "pwrite64");
        assertThat(trace.ordinals("openat")).containsExactly(2, 3);
        assertThat(trace.ordinals("pwrite64")).containsExactly(1, 2);
        assertThat(trace.ordinals("link")).containsExactly(1);
        assertThat(trace.ordinals("unlink")).isEmpty();
    }
}
