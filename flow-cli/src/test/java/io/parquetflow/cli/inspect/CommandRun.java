package io.parquetflow.cli.inspect;

import io.parquetflow.cli.Flow;
import io.parquetflow.cli.shell.Session;
import io.parquetflow.cli.shell.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/**
 * One run of the command line, its output caught.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err what it complained about
 */
record CommandRun(int code, String out, String err) {
    static CommandRun of(Object... words) {
        return on(Terminal.PLAIN, words);
    }

    static CommandRun on(Terminal terminal, Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Flow.commandLine(new Flow(new Session(terminal)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
        return new CommandRun(code, out.toString(), err.toString());
    }
}
