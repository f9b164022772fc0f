package io.parquetflow.agent.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartsTest {
    /** As a library has it. */
    public static class Event {
        private final String kept = "kept";

        public String data() {
            return "data of " + kept;
        }

        public String getText() {
            return "text of " + kept;
        }

        public String fails() {
            throw new IllegalStateException("not now: " + kept);
        }
    }

    /** As an application has it: nobody else may call it. */
    private static final class Own extends Event {
        private String note() {
            return "own note";
        }

        @SuppressWarnings("UnusedMethod") // called by its name
        String getBody() {
            return note().replace("note", "body");
        }
    }

    @Test
    void aPartIsAMethodOrAGetterOrAFieldWhateverThereIs() {
        for (Event event : new Event[] {new Event(), new Own()}) {
            assertThat(new Parts("data").of(event)).isEqualTo("data of kept");
            assertThat(new Parts("text").of(event)).isEqualTo("text of kept");
            assertThat(new Parts("getText").of(event)).isEqualTo("text of kept");
            assertThat(new Parts("kept").of(event)).isEqualTo("kept");
            assertThat(new Parts("none").of(event)).isNull();
        }
        assertThat(new Parts("data").of(null)).isNull();
    }

    @Test
    void whatTheApplicationThrowsIsNoPart() {
        assertThat(new Parts("fails").of(new Event())).isNull();
    }

    @Test
    void whatTheJdkKeepsToItselfIsAFailure() {
        Parts value = new Parts("value");
        assertThatThrownBy(() -> value.of("text"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot read java.lang.String.value");
    }

    @Test
    void itNeedNotBePublic() {
        assertThat(new Parts("note").of(new Own())).isEqualTo("own note");
        assertThat(new Parts("body").of(new Own())).isEqualTo("own body");
    }
}
