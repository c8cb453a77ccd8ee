package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Where {@code ./run} arrives. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        LoggingSetup.bridgeJavaLogging();
        Map<String, String> environment = System.getenv();
        Terminal terminal = new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Terminal.wantsColour(environment));
        System.exit(run(new CommandContext(terminal, System.in, environment), arguments));
    }

    /** Runs one command to its end. */
    static int run(CommandContext context, String... arguments) {
        Terminal terminal = context.terminal();
        CommandLine commands = Commands.of(context, List.of(arguments));
        commands.setOut(terminal.out());
        commands.setErr(terminal.err());
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        commands.setExecutionStrategy(Main::execute);
        commands.setExecutionExceptionHandler((failure, command, parsed) -> report(terminal, failure));
        return commands.execute(arguments);
    }

    /** Help for a command that does not exist would look as if it did. */
    private static int execute(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult each = parsed;
        while (each != null) {
            if (!each.unmatched().isEmpty()) {
                throw new CommandLine.UnmatchedArgumentException(
                        each.commandSpec().commandLine(), each.unmatched());
            }
            each = each.subcommand();
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int report(Terminal terminal, Exception failure) {
        return switch (failure) {
            case CommandFailure known -> {
                terminal.problem(terminal.bad("error: ") + known.getMessage());
                yield known.exitCode();
            }
            case OpenClawException known -> {
                terminal.problem(terminal.bad("error: ") + known.getMessage());
                debug(known);
                yield ExitCode.FAILED;
            }
            default -> {
                terminal.problem(terminal.bad("error: ") + failure + " (--log-level debug shows where)");
                debug(failure);
                yield ExitCode.FAILED;
            }
        };
    }

    private static void debug(Exception failure) {
        Logger log = LoggerFactory.getLogger(Main.class);
        log.debug("The command failed", failure);
    }
}
