package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves until stopped. The first line on standard output is 'ready http://HOST:PORT'.")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        return serve(context, options.read(context.environment()));
    }

    static int serve(CommandContext context, HostConfig config) throws InterruptedException {
        try (Host host = Host.start(config);
                Shutdown shutdown = Shutdown.closing(host)) {
            Terminal terminal = context.terminal();
            terminal.line("ready " + host.url());
            greet(host, terminal);
            shutdown.await();
        }
        return ExitCode.DONE;
    }

    /** The host serves already: whatever goes wrong with its greeting does not end it. */
    private static void greet(Host host, Terminal terminal) throws InterruptedException {
        try {
            new Welcome(host, terminal).print();
            LoggingSetup.tellOfPlugins();
            StartCache.ofThisProcess().discardStale();
        } catch (RuntimeException | Error e) {
            LOG.atWarn()
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .log("The host is up, but could not say what it has");
        }
    }
}
