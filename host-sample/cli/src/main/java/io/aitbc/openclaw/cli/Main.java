package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.http.ApiServer;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where {@code ./run} arrives. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        LoggingSetup.start();
        Map<String, String> environment = System.getenv();
        Terminal terminal = new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Terminal.wantsColour(environment));
        System.exit(run(new CommandContext(terminal, System.in, environment), arguments));
    }

    /** Runs one command to its end. */
    static int run(CommandContext context, String... arguments) {
        Optional<HostOptions> plain = plainServe(List.of(arguments));
        if (plain.isPresent()) {
            return serve(context, plain.get());
        }
        LoggingSetup.bridgeJavaLogging();
        return Commands.run(context, arguments);
    }

    /** The parser of all commands takes half as long to be loaded as the host to answer, and no cache of the JVM takes its classes. */
    private static Optional<HostOptions> plainServe(List<String> arguments) {
        boolean named = !arguments.isEmpty() && arguments.getFirst().equals("serve");
        return HostOptions.plain(named ? arguments.subList(1, arguments.size()) : arguments);
    }

    private static int serve(CommandContext context, HostOptions options) {
        Thread.ofPlatform().daemon().name("http-prepare").start(() -> {
            LoggingSetup.bridgeJavaLogging();
            ApiServer.prepare();
        });
        try {
            return ServeCommand.serve(context, options.read(context.environment()));
        } catch (Exception e) {
            return report(context.terminal(), e);
        }
    }

    static int report(Terminal terminal, Exception failure) {
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
