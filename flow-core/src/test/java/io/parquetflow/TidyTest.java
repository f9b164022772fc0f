package io.parquetflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.testing.JavaSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a machine can check of how the repository looks. Every check is also shown something that is not tidy. */
class TidyTest {
    private static final String CORE = "flow-core";
    /** Parts of other people's processes: nothing of theirs is ours to print on. */
    private static final List<String> LIBRARIES = List.of(CORE, "appender-logback", "appender-log4j", "agent");

    private static final int MOST_LINES_OF_A_FILE = 500;
    private static final int MOST_LINES_OF_A_METHOD = 70;

    /** Package, and what of ours it may name. Anything else is an arrow that the design does not have. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "io.parquetflow",
            Set.of("log", "capture", "ring", "journal", "file", "mapping", "column", "spi"),
            "io.parquetflow.spi",
            Set.of(),
            "io.parquetflow.log",
            Set.of("", "column", "spi"),
            "io.parquetflow.capture",
            Set.of("ring", "journal", "file", "column", "spi"),
            "io.parquetflow.ring",
            Set.of(),
            "io.parquetflow.journal",
            Set.of(),
            "io.parquetflow.file",
            Set.of("column", "spi"),
            "io.parquetflow.mapping",
            Set.of("column", "spi"),
            "io.parquetflow.column",
            Set.of("spi"));

    private static final Set<String> WITHOUT_PARQUET =
            Set.of("io.parquetflow.spi", "io.parquetflow.ring", "io.parquetflow.journal");

    private static final Pattern OURS = Pattern.compile("\\bio\\.parquetflow((?:\\.[a-z]\\w*)*)");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    private static final Pattern PRINTING = Pattern.compile("\\bSystem\\.(out|err)\\b|\\.printStackTrace\\(\\)");
    private static final Pattern EMPTY_NAME =
            Pattern.compile(".+(Manager|Helper|Util|Utils|Impl|Factory|Provider)|Util|Utils");
    private static final Pattern THREADS = Pattern.compile("(?i)\\bthread-safe\\b|\\bany thread\\b|\\bconfined to\\b");
    /** In backticks: dots and packages in front, members behind. */
    private static final Pattern NAMED_TYPE =
            Pattern.compile("`(?:[a-z]\\w*\\.)*(?<type>[A-Z]\\w*[a-z]\\w*)(?:[.#(<\\[][^`\\n]*)?`");

    /** Types of others that documents may name, and words that look like types. */
    private static final Set<String> FOREIGN = Set.of(
            "AsyncAppender",
            "ByteBuf",
            "CharSequence",
            "DatagramChannel",
            "DatagramSocket",
            "DirectBuffer",
            "Image",
            "IoBuffer",
            "MemorySegment",
            "MutableDirectBuffer",
            "Outer",
            "Socket",
            "SocketChannel",
            "StringBuilder",
            "UnsafeBuffer",
            "Runtime",
            "ByteBuffer",
            "Closeable",
            "Duration",
            "FileChannel",
            "IOException",
            "KiB",
            "Instant",
            "LockSupport",
            "MDC",
            "MXBean",
            "MessageType",
            "Path",
            "Properties",
            "String",
            "System",
            "Thread",
            "ThreadFactory",
            "ThreadLocal",
            "ThreadMXBean",
            "Types",
            "VarHandle",
            "Throwable");

    private static Path root;
    private static List<String> modules;
    private static List<JavaSource> main;

    @BeforeAll
    static void readEverything() throws IOException {
        root = Path.of(System.getProperty("project.root"));
        modules = new ArrayList<>();
        Matcher m = Pattern.compile("<module>([^<]+)</module>").matcher(Files.readString(root.resolve("pom.xml")));
        while (m.find()) {
            modules.add(m.group(1));
        }
        assertThat(modules).contains(CORE);
        main = sources("main", modules);
        assertThat(main).hasSizeGreaterThan(50);
    }

    private static List<JavaSource> sources(String set, List<String> of) throws IOException {
        List<JavaSource> all = new ArrayList<>();
        for (String module : of) {
            all.addAll(JavaSource.under(root, module, set));
        }
        return all;
    }

    private static JavaSource java(String... lines) {
        return JavaSource.of("Some.java", String.join("\n", lines) + "\n");
    }

    // ---- packages

