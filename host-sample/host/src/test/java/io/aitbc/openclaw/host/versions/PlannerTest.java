package io.aitbc.openclaw.host.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private final List<Release> offered = new ArrayList<>();
    private final List<Pin> pins = new ArrayList<>();
    private final List<InstalledPlugin> installed = new ArrayList<>();

    private void offer(String id, String version, String requires) {
        offered.add(new Release(
                id,
                version,
                Optional.of(requires),
                id + "-" + version + ".zip",
                10,
                "0f".repeat(32),
                Optional.empty(),
                List.of("spend", "background"),
                ""));
    }

    private void offerZk(String... versions) {
        for (String version : versions) {
            offer("zk", version, ">=0.1.0 & <1.0.0");
        }
    }

    private void install(String id, String version) {
        installed.add(
                new InstalledPlugin(id, version, List.of("spend"), "0f".repeat(32), Path.of("plugins", id + ".zip")));
    }

    private void pin(String range) {
        pins.add(new Pin("zk", range, "the new one is slow", "somebody", Instant.EPOCH));
    }

    private UpgradePlan plan(UpgradeRequest request) {
        return new Planner(new RepositoryIndex(offered), pins, "0.1.0")
                .plan(new InstalledPlugins(installed, List.of()), request);
    }

    private UpgradePlan plan() {
        return plan(UpgradeRequest.everything(false));
    }

    private static UpgradeRequest exactly(String version) {
        return new UpgradeRequest(Optional.of("zk"), Optional.of(version), false, false);
    }

    private static String target(UpgradePlan plan) {
        assertThat(plan.steps()).as(plan.kept().toString()).hasSize(1);
        return plan.steps().getFirst().release().version();
    }

    private static String reason(UpgradePlan plan) {
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.kept()).hasSize(1);
        return plan.kept().getFirst().reason();
    }

    @Test
    void the_newest_stable_version_is_taken_by_the_order_of_numbers_not_of_letters() {
        install("zk", "1.2.0");
        offerZk("1.9.0", "1.10.0", "1.11.0-rc.1", "1.2.0");

        UpgradePlan plan = plan();

        assertThat(target(plan)).isEqualTo("1.10.0");
        assertThat(plan.steps().getFirst().held()).contains("1.11.0-rc.1 is a prerelease; --prerelease takes it");
        assertThat(plan.steps().getFirst().newPermissions()).containsExactly("background");
        assertThat(target(plan(UpgradeRequest.everything(true)))).isEqualTo("1.11.0-rc.1");
    }

    @Test
    void several_plugins_are_planned_in_the_order_of_their_ids_and_the_others_are_explained() {
        install("another", "1.0.0");
        install("lonely", "1.0.0");
        install("zk", "1.0.0");
        offer("zk", "2.0.0", ">=0.1.0");
        offer("another", "2.0.0", "*");

        UpgradePlan plan = plan();

        assertThat(plan.steps().stream().map(step -> step.release().id())).containsExactly("another", "zk");
        assertThat(plan.kept().getFirst().reason()).isEqualTo("the repository does not offer it");
    }

    @Test
    void a_pin_holds_and_says_why() {
        install("zk", "1.2.0");
        offerZk("1.3.0", "1.2.5", "1.2.0");
        pin("~1.2");

        UpgradePlan plan = plan();

        assertThat(target(plan)).isEqualTo("1.2.5");
        assertThat(plan.steps().getFirst().held()).contains("1.3.0 is outside the pin ~1.2 (the new one is slow)");
        assertThat(reason(plan(exactly("1.3.0")))).contains("outside the pin ~1.2");
    }

    @Test
    void a_pin_to_the_installed_version_keeps_it() {
        install("zk", "1.2.0");
        offerZk("1.3.0", "1.2.0");
        pin("1.2.0");

        assertThat(reason(plan())).contains("1.3.0 is outside the pin 1.2.0");
    }

    @Test
    void an_older_version_needs_to_be_allowed_even_when_the_pin_wants_it() {
        install("zk", "1.3.0");
        offerZk("1.3.0", "1.2.0");
        pin("<1.3.0");

        assertThat(reason(plan())).isEqualTo("1.2.0 is older than the installed 1.3.0; --allow-downgrade takes it");
        assertThat(target(plan(new UpgradeRequest(Optional.empty(), Optional.empty(), false, true))))
                .isEqualTo("1.2.0");
        pins.clear();
        assertThat(reason(plan(exactly("1.2.0")))).contains("--allow-downgrade");
    }

    @Test
    void a_version_for_another_plugin_api_is_left_for_the_next_that_fits() {
        install("zk", "1.0.0");
        offer("zk", "3.0.0", ">=1.0.0");
        offer("zk", "2.0.0", "0.1.0");

        UpgradePlan plan = plan();

        assertThat(target(plan)).isEqualTo("2.0.0");
        assertThat(plan.steps().getFirst().held()).contains("3.0.0 needs plugin API >=1.0.0, this host has 0.1.0");
    }

    @Test
    void what_is_newest_already_is_up_to_date() {
        install("zk", "1.0.0");
        offerZk("1.0.0", "0.9.0");

        assertThat(reason(plan())).isEqualTo("up to date");
    }

    @Test
    void a_prerelease_is_taken_when_it_is_asked_for_by_its_version() {
        install("zk", "1.0.0");
        offerZk("2.0.0-rc.1");

        assertThat(target(plan(exactly("2.0.0-rc.1")))).isEqualTo("2.0.0-rc.1");
        assertThat(reason(plan())).contains("is a prerelease");
    }

    @Test
    void a_jar_is_not_put_in_the_place_of_a_zip() {
        installed.add(new InstalledPlugin("zk", "1.0.0", List.of(), "0f".repeat(32), Path.of("plugins", "zk.jar")));
        offerZk("2.0.0");

        assertThat(reason(plan())).contains("2.0.0 is no .jar file as the installed one");
    }

    @Test
    void what_is_not_there_or_makes_no_sense_is_an_error() {
        install("zk", "1.0.0");
        offerZk("2.0.0");

        assertThatThrownBy(() -> plan(exactly("2.5.0"))).hasMessageContaining("does not offer version 2.5.0");
        assertThatThrownBy(() -> plan(exactly("newest"))).hasMessageContaining("'newest' is no version");
        assertThatThrownBy(() -> plan(new UpgradeRequest(Optional.of("x"), Optional.empty(), false, false)))
                .hasMessage("Plugin 'x' is not installed");
        assertThatThrownBy(() -> plan(new UpgradeRequest(Optional.empty(), Optional.of("2.0.0"), false, false)))
                .hasMessageContaining("id of one plugin");
    }
}
