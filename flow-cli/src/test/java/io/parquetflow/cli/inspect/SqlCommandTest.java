package io.parquetflow.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.cli.shell.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCommandTest {
    @TempDir
    Path directory;

    @Test
    void captureIsTheOnlySink() throws Exception {
        new SampleSegments().write(directory);

        CommandRun run = CommandRun.of(
                "sql", "select stream, count(*) n, min(ts) t from capture group by 1 order by 1", directory);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo(
                        """
                        stream        n  t
                        varchar  bigint  timestamp with time zone
                        a           150  2026-11-20T10:15:00.000000Z
                        b           150  2026-11-20T10:15:00.001000Z
                        2 rows
                        """);
        assertThat(run.code()).isZero();
    }

    @Test
    void eachSinkIsAViewAndCaptureIsAllOfThem() throws Exception {
        new SampleSegments().write(directory);
        SampleSegments other = new SampleSegments();
        other.sink = "feed-a \"x'";
        other.rows = 7;
        other.write(directory.resolve("date=2026-11-20"));
        new SampleSegments().write(directory.resolve("_recovered"));

        String counts = "select (select count(*) from feed) a, (select count(*) from \"feed-a \"\"x'\") b,"
                + " (select count(*) from capture) c";

        assertThat(CommandRun.of("sql", counts, directory, "--format", "csv").out())
                .isEqualTo("a,b,c\n300,7,307\n");
    }

    @Test
    void columnsThatOnlySomeSegmentsHaveAreUnited() throws Exception {
        DuckFile.write("select 1 a", directory.resolve("x-20261120T101500000Z-abcdefghijk27-000001.parquet"));
        DuckFile.write("select 2 a, 'n' b", directory.resolve("x-20261120T101600000Z-abcdefghijk27-000002.parquet"));

        CommandRun run = CommandRun.of("sql", "select * from x order by a", directory, "--format", "json");

        assertThat(run.out()).isEqualTo("{\"a\":1,\"b\":null}\n{\"a\":2,\"b\":\"n\"}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "a[1]*?b", "{x,y}", "back\\slash", "**", "%41~$", "semi;colon --", "\"quoted\""})
    void anyFileNameMeansThatFileOnly(String name) throws Exception {
        DuckFile.write("select 1 a", directory.resolve("a1b.parquet"));
        DuckFile.write("select 1 a", directory.resolve("x.parquet"));
        Path file = DuckFile.write("select 2 a", directory.resolve("plain"));
        Path odd = directory.resolve(name).resolve(name + ".parquet");
        Files.createDirectories(odd.getParent());
        Files.move(file, odd);

        CommandRun run = CommandRun.of("sql", "select * from capture", odd, "--format", "csv");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("a\n2\n");
    }

    @Test
    void aLongTableIsCutAndSaysSo() throws Exception {
        new SampleSegments().write(directory);

        CommandRun cut = CommandRun.of("sql", "select seq from capture order by seq", directory, "--limit", "2");
        assertThat(cut.out()).isEqualTo("   seq\nbigint\n     0\n     1\nfirst 2 rows only; --limit 0 prints all\n");

        CommandRun all = CommandRun.of("sql", "select seq from capture", directory, "--limit", "300");
        assertThat(all.out()).endsWith("300 rows\n");
    }

    @Test
    void csvQuotesWhatNeedsItAndJsonKeepsNestedValues() throws Exception {
        new SampleSegments().write(directory);
        String select = "select 'a,\"b\"' q, null n, '' e, [1,2] l, {'x': 1.50} s, '\\x00\\xFF'::blob y, 'z' q";

        assertThat(CommandRun.of("sql", select, directory, "--format", "csv").out())
                .isEqualTo("q,n,e,l,s,y,q\n\"a,\"\"b\"\"\",,\"\",\"[1,2]\",\"{\"\"x\"\":1.50}\",0x00ff,z\n");
        assertThat(CommandRun.of("sql", select, directory, "--format", "json").out())
                .isEqualTo("{\"q\":\"a,\\\"b\\\"\",\"n\":null,\"e\":\"\",\"l\":[1,2],\"s\":{\"x\":1.50},"
                        + "\"y_base64\":\"AP8=\",\"q_1\":\"z\"}\n");
    }

    @Test
    void controlCharactersDoNotReachATerminal() throws Exception {
        new SampleSegments().write(directory);
        Terminal screen = new Terminal(true, false, 80);
        String select = "select chr(27) || '[31m' || chr(10) || 'x' v";

        assertThat(CommandRun.on(screen, "sql", select, directory).out()).contains("\\u001b[31m\\nx\n");
        assertThat(CommandRun.on(screen, "sql", select, directory, "--format", "csv")
                        .out())
                .isEqualTo("v\n\\u001b[31m\\nx\n");
        assertThat(CommandRun.of("sql", select, directory, "--format", "csv").out())
                .isEqualTo("v\n\"\u001b[31m\nx\"\n");
    }

    @Test
    void parquetGoesToANewFile() throws Exception {
        new SampleSegments().write(directory);
        Path output = directory.resolve("_out").resolve("it's.parquet");
        Files.createDirectories(output.getParent());
        String select = "select seq, payload from capture where seq < 10; -- the first";

        CommandRun run = CommandRun.of("sql", select, directory, "--format", "parquet", "-o", output);
        assertThat(run.err()).isEmpty();
        assertThat(CommandRun.of("verify", output).out()).contains("ok: 1 segment, 10 rows");

        CommandRun again = CommandRun.of("sql", select, directory, "--format", "parquet", "-o", output);
        assertThat(again.err()).isEqualTo("flow: [" + output + "] exists already; choose another name or remove it\n");
        assertThat(again.code()).isEqualTo(1);

        CommandRun nowhere = CommandRun.of("sql", select, directory, "--format", "parquet");
        assertThat(nowhere.err()).contains("--format parquet needs --output FILE");
        assertThat(nowhere.code()).isEqualTo(2);
    }

    @Test
    void aFileIsNotLeftBehindByAStatementThatFails() throws Exception {
        new SampleSegments().write(directory);
        for (String format : new String[] {"csv", "parquet"}) {
            Path output = directory.resolve("out." + format);
            CommandRun run =
                    CommandRun.of("sql", "select nope from capture", directory, "--format", format, "-o", output);
            assertThat(run.code()).isEqualTo(1);
            assertThat(output).doesNotExist();
        }
    }

    @Test
    void mistakesInTheStatementAreOneLine() throws Exception {
        new SampleSegments().write(directory);

        CommandRun run = CommandRun.of("sql", "select paylod from capture", directory);

        assertThat(run.err()).startsWith("flow: sql: Binder Error: ").contains("payload");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "install httpfs",
                "load httpfs",
                "attach 'x.db'",
                "copy (select 1) to 'x.csv'",
                "set threads=1",
                "create table t(a int)",
                "select 1; copy (select 1) to 'x.csv'",
                "select * from read_text('/etc/passwd')",
                "select * from 'https://example.org/x.parquet'",
                "select * from glob('/etc/*')"
            })
    void nothingButTheSegmentsCanBeReachedOrChanged(String statement) throws Exception {
        new SampleSegments().write(directory);

        CommandRun run = CommandRun.of("sql", statement, directory);

        assertThat(run.err()).startsWith("flow: sql: ");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void otherFilesCanBeAllowed() throws Exception {
        new SampleSegments().write(directory);
        Path names = Files.writeString(directory.resolve("names.csv"), "k,v\na,first\n");
        String join = "select distinct v from capture join '" + names + "' on stream = k";

        assertThat(CommandRun.of("sql", join, directory).code()).isEqualTo(1);
        assertThat(CommandRun.of("sql", join, directory, "--allow", names, "--format", "csv")
                        .out())
                .isEqualTo("v\nfirst\n");
    }

    @Test
    void aDirectoryWithoutSegmentsIsOneLine() {
        CommandRun run = CommandRun.of("sql", "select 1", directory);

        assertThat(run.err()).startsWith("flow: [" + directory + "] no sealed segments (*.parquet) here");
        assertThat(run.code()).isEqualTo(1);
    }
}
