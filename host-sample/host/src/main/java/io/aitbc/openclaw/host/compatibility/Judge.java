package io.aitbc.openclaw.host.compatibility;

import io.aitbc.openclaw.host.versions.SemanticVersions;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what is known about a version. Never fails, whatever it is told. */
public final class Judge {
    private final CompatibilityTable table;

    public Judge(CompatibilityTable table) {
        this.table = table;
    }

    /** With what this release knows. */
    public static Judge shipped() {
        return new Judge(CompatibilityTable.shipped());
    }

    public CompatibilityTable table() {
        return table;
    }

    /**
     * Judges a version.
     *
     * @param component id in the table
     * @param told as the component tells it; empty when it tells none
     */
    public Judgement judge(String component, String told) {
        Optional<Component> known = table.component(component);
        return known.isPresent() ? judge(known.get(), told) : unlisted(component, told);
    }

    /** Judges a client by what it calls itself. */
    Judgement judge(UserAgent agent) {
        Optional<Component> known = table.client(agent.name());
        return known.isPresent() ? judge(known.get(), agent.version()) : unlisted(agent.name(), agent.version());
    }

    private static Judgement unlisted(String name, String told) {
        String version = ToldVersion.shown(told);
        return new Judgement(
                name, name, version, Verdict.UNKNOWN, "nothing is known about " + named(name, version), "");
    }

    private static Judgement judge(Component component, String told) {
        String version = ToldVersion.shown(told);
        return switch (component.scheme()) {
            case NAME -> byName(component, version);
            case SEMVER ->
                ToldVersion.semantic(told)
                        .map(semantic -> bySemantics(component, version, semantic))
                        .orElseGet(() -> cannotTell(component, version));
        };
    }

    private static Judgement byName(Component component, String version) {
        for (Component.Bad bad : component.bad()) {
            if (bad.range().equals(version)) {
                return bad(component, version, bad);
            }
        }
        boolean older = false;
        for (Component.Tested tested : component.tested()) {
            if (tested.version().equals(version)) {
                return older
                        ? below(component, version, component.floor().orElseThrow())
                        : tested(component, version, tested);
            }
            older |= component
                    .floor()
                    .filter(floor -> floor.version().equals(tested.version()))
                    .isPresent();
        }
        return cannotTell(component, version);
    }

    private static Judgement bySemantics(Component component, String version, String semantic) {
        for (Component.Bad bad : component.bad()) {
            if (SemanticVersions.satisfies(semantic, bad.range())) {
                return bad(component, version, bad);
            }
        }
        if (component.floor().isPresent()
                && isLower(semantic, component.floor().get().version())) {
            return below(component, version, component.floor().get());
        }
        for (Component.Tested tested : component.tested()) {
            if (SemanticVersions.ORDER.compare(semantic, tested.version()) == 0) {
                return tested(component, version, tested);
            }
        }
        boolean newer = component.tested().stream().allMatch(tested -> isLower(tested.version(), semantic));
        String name = named(component.name(), version);
        return newer
                ? of(
                        component,
                        version,
                        Verdict.NEWER_THAN_TESTED,
                        "%s is newer than what was tested (%s)".formatted(name, versions(component)),
                        "")
                : of(
                        component,
                        version,
                        Verdict.NOT_TESTED,
                        "%s itself was not tested (%s was), and nothing is known against it"
                                .formatted(name, versions(component)),
                        "");
    }

    private static boolean isLower(String one, String other) {
        return SemanticVersions.ORDER.compare(one, other) < 0;
    }

    private static Judgement bad(Component component, String version, Component.Bad bad) {
        return of(
                component,
                version,
                Verdict.KNOWN_BAD,
                "%s is known not to work: %s".formatted(named(component.name(), version), bad.reason()),
                "use another version of %s, such as %s"
                        .formatted(
                                component.name(), component.tested().getFirst().version()));
    }

    private static Judgement below(Component component, String version, Component.Floor floor) {
        return of(
                component,
                version,
                Verdict.BELOW_FLOOR,
                "%s is older than %s: %s".formatted(named(component.name(), version), floor.version(), floor.reason()),
                "update %s to %s or newer; see %s".formatted(component.name(), floor.version(), floor.reference()));
    }

    private static Judgement tested(Component component, String version, Component.Tested tested) {
        return of(
                component,
                version,
                Verdict.TESTED,
                "%s was tested: %s".formatted(named(component.name(), version), tested.how()),
                "");
    }

    private static Judgement cannotTell(Component component, String version) {
        String text = version.isEmpty()
                ? component.name() + " does not tell its version"
                : "%s is no release that can be compared".formatted(named(component.name(), version));
        return of(
                component,
                version,
                Verdict.UNKNOWN,
                text,
                component
                        .floor()
                        .map(floor ->
                                "make sure that it is no older than %s: %s".formatted(floor.version(), floor.reason()))
                        .orElse(""));
    }

    private static String versions(Component component) {
        return component.tested().stream().map(Component.Tested::version).collect(Collectors.joining(", "));
    }

    private static String named(String name, String version) {
        return version.isEmpty() ? name : name + " " + version;
    }

    private static Judgement of(Component component, String version, Verdict verdict, String text, String advice) {
        return new Judgement(component.id(), component.name(), version, verdict, text, advice);
    }
}
