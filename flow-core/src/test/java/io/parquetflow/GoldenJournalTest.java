package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.testing.LeftOvers;
import io.parquetflow.testing.Segments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals of the first release, in {@code journal-1}, are recovered by every later one. They are never made anew. */
class GoldenJournalTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"raw", "rows", "decoder"})
    void aJournalOfTheFirstReleaseIsRecovered(String form) throws Exception {
        Path golden = Path.of(
                GoldenJournalTest.class.getResource("/journal-1/" + form).toURI());
        LeftOvers left = LeftOvers.copy(golden, folder.resolve("copy"));
        List<String> lines = new ArrayList<>();
        lines.add("recovered=" + left.recover(form).recovered());
        String column = form.equals("raw") ? "payload" : "text";
        String ours = form.equals("raw") ? "" : "_";
        for (Group row : Segments.allRows(left.data())) {
            lines.add(row.getLong(ours + "seq", 0) + " " + row.getString(ours + "stream", 0) + " "
                    + row.getString(ours + "writer", 0) + " lost=" + row.getLong(ours + "lost", 0) + " "
                    + row.getBinary(column, 0).toStringUsingUTF8());
        }
        left.payloadsIn("_rejects").forEach(payload -> lines.add("rejected " + payload));
        assertThat(lines).isEqualTo(Files.readAllLines(golden.resolve("rows.txt")));
        assertThat(left.internal("")).isEmpty();
    }
}