    private static List<String> wrongArrows(JavaSource source) {
        String own = source.packageName();
        Set<String> allowed = ARROWS.get(own);
        if (allowed == null) {
            return List.of(
                    source.path() + ": package " + own + " has no arrows: add it to the design and to this test");
        }
        List<String> wrong = new ArrayList<>();
        Matcher m = OURS.matcher(source.code());
        while (m.find()) {
            String target = m.group();
            String part = m.group(1).replaceFirst("\\.", "");
            if (!target.equals(own) && !allowed.contains(part)) {
                wrong.add(source.path() + ": " + own + " -> " + target);
            }
        }
        checkForeign(source, own, wrong);
        return wrong;
    }

    private static void checkForeign(JavaSource source, String own, List<String> wrong) {
        if (source.code().contains("com.lmax.") && !own.equals("io.parquetflow.ring")) {
            wrong.add(source.path() + ": " + own + " -> com.lmax");
        }
        if (source.code().contains("org.apache.parquet.") && WITHOUT_PARQUET.contains(own)) {
            wrong.add(source.path() + ": " + own + " -> org.apache.parquet");
        }
        if (source.code().contains("org.apache.hadoop.")) {
            wrong.add(source.path() + ": " + own + " -> org.apache.hadoop");
        }
    }

    @Test
    void packagesNameOnlyWhatTheDesignAllows() throws Exception {
        assertThat(sources("main", List.of(CORE)).stream().flatMap(s -> wrongArrows(s).stream()))
                .isEmpty();
    }

    @Test
    void aWrongArrowIsSeenWhereverItStands() {
        assertThat(wrongArrows(java("package io.parquetflow.ring;", "import io.parquetflow.spi.Codec;")))
                .hasSize(1);
        assertThat(wrongArrows(java("package io.parquetflow.spi;", "class A { io.parquetflow.LogSink b; }")))
                .hasSize(1);
        assertThat(wrongArrows(java("package io.parquetflow.file;", "import static io.parquetflow.ring.Slab.MARKER;")))
                .hasSize(1);
        assertThat(wrongArrows(java("package io.parquetflow.capture;", "import com.lmax.disruptor.Sequence;")))
                .hasSize(1);
        assertThat(wrongArrows(java("package io.parquetflow.ring;", "import org.apache.parquet.schema.Types;")))
                .hasSize(1);
        assertThat(wrongArrows(java("package io.parquetflow.file;", "import org.apache.hadoop.fs.Path;")))
                .hasSize(1);
        assertThat(wrongArrows(java("package io.parquetflow.misc;"))).hasSize(1);
        assertThat(wrongArrows(java("package io.parquetflow.spi;", "// import io.parquetflow.LogSink;")))
                .isEmpty();
        assertThat(wrongArrows(java("package io.parquetflow.file;", "import io.parquetflow.spi.Codec;")))
                .isEmpty();
    }

    // ---- length

    private static List<String> tooLong(JavaSource source) {
        List<String> found = new ArrayList<>();
        if (source.lines() > MOST_LINES_OF_A_FILE) {
            found.add(source.path() + ": lines=" + source.lines());
        }
        for (JavaSource.Method method : source.methods()) {
            if (method.lines() > MOST_LINES_OF_A_METHOD) {
                found.add(
                        source.path() + ":" + method.line() + ": " + method.signature() + ": lines=" + method.lines());
            }
        }
        return found;
    }

    @Test
    void filesAndMethodsFitTheEye() {
        assertThat(main.stream().flatMap(s -> tooLong(s).stream())).isEmpty();
    }

    @Test
    void aLongFileAndALongMethodAreSeen() {
        String body = "    if (a) { b(); }\n".repeat(MOST_LINES_OF_A_METHOD - 2);
        assertThat(tooLong(java("class Some {", "void fits() {", body + "}", "}")))
                .isEmpty();
        assertThat(tooLong(java("class Some {", "@Override", "void tooLong(int a) throws B {", body + "}", "}")))
                .containsExactly("Some.java:2: @Override void tooLong(int a) throws B: lines=71");
        assertThat(tooLong(java("\n".repeat(MOST_LINES_OF_A_FILE)))).containsExactly("Some.java: lines=501");
        assertThat(main.stream().mapToInt(s -> s.methods().size()).sum()).isGreaterThan(300);
    }

    // ---- words

    private static List<String> matches(JavaSource source, Pattern pattern, String in) {
        List<String> found = new ArrayList<>();
        Matcher m = pattern.matcher(in);
        while (m.find()) {
            found.add(source.path() + ": " + m.group());
        }
        return found;
    }

