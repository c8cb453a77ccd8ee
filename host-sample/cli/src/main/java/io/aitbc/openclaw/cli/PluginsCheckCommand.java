package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.versions.InstalledPlugins;
import io.aitbc.openclaw.host.versions.Pin;
import io.aitbc.openclaw.host.versions.Planner;
import io.aitbc.openclaw.host.versions.PluginRepository;
import io.aitbc.openclaw.host.versions.Release;
import io.aitbc.openclaw.host.versions.UpgradePlan;
import io.aitbc.openclaw.host.versions.UpgradeRequest;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Compares what is installed with what a repository offers; changes nothing.")
final class PluginsCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Mixin
    private PluginVersions versions = new PluginVersions();

    @Option(names = "--prerelease", description = "Versions for those who try things early count too.")
    private boolean prerelease;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    PluginsCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        HostConfig config = options.read(context.environment());
        InstalledPlugins installed = InstalledPlugins.in(config.pluginsDirectory());
        Collection<Pin> pins = PluginVersions.records(config).pins();
        try (PluginRepository repository = versions.repository(config)) {
            UpgradePlan plan = new Planner(repository.index(), pins, PluginHost.API_VERSION)
                    .plan(installed, UpgradeRequest.everything(prerelease));
            if (json) {
                printJson(repository.place(), plan, pins, installed);
            } else {
                printTable(plan, pins, installed);
            }
        }
        return ExitCode.DONE;
    }

    private void printTable(UpgradePlan plan, Collection<Pin> pins, InstalledPlugins installed) {
        Terminal terminal = context.terminal();
        TextTable table = new TextTable("PLUGIN", "INSTALLED", "UPGRADE", "PIN", "NOTE");
        plan.steps()
                .forEach(step -> table.row(
                        step.installed().id(),
                        step.installed().version(),
                        terminal.good(step.release().version()),
                        range(pins, step.installed().id()),
                        step.held().orElse("")));
        plan.kept()
                .forEach(kept -> table.row(
                        kept.installed().id(),
                        kept.installed().version(),
                        "",
                        range(pins, kept.installed().id()),
                        kept.reason()));
        table.lines().forEach(terminal::line);
        installed.broken().forEach(line -> terminal.line("%nleft out: %s".formatted(line)));
    }

    private static String range(Collection<Pin> pins, String id) {
        return pins.stream()
                .filter(pin -> pin.pluginId().equals(id))
                .map(Pin::range)
                .findFirst()
                .orElse("");
    }

    private void printJson(String place, UpgradePlan plan, Collection<Pin> pins, InstalledPlugins installed) {
        Json documents = new Json();
        ObjectNode document = documents.object().put("repository", place).put("api", PluginHost.API_VERSION);
        ArrayNode rows = document.putArray("plugins");
        for (UpgradePlan.Step step : plan.steps()) {
            write(
                    rows.addObject(),
                    step.installed().id(),
                    step.installed().version(),
                    Optional.of(step.release()),
                    step.held().orElse(""));
        }
        for (UpgradePlan.Kept kept : plan.kept()) {
            write(rows.addObject(), kept.installed().id(), kept.installed().version(), Optional.empty(), kept.reason());
        }
        ArrayNode pinned = document.putArray("pins");
        pins.forEach(pin -> pinned.addObject()
                .put("id", pin.pluginId())
                .put("range", pin.range())
                .put("reason", pin.reason())
                .put("by", pin.by())
                .put("at", pin.at().toString()));
        ArrayNode broken = document.putArray("leftOut");
        installed.broken().forEach(broken::add);
        context.terminal().line(documents.write(document));
    }

    private static void write(ObjectNode row, String id, String version, Optional<Release> upgrade, String note) {
        row.put("id", id)
                .put("installed", version)
                .put("upgrade", upgrade.map(Release::version).orElse(null))
                .put("note", note);
    }
}
