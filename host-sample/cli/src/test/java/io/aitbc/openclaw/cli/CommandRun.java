package io.aitbc.openclaw.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A command that was run inside the test's own process, and what it printed. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(Map<String, String> environment, String... arguments) {
        return reading("", environment, arguments);
    }

    /** @param in what it finds on standard input */
    static CommandRun reading(String in, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
        InputStream input = new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
        int exitCode = Main.run(new CommandContext(terminal, input, environment), arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
