package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Decides which version of each plugin is wanted. Changes nothing. */
public final class Planner {
    private final RepositoryIndex index;
    private final Collection<Pin> pins;
    private final String apiVersion;

    /** @param apiVersion of the plugin API of this host */
    public Planner(RepositoryIndex index, Collection<Pin> pins, String apiVersion) {
        this.index = index;
        this.pins = List.copyOf(pins);
        this.apiVersion = apiVersion;
    }

    /** @throws OpenClawException {@link ErrorCode#INVALID_REQUEST} when the request names what is not there or makes no sense */
    public UpgradePlan plan(InstalledPlugins installed, UpgradeRequest request) {
        if (request.version().isPresent() && request.pluginId().isEmpty()) {
            throw invalid("A version can be asked for with the id of one plugin only");
        }
        List<InstalledPlugin> wanted = request.pluginId()
                .map(id -> List.of(installed
                        .find(id)
                        .orElseThrow(() -> invalid("Plugin '%s' is not installed".formatted(Texts.oneLine(id))))))
                .orElse(installed.plugins());
        List<UpgradePlan.Step> steps = new ArrayList<>();
        List<UpgradePlan.Kept> kept = new ArrayList<>();
        for (InstalledPlugin plugin : wanted) {
            plan(plugin, request, steps, kept);
        }
        return new UpgradePlan(steps, kept);
    }

    private void plan(
            InstalledPlugin plugin, UpgradeRequest request, List<UpgradePlan.Step> steps, List<UpgradePlan.Kept> kept) {
        List<Release> offered = request.version().isPresent()
                ? List.of(exactly(plugin.id(), request.version().get()))
                : index.of(plugin.id());
        boolean outside =
                pin(plugin).filter(pin -> !pin.allows(plugin.version())).isPresent();
        Optional<String> held = Optional.empty();
        for (Release release : offered) {
            Optional<String> obstacle = obstacle(plugin, release, request);
            if (obstacle.isEmpty() && isChange(plugin, release)) {
                steps.add(new UpgradePlan.Step(plugin, release, held));
                return;
            }
            if (obstacle.isEmpty()) {
                break;
            }
            // Where the pin wants an older one, what keeps that away is the news.
            held = outside && within(plugin, release) ? obstacle : held.or(() -> obstacle);
            if (outside && within(plugin, release)) {
                break;
            }
        }
        kept.add(new UpgradePlan.Kept(
                plugin, offered.stream().findFirst(), held.orElseGet(() -> unchanged(plugin, offered))));
    }

    private Release exactly(String id, String version) {
        if (!SemanticVersions.isVersion(version)) {
            throw invalid("'%s' is no version, such as 1.2.3".formatted(Texts.oneLine(version)));
        }
        return index.of(id).stream()
                .filter(release -> SemanticVersions.satisfies(release.version(), version))
                .findFirst()
                .orElseThrow(() ->
                        invalid("The repository does not offer version %s of plugin '%s'".formatted(version, id)));
    }

    private static boolean isChange(InstalledPlugin plugin, Release release) {
        return SemanticVersions.ORDER.compare(release.version(), plugin.version()) != 0;
    }

    private static String unchanged(InstalledPlugin plugin, List<Release> offered) {
        if (offered.isEmpty()) {
            return "the repository does not offer it";
        }
        boolean same = offered.stream()
                .filter(release -> !isChange(plugin, release))
                .anyMatch(release -> release.sha256().equals(plugin.sha256()));
        return same ? "up to date" : "up to date, though its file is not the one the repository has for this version";
    }

    /** Why a version must not take the place of the installed one. */
    private Optional<String> obstacle(InstalledPlugin plugin, Release release, UpgradeRequest request) {
        String version = release.version();
        Optional<Pin> pin = pin(plugin);
        if (pin.isPresent() && !pin.get().allows(version)) {
            return Optional.of("%s is outside the pin %s (%s)"
                    .formatted(version, pin.get().range(), pin.get().reason()));
        }
        if (!SemanticVersions.worksWith(apiVersion, release.requires())) {
            return Optional.of("%s needs plugin API %s, this host has %s"
                    .formatted(version, release.requires().orElse("*"), apiVersion));
        }
        boolean asked = request.prerelease() || request.version().isPresent() || !isChange(plugin, release);
        if (release.prerelease() && !asked) {
            return Optional.of("%s is a prerelease; --prerelease takes it".formatted(version));
        }
        if (!request.downgrade() && SemanticVersions.ORDER.compare(version, plugin.version()) < 0) {
            return Optional.of("%s is older than the installed %s; --allow-downgrade takes it"
                    .formatted(version, plugin.version()));
        }
        String ending = ending(plugin.file().toString());
        return release.file().endsWith(ending)
                ? Optional.empty()
                : Optional.of("%s is no %s file as the installed one; replace it by hand".formatted(version, ending));
    }

    private Optional<Pin> pin(InstalledPlugin plugin) {
        return pins.stream().filter(pin -> pin.pluginId().equals(plugin.id())).findFirst();
    }

    private boolean within(InstalledPlugin plugin, Release release) {
        return pin(plugin).filter(pin -> pin.allows(release.version())).isPresent();
    }

    private static String ending(String file) {
        return file.substring(file.lastIndexOf('.'));
    }

    private static OpenClawException invalid(String message) {
        return new OpenClawException(ErrorCode.INVALID_REQUEST, message);
    }
}
