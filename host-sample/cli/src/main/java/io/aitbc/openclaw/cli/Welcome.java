package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.InferenceProvider;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.plugins.PluginState;
import io.aitbc.openclaw.host.plugins.PluginStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a host says when it is up: what is loaded, and what to try. */
final class Welcome {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Host host;
    private final Terminal terminal;

    Welcome(Host host, Terminal terminal) {
        this.host = host;
        this.terminal = terminal;
    }

    void print() throws InterruptedException {
        Catalogues catalogues = Catalogues.ask(host.extensions().all(InferenceProvider.class), PATIENCE);
        List<ModelDescriptor> models = catalogues.models();
        terminal.line("");
        line(
                "models",
                models.stream().map(model -> Terminal.plain(model.name())).collect(Collectors.joining(", ")));
        catalogues
                .silent()
                .forEach((provider, why) -> line("", terminal.bad("none of %s: %s".formatted(provider, why))));
        line("plugins", host.plugins().stream().map(this::plugin).collect(Collectors.joining(", ")));
        line("network", host.devnet().map(Welcome::describe).orElse(String.valueOf(network())));
        line("data", host.config().dataDirectory().toString());
        terminal.line("");
        terminal.line("Try:");
        Optional<ModelDescriptor> local = chatModel(models, Placement.LOCAL);
        Optional<ModelDescriptor> remote = chatModel(models, Placement.NETWORK);
        terminal.line("  curl " + host.url() + "/api/tags");
        local.ifPresent(model -> terminal.line(chat(model, "Tell me a story about a fox.")));
        remote.ifPresent(model -> terminal.line(chat(model, "What is the capital of France?")));
        terminal.line("");
    }

    private static Optional<ModelDescriptor> chatModel(List<ModelDescriptor> models, Placement placement) {
        return models.stream()
                .filter(model -> model.placement() == placement && model.can(Capability.COMPLETION))
                .findFirst();
    }

    private String chat(ModelDescriptor model, String prompt) {
        return "  curl %s/api/chat -d '{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}'"
                .formatted(host.url(), Terminal.plain(model.name()), prompt);
    }

    private void line(String name, String text) {
        terminal.line(terminal.faint("%-9s".formatted(name)) + text);
    }

    private String plugin(PluginStatus plugin) {
        String name = plugin.id() + " " + plugin.version();
        return plugin.state() == PluginState.ACTIVE
                ? name
                : terminal.bad(name + " (" + plugin.state()
                        + plugin.failure().map(it -> ": " + it).orElse("") + ")");
    }

    private String network() {
        return switch (host.config().network()) {
            case io.aitbc.openclaw.host.NetworkTarget.Off off -> "off";
            case io.aitbc.openclaw.host.NetworkTarget.Coordinator(var url) -> url.toString();
            case io.aitbc.openclaw.host.NetworkTarget.Devnet devnet -> "devnet";
        };
    }

    private static String describe(Devnet devnet) {
        return "devnet in this process (coins worth nothing): coordinator %s, marketplace %s"
                .formatted(devnet.coordinatorUrl(), devnet.marketplaceUrl());
    }
}
