package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.compatibility.CompatibilityPolicy;
import io.aitbc.openclaw.host.compatibility.Judgement;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.versions.InstalledPlugins;
import io.aitbc.openclaw.host.versions.Pin;
import io.aitbc.openclaw.host.versions.Planner;
import io.aitbc.openclaw.host.versions.PluginRepository;
import io.aitbc.openclaw.host.versions.Release;
import io.aitbc.openclaw.host.versions.UpgradePlan;
import io.aitbc.openclaw.host.versions.UpgradeRequest;
import java.util.Collection;
import java.util.List;
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
        description =
                "Compares what is installed with what a repository offers, and looks at the versions of what is around the host; changes nothing.")
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
    public Integer call() throws InterruptedException {
        HostConfig config = options.read(context.environment());
        InstalledPlugins installed = InstalledPlugins.in(config.pluginsDirectory());
        Collection<Pin> pins = PluginVersions.records(config).pins();
        try (PluginRepository repository = versions.repository(config)) {
            UpgradePlan plan = new Planner(repository.index(), pins, PluginHost.API_VERSION)
                    .plan(installed, UpgradeRequest.everything(prerelease));
            List<Judgement> surroundings = new SurroundingVersions(config, context.environment()).look();
            if (json) {
                printJson(repository.place(), plan, pins, installed, surroundings);
            } else {
                printTable(plan, pins, installed);
                printSurroundings(surroundings);
            }
            boolean refused = config.compatibility() == CompatibilityPolicy.REQUIRE
                    && surroundings.stream().anyMatch(it -> it.verdict().bad());
            return refused ? ExitCode.FAILED : ExitCode.DONE;
        }
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

    private void printSurroundings(List<Judgement> surroundings) {
        if (surroundings.isEmpty()) {
            return;
        }
        Terminal terminal = context.terminal();
        TextTable table = new TextTable("AROUND IT", "VERSION", "VERDICT", "NOTE");
        surroundings.forEach(it -> {
            String verdict = SurroundingVersions.lower(it.verdict()).replace('_', ' ');
            table.row(it.name(), it.version(), it.verdict().bad() ? terminal.bad(verdict) : verdict, it.line());
        });
        terminal.line("");
        table.lines().forEach(terminal::line);
    }

    private static String range(Collection<Pin> pins, String id) {
        return pins.stream()
                .filter(pin -> pin.pluginId().equals(id))
                .map(Pin::range)
                .findFirst()
                .orElse("");
    }

    private void printJson(
            String place,
            UpgradePlan plan,
            Collection<Pin> pins,
            InstalledPlugins installed,
            List<Judgement> surroundings) {
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
        ArrayNode around = document.putArray("surroundings");
        surroundings.forEach(it -> around.addObject()
                .put("component", it.component())
                .put("name", it.name())
                .put("version", it.version())
                .put("verdict", SurroundingVersions.lower(it.verdict()))
                .put("text", it.text())
                .put("advice", it.advice()));
        context.terminal().line(documents.write(document));
    }

    private static void write(ObjectNode row, String id, String version, Optional<Release> upgrade, String note) {
        row.put("id", id)
                .put("installed", version)
                .put("upgrade", upgrade.map(Release::version).orElse(null))
                .put("note", note);
    }
}
