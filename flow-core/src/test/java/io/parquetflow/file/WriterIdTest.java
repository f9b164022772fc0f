package io.parquetflow.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A writer's name. */
class WriterIdTest {
    @Test
    void namesAreThirteenCharactersOfBase32AndNeverTheSame() {
        Set<String> ids = new HashSet<>();
        Set<Character> letters = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = WriterId.random();
            assertThat(id).matches("[a-z2-7]{13}");
            assertThat(ids.add(id)).as(id).isTrue();
            letters.add(id.charAt(0));
        }
        assertThat(letters).hasSize(32);
    }
}
