package io.parquetflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.spi.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fault that comes again and again does not fill the log. */
class ComplaintsTest {
    private final List<String> said = new ArrayList<>();
    private final Diagnostics diagnostics = (level, line, cause) -> said.add(level + " " + line + " " + cause);
    private final Complaints complaints = new Complaints(diagnostics, "feed");

    @Test
    void theFirstLineIsSaidAndTheNextWithinAMinuteAreNot() {
        for (int i = 0; i < 1_000; i++) {
            complaints.complain(Diagnostics.Level.WARN, "writing fails", null);
        }
        assertThat(said).containsExactly("WARN sink feed: writing fails null");
    }

    @Test
    void whatHappensOnceIsSaidRegardless() {
        complaints.complain(Diagnostics.Level.WARN, "writing fails", null);
        complaints.say(Diagnostics.Level.INFO, "writing again", null);
        assertThat(said).containsExactly("WARN sink feed: writing fails null", "INFO sink feed: writing again null");
    }

    @Test
    void aLoggerThatFailsIsNoTroubleOfOurs() {
        Complaints unheard = new Complaints(
                (level, line, cause) -> {
                    throw new IllegalStateException("no log today");
                },
                "feed");
        unheard.complain(Diagnostics.Level.ERROR, "writing fails", null);
        unheard.say(Diagnostics.Level.INFO, "writing again", null);
        assertThat(said).isEmpty();
    }
}
