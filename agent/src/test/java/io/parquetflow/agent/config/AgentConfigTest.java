package io.parquetflow.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentConfigTest {
    @TempDir
    Path directory;

    private static AgentConfig read(String arguments) throws IOException {
        return AgentConfig.read(arguments, key -> null, key -> null);
    }

    @Test
    void commasBelongToValuesUnlessAKeyFollows() throws IOException {
        AgentConfig config =
                read("directory=/data/a,b=c/cap,taps=udp,tcp,capture=com.acme.H#on(byte[],int,int) as h,sample=1/8"
                        .replace(",b=c", ",9=c"));
        assertThat(config.sink()).containsEntry("directory", "/data/a,9=c/cap");
        assertThat(config.taps()).containsExactly(Tap.UDP, Tap.TCP);
        assertThat(config.pointcuts()).hasSize(1);
        assertThat(config.sampleOf()).isEqualTo(8);
    }

    @Test
    void outIsOfTheTapBeforeIt() throws IOException {
        AgentConfig config = read("directory=cap,taps=udp+out+tcp");
        assertThat(config.takesOut(Tap.UDP)).isTrue();
        assertThat(config.takesOut(Tap.TCP)).isFalse();
        assertThat(config.taps()).containsExactly(Tap.UDP, Tap.TCP);
    }

    @Test
    void argumentsCountBeforePropertiesBeforeTheEnvironmentBeforeAFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("flow.conf"),
                "directory=file\nname=file\nsample=1/2\ntaps=udp\nmax-payload=1KB\ncapture=A#b(byte[]);C#d(byte[])\n");
        Map<String, String> environment = Map.of("PARQUET_FLOW_NAME", "environment", "PARQUET_FLOW_SAMPLE", "1/3");
        Map<String, String> properties = Map.of("parquetflow.sample", "1/4", "parquetflow.directory", "property");
        AgentConfig config = AgentConfig.read("@" + file + ",directory=argument", properties::get, environment::get);
        assertThat(config.sink())
                .containsEntry("directory", "argument")
                .containsEntry("name", "environment")
                .containsEntry("max-payload", "1KB");
        assertThat(config.sampleOf()).isEqualTo(4);
        assertThat(config.pointcuts()).hasSize(2);
    }

    @Test
    void aGuestNeedsLess() throws IOException {
        assertThat(read("directory=cap,taps=udp").sink())
                .containsEntry("memory-limit", "32MB")
                .containsEntry("max-payload", "64KB")
                .containsEntry("jmx", "false")
                .containsEntry("name", "capture");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "directory=cap,taps=udp,rotate-byts=1",
                "directory=cap,taps=upd",
                "directory=cap,taps=out",
                "directory=cap,taps=udp,sample=2/3",
                "directory=cap,taps=udp,sample=1/0",
                "directory=cap,taps=udp,filter-local-port=9-8",
                "directory=cap,taps=udp,filter-local-port=1-70000",
                "directory=cap,taps=udp,on-missing=shout",
                "directory=cap,taps=udp,enabled=perhaps",
                "directory=cap,taps=udp,rotate-bytes=lots",
                "directory=cap,capture=nothing",
                "directory=cap,capture=A#b(byte[],)",
                "directory=cap,capture=A#b(*)->x",
                "directory=cap",
                "taps=udp",
                "udp",
                "@/no/such/file"
            })
    void whatIsWrongIsSaidWithTheKeyOrTheText(String arguments) {
        assertThatThrownBy(() -> read(arguments)).satisfies(e -> {
            String text = arguments.substring(arguments.lastIndexOf(',') + 1);
            String key = text.contains("=") ? text.substring(0, text.indexOf('=')) : text.replace("@", "");
            assertThat(e.getMessage())
                    .containsAnyOf(key, key.equals("taps") ? "directory" : key, key.equals("directory") ? "taps" : key);
        });
    }

    @Test
    void switchedOffNothingElseHasToBeRight() throws IOException {
        assertThat(read("enabled=false").isEnabled()).isFalse();
        assertThat(AgentConfig.read(null, key -> null, Map.of("PARQUET_FLOW_ENABLED", "0")::get)
                        .isEnabled())
                .isFalse();
    }
}