    @Test
    void nothingIsLeftForLater() throws Exception {
        List<JavaSource> all = new ArrayList<>(main);
        all.addAll(sources("test", modules));
        assertThat(all.stream().flatMap(s -> matches(s, UNFINISHED, s.text()).stream()))
                .isEmpty();
        JavaSource unfinished = java("class Some {} // FIX" + "ME soon");
        assertThat(matches(unfinished, UNFINISHED, unfinished.text())).hasSize(1);
    }

    @Test
    void librariesDoNotPrint() throws Exception {
        assertThat(sources("main", LIBRARIES).stream()
                        .filter(s -> !s.path().endsWith("StandardError.java")) // the one place, and it says why
                        .flatMap(s -> matches(s, PRINTING, s.code()).stream()))
                .isEmpty();
        JavaSource prints = java("class Some { void a() { System.err.println(1); e.printStackTrace(); } }");
        assertThat(matches(prints, PRINTING, prints.code())).hasSize(2);
    }

    @Test
    void namesSaySomething() {
        assertThat(main.stream()
                        .flatMap(s -> s.types().stream())
                        .filter(n -> EMPTY_NAME.matcher(n).matches()))
                .isEmpty();
        assertThat(java("final class SegmentManager {}", "interface B { record FooUtils(int a) {} }")
                        .types())
                .containsExactly("SegmentManager", "B", "FooUtils")
                .filteredOn(n -> EMPTY_NAME.matcher(n).matches())
                .containsExactly("SegmentManager", "FooUtils");
    }

    // ---- comments

    private static boolean saysWhichThreads(JavaSource source) {
        return switch (source.publicKind()) {
            case "class", "interface" -> THREADS.matcher(source.classComment()).find();
            default -> true;
        };
    }

    @Test
    void everyPublicTypeSaysWhichThreadsMayUseIt() throws Exception {
        List<JavaSource> core = sources("main", List.of(CORE));
        assertThat(core.stream().filter(s -> s.publicKind().equals("class"))).hasSizeGreaterThan(15);
        assertThat(core.stream().filter(s -> !saysWhichThreads(s)).map(JavaSource::path))
                .isEmpty();
    }

    @Test
    void aTypeThatDoesNotSaySoIsSeen() {
        assertThat(saysWhichThreads(java("/** Does it. */", "public final class Some {}")))
                .isFalse();
        assertThat(saysWhichThreads(java("public interface Some {}"))).isFalse();
        assertThat(saysWhichThreads(java("/** Thread-safe. */", "", "import a.B;", "", "public class Some {}")))
                .isFalse();
        assertThat(saysWhichThreads(
                        java("/**", " * Does it. Not", " * thread-safe.", " */", "@A(\"b\")", "public class Some {}")))
                .isTrue();
        assertThat(saysWhichThreads(java("public enum Some {}"))).isTrue();
        assertThat(saysWhichThreads(java("class Some {}"))).isTrue();
    }

    // ---- documents

    private static Set<String> unknownTypes(String document, Set<String> known) {
        Set<String> unknown = new HashSet<>();
        Matcher m = NAMED_TYPE.matcher(document);
        while (m.find()) {
            String name = m.group("type");
            if (!known.contains(name) && !FOREIGN.contains(name)) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    private static List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String directory : new String[] {"", "docs"}) {
            Path path = root.resolve(directory);
            if (Files.isDirectory(path)) {
                try (Stream<Path> files = Files.list(path)) {
                    files.filter(p -> p.toString().endsWith(".md")).sorted().forEach(found::add);
                }
            }
        }
        return found;
    }

    @Test
    void documentsNameOnlyTypesThatExist() throws Exception {
        Set<String> known = new HashSet<>();
        for (JavaSource source : main) {
            known.addAll(source.types());
        }
        for (JavaSource source : sources("test", modules)) {
            known.addAll(source.types());
        }
        for (Path document : documents()) {
            assertThat(unknownTypes(Files.readString(document, StandardCharsets.UTF_8), known))
                    .as(root.relativize(document).toString())
                    .isEmpty();
        }
    }

    @Test
    void aTypeThatIsGoneIsSeen() {
        String document = "`LogSink`, `LogSink.open(path)`, `Gone`, `io.parquetflow.GoneToo`, `GoneThree#now`,"
                + " Gone, `PAR1`, `SELECT`, `gone`, `System.Logger`, `a Gone b`, `List<Gone>`";
        assertThat(unknownTypes(document, Set.of("LogSink", "List")))
                .containsExactlyInAnyOrder("Gone", "GoneToo", "GoneThree");
    }
}
