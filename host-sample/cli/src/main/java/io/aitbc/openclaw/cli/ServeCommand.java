package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves until stopped. The first line on standard output is 'ready http://HOST:PORT'.")
final class ServeCommand implements Callable<Integer> {
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
            new Welcome(host, terminal).print();
            StartCache.ofThisProcess().discardStale();
            shutdown.await();
        }
        return ExitCode.DONE;
    }
}
