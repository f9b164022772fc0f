package io.parquetflow.agent.tap;

import static org.assertj.core.api.Assertions.assertThat;

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
            assertThat(Parts.of(event, "data")).isEqualTo("data of kept");
            assertThat(Parts.of(event, "text")).isEqualTo("text of kept");
            assertThat(Parts.of(event, "getText")).isEqualTo("text of kept");
            assertThat(Parts.of(event, "kept")).isEqualTo("kept");
            assertThat(Parts.of(event, "none")).isNull();
        }
        assertThat(Parts.of(null, "data")).isNull();
    }

    @Test
    void itNeedNotBePublic() {
        assertThat(Parts.of(new Own(), "note")).isEqualTo("own note");
        assertThat(Parts.of(new Own(), "body")).isEqualTo("own body");
    }
}
