package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.LogSink;
import io.parquetflow.LogSinkBuilder;
import io.parquetflow.RecordSink;
import io.parquetflow.SinkStats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;

/** What {@link LeftOverChild} left, in a directory of its own, to be changed and recovered. */
public final class LeftOvers {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Path root;
    /** Null until it was looked for. */
    private String writer;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private LeftOvers(Path root) {
        this.root = root;
    }

    /** Has a child make them, and moves them away from where it was: copies are no copies of a living writer's. */
    public static Path make(Path root, String form, int third) throws Exception {
        Children.Result result = Children.run(Children.java(
                System.getProperty("java.class.path"),
                LeftOverChild.class,
                root.resolve("at-work/data").toString(),
                Files.createDirectories(root.resolve("at-work"))
                        .resolve("slabs")
                        .toString(),
                form,
                Integer.toString(third)));
        assertThat(result.exit()).as(result.err()).isZero();
        return Files.move(root.resolve("at-work"), root.resolve(form));
    }

    /** A copy of a sink's directory, notes and all. */
    public static LeftOvers copyAsIs(Path directory, Path data) throws IOException {
        copyTree(directory, data);
        return new LeftOvers(data.getParent());
    }

    /** A copy of them. */
    public static LeftOvers copy(Path made, Path root) throws IOException {
        copyTree(made, root);
        LeftOvers copy = new LeftOvers(root);
        if (Files.exists(copy.slabs())) {
            Files.setPosixFilePermissions(copy.slabs(), PosixFilePermissions.fromString("rwx------"));
        }
        copy.writer = copy.writer();
        copy.note(copy.slab().toAbsolutePath().toString());
        return copy;
    }

    private static void copyTree(Path made, Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(made)) {
            for (Path path : paths.sorted().toList()) {
                Path target = root.resolve(made.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    /** The sink's directory. */
    public Path data() {
        return root.resolve("data");
    }

    /** The slab's. */
    public Path slabs() {
        return root.resolve("slabs");
    }

    /** The dead writer's name. */
    public String writer() throws IOException {
        if (writer != null) {
            return writer;
        }
        String name = String.valueOf(journals().get(0).getFileName());
        return name.substring(0, name.indexOf('-'));
    }

    /** Its journal's files. */
    public List<Path> journals() throws IOException {
        return internal(".journal");
    }

    /** Files in {@code _flow} with such an ending. */
    public List<Path> internal(String ending) throws IOException {
        try (Stream<Path> paths = Files.list(data().resolve("_flow"))) {
            return paths.filter(p -> p.toString().endsWith(ending)).sorted().toList();
        }
    }

    /** Its slab. */
    public Path slab() throws IOException {
        return slabs().resolve(writer() + ".slab");
    }

    /** Its lock. */
    public Path lock() throws IOException {
        return data().resolve("_flow").resolve(writer() + ".lock");
    }

    /** Says in the lock where the slab is. */
    public void note(String text) throws IOException {
        Files.writeString(lock(), text);
    }

    /** A sink for the same, or another form. */
    public LogSinkBuilder sink(String form) {
        return LeftOverChild.builder(data(), root.resolve("new-slabs"), form)
                .diagnostics((level, line, cause) -> said.add(line));
    }

    /** Opens a sink, which recovers, and closes it. */
    public SinkStats recover(String form) throws IOException {
        if (form.equals("rows")) {
            RecordSink rows = RecordSink.open(sink(form), LeftOverChild.SCHEMA);
            assertThat(rows.close(LONG)).isTrue();
            return rows.stats();
        }
        return close(sink(form).build());
    }

    /** Closes it, and waits for the recovery. */
    public static SinkStats close(LogSink sink) {
        assertThat(sink.close(LONG)).isTrue();
        return sink.stats();
    }

    /** What was said in between. */
    public List<String> said() {
        return List.copyOf(said);
    }

    /** Values of a column of all segments, in the order of their names. */
    public List<String> texts(String column) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Group row : Segments.allRows(data())) {
            texts.add(row.getBinary(column, 0).toStringUsingUTF8());
        }
        return texts;
    }

    /** Rows of all files in a directory beside the segments, as lines of their payloads. */
    public List<String> payloadsIn(String directory) throws IOException {
        List<String> texts = new ArrayList<>();
        if (!Files.isDirectory(data().resolve(directory))) {
            return texts;
        }
        try (Stream<Path> files = Files.list(data().resolve(directory))) {
            for (Path file : files.sorted().toList()) {
                for (Group row : Segments.rows(file)) {
                    texts.add(new String(row.getBinary("payload", 0).getBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }
}
