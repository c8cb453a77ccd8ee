package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.devnet.MinerOptions;
import io.aitbc.openclaw.devnet.Profile;
import io.aitbc.openclaw.devnet.Prover;
import io.aitbc.openclaw.devnet.Quirk;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "devnet",
        mixinStandardHelpOptions = true,
        description =
                "Serves an AITBC network for development alone: coordinator, marketplace service, chain, agent registry and miners. The first line on standard output is 'ready http://HOST:PORT'.")
final class DevnetCommand implements Callable<Integer> {
    private static final int MOST_MINERS = 64;
    private static final int REGISTRY_PORT = 8107;

    private final CommandContext context;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8203",
            description = "Port of the coordinator; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--marketplace-port",
            paramLabel = "N",
            defaultValue = "8102",
            description = "Port of the marketplace service; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int marketplacePort;

    @Option(
            names = "--chain-port",
            paramLabel = "N",
            defaultValue = "8202",
            description = "Port of the chain node; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int chainPort;

    @Option(
            names = "--registry-port",
            paramLabel = "N",
            description = "Port of the agent registry; 0 picks a free one (default: 8107, or 0 when --port is 0).")
    private Optional<Integer> registryPort = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "current",
            description = "current, or march: the network software of March 2026 (default: ${DEFAULT-VALUE}).")
    private String profile = "current";

    @Option(
            names = "--miners",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many miners there are, 0 to 64 (default: ${DEFAULT-VALUE}).")
    private int miners;

    @Option(
            names = "--prover",
            paramLabel = "NAME",
            defaultValue = "missing",
            description =
                    "What becomes of jobs that need a zero-knowledge proof: missing, disabled or recorded (default: ${DEFAULT-VALUE}).")
    private String prover = "missing";

    @Option(
            names = "--public-endpoints",
            description = "Each miner also serves Ollama's API on a port of its own, named in its offers.")
    private boolean publicEndpoints;

    @Option(
            names = "--quirks",
            paramLabel = "NAME",
            split = ",",
            description = "Misbehave on purpose; 'list' lists the ways.")
    private List<String> quirks = List.of();

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "warn",
            description = "error, warn, info, debug or trace (default: ${DEFAULT-VALUE}).")
    private String logLevel = "warn";

    DevnetCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (!LoggingSetup.level(logLevel)) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, "There is no log level '" + logLevel + "'");
        }
        if (quirks.equals(List.of("list"))) {
            listQuirks();
            return ExitCode.DONE;
        }
        try (LoneDevnet lone = LoneDevnet.start(options());
                Shutdown shutdown = Shutdown.closing(lone)) {
            print(lone.devnet());
            shutdown.await();
        }
        return ExitCode.DONE;
    }

    private DevnetOptions options() {
        Set<Quirk> wanted = EnumSet.noneOf(Quirk.class);
        try {
            quirks.forEach(name -> wanted.add(Quirk.of(name)));
            return DevnetOptions.defaults()
                    .withCoordinatorPort(port)
                    .withMarketplacePort(marketplacePort)
                    .withChainPort(chainPort)
                    .withRegistryPort(registryPort.orElse(port == 0 ? 0 : REGISTRY_PORT))
                    .withProfile(Profile.of(profile))
                    .withProver(Prover.of(prover))
                    .withMiner(miners != 0)
                    .withMiners(crew())
                    .withQuirks(wanted);
        } catch (OpenClawException | IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, String.valueOf(e.getMessage()));
        }
    }

    private List<MinerOptions> crew() {
        if (miners < 0 || miners > MOST_MINERS) {
            throw new IllegalArgumentException("--miners is from 0 to %d, not %d".formatted(MOST_MINERS, miners));
        }
        return IntStream.rangeClosed(1, miners)
                .mapToObj(number -> MinerOptions.of("devnet-miner-" + number).withPublicEndpoint(publicEndpoints))
                .toList();
    }

    private void listQuirks() {
        TextTable table = new TextTable("QUIRK", "WHAT HAPPENS");
        for (Quirk quirk : Quirk.values()) {
            table.row(quirk.wireName(), quirk.description());
        }
        table.lines().forEach(context.terminal()::line);
    }

    private static String line(Devnet devnet, MinerOptions miner) {
        String endpoint =
                devnet.publicEndpoint(miner.id()).map(address -> "  " + address).orElse("");
        return "miner        " + miner.id() + endpoint;
    }

    private void print(Devnet devnet) {
        Terminal terminal = context.terminal();
        terminal.line("ready " + devnet.coordinatorUrl());
        terminal.line("");
        terminal.line("marketplace  " + devnet.marketplaceUrl());
        terminal.line("chain        " + devnet.chainUrl());
        terminal.line("registry     " + devnet.registryUrl());
        terminal.line("receipt key  " + devnet.receiptKeyId());
        devnet.miners().forEach(miner -> terminal.line(line(devnet, miner)));
        terminal.line("miner key    " + devnet.minerKey());
        if (!devnet.quirks().isEmpty()) {
            terminal.line("quirks       " + String.join(", ", quirks));
        }
        terminal.line("levers       " + devnet.coordinatorUrl() + "/devnet");
        terminal.line("");
        terminal.line("A host that uses it (with a wallet key of its own, 0x and 64 hexadecimal digits, in FILE):");
        terminal.line(
                "  AITBC_MARKETPLACE_URL=%s AITBC_WALLET_KEY_FILE=FILE ./run serve --aitbc %s --set plugins.aitbc-provider.trusted-receipt-keys=%s"
                        .formatted(devnet.marketplaceUrl(), devnet.coordinatorUrl(), devnet.receiptKeyId()));
    }
}
