package io.parquetflow.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.agent.config.AgentConfig;
import io.parquetflow.agent.tap.Capture;
import io.parquetflow.agent.tap.CaptureSettings;
import io.parquetflow.agent.tap.Direction;
import io.parquetflow.agent.tap.Filter;
import io.parquetflow.agent.tap.Point;
import io.parquetflow.agent.tap.Reading;
import io.parquetflow.agent.tap.StackOwners;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissingTest {
    private static final long START_NS = -1_000; // the clock may begin anywhere
    private static final long AFTER_NS = 30_000_000_000L;

    private final List<String> said = new ArrayList<>();
    private final Missing missing = new Missing(START_NS, Duration.ofNanos(AFTER_NS), said::add);
    private final Capture capture = new Capture(
            new CaptureSettings(1, 1, new Filter(0, 65_535, null), Set.of()), null, new StackOwners(line -> {}));
    private final Point here = capture.add("here", Direction.IN, Reading.WHOLE);
    private final Point otherPlace = capture.add("here", Direction.IN, Reading.PART);
    private final Point gone = capture.add("gone", Direction.IN, Reading.WHOLE);

    private static AgentConfig config(String more) throws IOException {
        return AgentConfig.read(
                "directory=/none,capture=com.acme.Here#on(byte[]) as here;com.acme.Gone#on(byte[]) as gone" + more);
    }

    @Test
    void tellsOnceOfWhatMatchedNothingForAWhile() throws IOException {
        otherPlace.wove("com.acme.Here#on");
        missing.tell(START_NS + AFTER_NS - 1, config(""), capture.points());
        assertThat(said).as("too early").isEmpty();
        missing.tell(START_NS + AFTER_NS, config(""), capture.points());
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("no method matches com.acme.Gone#on(byte[]) as gone so far");
        missing.tell(START_NS + 2 * AFTER_NS, config(""), capture.points());
        assertThat(said).hasSize(1);
    }

    @Test
    void saysNothingWhereAllWereFound() throws IOException {
        here.wove("com.acme.Here#on");
        gone.wove("com.acme.Gone#on");
        missing.tell(START_NS + AFTER_NS, config(""), capture.points());
        assertThat(said).isEmpty();
    }

    @Test
    void saysNothingWhereNobodyWantsToKnow() throws IOException {
        missing.tell(START_NS + AFTER_NS, config(",on-missing=ignore"), capture.points());
        assertThat(said).isEmpty();
        missing.tell(START_NS + AFTER_NS, config(""), capture.points());
        assertThat(said).as("since a reload").hasSize(2);
    }

    @Test
    void aMethodThatIsWovenAgainIsTheSameOne() {
        here.wove("com.acme.Here#on");
        here.wove("com.acme.Here#on");
        here.wove("com.acme.Here#off");
        assertThat(here.woven()).isEqualTo(2);
    }
}
