package io.aitbc.openclaw.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** A command that was run inside the test's own process, and what it printed. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
        int exitCode = Main.run(terminal, environment, arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
