package io.parquetflow.agentit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection by TCP: the chunks in the segments, one after the other, are the stream, both ways. */
@Execution(ExecutionMode.CONCURRENT)
class TcpIT {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"channel", "scatter", "socket", "bytes", "streams"})
    void theChunksAreTheStream(String way) throws Exception {
        byte[] stream = UdpSender.madeUp(1, 30_000).get(0);
        Path segments = temp.resolve("captured");
        try (Running server = Applications.tcp(temp, way)
                .flags(AgentJar.taps(segments, AgentJar.withOut("tcp")))
                .start()) {
            int port = server.port();
            Applications.sendByTcp(stream, port);
            Count counted = server.end().count("tcp");
            Captured captured = Captured.in(segments);
            assertThat(captured.count("direction = 'in'")).isEqualTo(counted);
            assertThat(counted.sha256()).isEqualTo(Count.of(List.of(stream)).sha256());
            assertThat(captured.rows("select hex(payload) from capture where direction = 'out'"))
                    .containsExactly(String.format("%016X", stream.length));
            assertThat(captured.rows("select distinct stream, local, truncated from capture"))
                    .containsExactly("tcp|127.0.0.1:" + port + "|false");
            assertThat(captured.number("select count(distinct remote) from capture"))
                    .isEqualTo(1);
            assertThat(captured.lost()).isZero();
        }
    }
}
