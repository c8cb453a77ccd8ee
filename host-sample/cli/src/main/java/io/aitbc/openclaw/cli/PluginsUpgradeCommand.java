package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.versions.InstalledPlugins;
import io.aitbc.openclaw.host.versions.Planner;
import io.aitbc.openclaw.host.versions.PluginRepository;
import io.aitbc.openclaw.host.versions.Release;
import io.aitbc.openclaw.host.versions.SignatureCheck;
import io.aitbc.openclaw.host.versions.Upgrade;
import io.aitbc.openclaw.host.versions.UpgradePlan;
import io.aitbc.openclaw.host.versions.UpgradeRequest;
import io.aitbc.openclaw.host.versions.VersionRecords;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description = {
            "Puts newer versions of plugins in place, one after the other, also under a running host.",
            "A version that does not work leaves the old one where it was."
        },
        footer = "Exit code 0 when every step of the plan was done.")
final class PluginsUpgradeCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private HostOptions options = new HostOptions();

    @Mixin
    private PluginVersions versions = new PluginVersions();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "One plugin (default: all that are installed).")
    private @Nullable String id;

    @Option(names = "--to", paramLabel = "VERSION", description = "Exactly this version; needs ID.")
    private @Nullable String version;

    @Option(names = "--prerelease", description = "Versions for those who try things early count too.")
    private boolean prerelease;

    @Option(names = "--allow-downgrade", description = "An older version may take the place of a newer one.")
    private boolean downgrade;

    @Option(names = "--consent", description = "Agree to the permissions that the new versions need in addition.")
    private boolean consent;

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON document.")
    private boolean json;

    PluginsUpgradeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (version != null && id == null) {
            throw new CommandFailure(ExitCode.WRONG_USAGE, "--to needs the id of a plugin: upgrade ID --to VERSION");
        }
        HostConfig config = options.read(context.environment());
        VersionRecords records = PluginVersions.records(config);
        InstalledPlugins installed = InstalledPlugins.in(config.pluginsDirectory());
        UpgradeRequest request =
                new UpgradeRequest(Optional.ofNullable(id), Optional.ofNullable(version), prerelease, downgrade);
        try (PluginRepository repository = versions.repository(config)) {
            UpgradePlan plan =
                    new Planner(repository.index(), records.pins(), PluginHost.API_VERSION).plan(installed, request);
            if (!json) {
                print(plan);
            }
            if (!dryRun) {
                consent(new PluginConsent(config), plan);
            }
            Upgrade upgrade = new Upgrade(
                    records, repository, signatures(config), new TrialHost(options, context), new HostHandover(config));
            List<Upgrade.Result> results = dryRun ? List.of() : upgrade.execute(plan, context.terminal()::problem);
            if (json) {
                printJson(repository.place(), plan, results);
            } else {
                print(results);
            }
            return exitCode(plan, results);
        }
    }

    private void consent(PluginConsent consents, UpgradePlan plan) {
        if (consent) {
            consents.agree(plan);
        } else {
            consents.require(plan);
        }
    }

    private static SignatureCheck signatures(HostConfig config) {
        return new SignatureCheck(
                config.pluginFolder().signatures(), config.pluginFolder().trustStores(config.dataDirectory()));
    }

    /** Asked for one plugin, leaving it as it is has to be what was wanted. */
    private int exitCode(UpgradePlan plan, List<Upgrade.Result> results) {
        boolean refused = version != null && plan.steps().isEmpty() && !alreadyThere(plan);
        boolean failed = results.stream().anyMatch(result -> result.problem().isPresent());
        return failed || refused ? ExitCode.FAILED : ExitCode.DONE;
    }

    private boolean alreadyThere(UpgradePlan plan) {
        return plan.kept().stream().allMatch(kept -> kept.installed().version().equals(version));
    }

    private void print(UpgradePlan plan) {
        Terminal terminal = context.terminal();
        int number = 1;
        for (UpgradePlan.Step step : plan.steps()) {
            Release release = step.release();
            terminal.line(
                    "%d. %s %s -> %s: fetch %s (%d bytes), compare its SHA-256, try it, put it in place, hand over"
                            .formatted(
                                    number++,
                                    release.id(),
                                    step.installed().version(),
                                    release.version(),
                                    release.file(),
                                    release.size()));
            if (!step.newPermissions().isEmpty()) {
                terminal.line("   " + terminal.warn("needs in addition: ") + String.join(", ", step.newPermissions()));
            }
            step.held().ifPresent(why -> terminal.line("   " + why));
        }
        plan.kept()
                .forEach(kept -> terminal.line("%s %s stays: %s"
                        .formatted(kept.installed().id(), kept.installed().version(), kept.reason())));
    }

    private void print(List<Upgrade.Result> results) {
        for (Upgrade.Result result : results) {
            Release release = result.step().release();
            context.terminal()
                    .line(result.problem()
                            .map(problem -> "%s %s %s: %s"
                                    .formatted(
                                            release.id(),
                                            result.old() ? "stays at" : "is not back at",
                                            result.step().installed().version(),
                                            problem))
                            .orElse("%s is at %s".formatted(release.id(), release.version())));
        }
    }

    private void printJson(String place, UpgradePlan plan, List<Upgrade.Result> results) {
        Json documents = new Json();
        ObjectNode document = documents.object().put("repository", place).put("dryRun", dryRun);
        ArrayNode steps = document.putArray("steps");
        for (UpgradePlan.Step step : plan.steps()) {
            Release release = step.release();
            Optional<Upgrade.Result> result =
                    results.stream().filter(each -> each.step().equals(step)).findFirst();
            ObjectNode row = steps.addObject()
                    .put("id", release.id())
                    .put("from", step.installed().version())
                    .put("to", release.version())
                    .put("file", release.file())
                    .put("size", release.size())
                    .put("sha256", release.sha256());
            ArrayNode permissions = row.putArray("newPermissions");
            step.newPermissions().forEach(permissions::add);
            row.put("tried", result.isPresent())
                    .put("done", result.filter(it -> it.problem().isEmpty()).isPresent())
                    .put("problem", result.flatMap(Upgrade.Result::problem).orElse(null));
        }
        ArrayNode kept = document.putArray("kept");
        plan.kept()
                .forEach(each -> kept.addObject()
                        .put("id", each.installed().id())
                        .put("version", each.installed().version())
                        .put("reason", each.reason()));
        context.terminal().line(documents.write(document));
    }
}
