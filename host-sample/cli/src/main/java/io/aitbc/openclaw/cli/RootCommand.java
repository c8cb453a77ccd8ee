package io.aitbc.openclaw.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Without a command it serves. */
@Command(
        name = "openclaw-aitbc",
        mixinStandardHelpOptions = true,
        versionProvider = VersionSource.class,
        description = "Answers Ollama clients from local engines and from the AITBC network of GPU miners.",
        footerHeading =
                "%nSettings come from the command line, the environment (OPENCLAW_PORT, …), the configuration file, and the defaults; the first that has one wins.%n",
        footer = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a target missed.")
final class RootCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    RootCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        return ServeCommand.serve(context, options.read(context.environment()));
    }
}
