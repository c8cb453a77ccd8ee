package io.aitbc.openclaw.host.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.ScratchFolder;
import io.aitbc.openclaw.host.plugins.PluginFile;
import io.aitbc.openclaw.host.trust.SignaturePolicy;
import io.aitbc.openclaw.host.versions.AuditEntry.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeTest {
    /** Stands for the process that dies; nothing catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    private Path data;

    @TempDir
    private Path plugins;

    @TempDir
    private Path offered;

    private final List<String> handedOver = new ArrayList<>();
    private Trial trial = (_, _) -> Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private Consumer<String> receiving = _ -> {};
    private SignatureCheck signatures = SignatureCheck.none();
    private byte[] old;

    @BeforeEach
    void installAndOffer() throws IOException {
        old = Files.readAllBytes(TestingArchive.of("zk", "1.0.0").at(plugins.resolve("zk.jar")));
        Path _ = TestingArchive.of("another", "1.0.0").at(plugins.resolve("another.jar"));
        Path _ = TestingArchive.of("zk", "1.1.0").in(offered);
        RepositoryIndex _ = RepositoryFolder.index(offered);
    }

    private VersionRecords records() {
        return new VersionRecords(data, "ada", InstantSource.system());
    }

    private List<Upgrade.Result> upgrade(String place) {
        return upgrade(place, _ -> {});
    }

    private List<Upgrade.Result> upgrade(String place, Consumer<String> progress) {
        try (PluginRepository repository = PluginRepository.at(place, Duration.ofSeconds(30))) {
            UpgradePlan plan = new Planner(repository.index(), records().pins(), "0.1.0")
                    .plan(InstalledPlugins.in(plugins), UpgradeRequest.everything(false));
            Handover handover = (id, sha256) -> {
                handedOver.add(id + " " + sha256);
                receiving.accept(id);
                return handedOver.size() == 1 ? refusal : Optional.empty();
            };
            return new Upgrade(records(), repository, signatures, (folder, id) -> trial.problem(folder, id), handover)
                    .execute(plan, progress);
        }
    }

    private static String problem(List<Upgrade.Result> results) {
        assertThat(results).hasSize(1);
        return results.getFirst().problem().orElse("");
    }

    private void assertOldIsThere() throws IOException {
        assertThat(plugins.resolve("zk.jar")).hasBinaryContent(old);
        assertThat(names(plugins)).containsExactly("another.jar", "zk.jar");
    }

    /** Beside what a process that died left, which no host looks at. */
    private void assertOldCounts() throws IOException {
        assertThat(plugins.resolve("zk.jar")).hasBinaryContent(old);
        assertThat(names(plugins).stream().filter(name -> !name.startsWith(".")))
                .containsExactly("another.jar", "zk.jar");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<Action> actions() {
        return records().history(100).reversed().stream()
                .map(AuditEntry::action)
                .toList();
    }

    @Test
    void a_new_version_is_fetched_tried_beside_the_others_placed_and_handed_over() throws Exception {
        List<String> tried = new ArrayList<>();
        trial = (folder, id) -> {
            InstalledPlugins set = InstalledPlugins.in(folder);
            set.plugins().forEach(plugin -> tried.add(plugin.id() + " " + plugin.version()));
            assertThat(InstalledPlugins.in(plugins).find(id).orElseThrow().version())
                    .isEqualTo("1.0.0");
            return Optional.empty();
        };
        try (TestingWebServer server = new TestingWebServer(offered)) {
            assertThat(problem(upgrade(server.url()))).isEmpty();
        }

        Path fresh = offered.resolve("zk-1.1.0.jar");
        assertThat(tried).containsExactly("another 1.0.0", "zk 1.1.0");
        assertThat(plugins.resolve("zk.jar")).hasSameBinaryContentAs(fresh);
        assertThat(names(plugins)).containsExactly("another.jar", "zk.jar");
        assertThat(handedOver).containsExactly("zk " + PluginFile.sha256(fresh));
        assertThat(actions()).containsExactly(Action.BEGUN, Action.UPGRADED);
        AuditEntry last = records().history(1).getFirst();
        assertThat(List.of(last.by(), last.pluginId(), last.from(), last.to()))
                .containsExactly("ada", "zk", "1.0.0", "1.1.0");
        assertThat(upgrade(offered.toString())).isEmpty();
    }

    @Test
    void a_file_that_is_not_the_one_of_the_index_is_never_looked_into() throws Exception {
        try (TestingWebServer server = new TestingWebServer(offered)) {
            server.mood(TestingWebServer.Mood.FORGING);

            assertThat(problem(upgrade(server.url()))).contains("size or SHA-256 differs");
        }

        assertOldIsThere();
        assertThat(data.resolve("versions/staging")).doesNotExist();
        assertThat(actions()).containsExactly(Action.BEGUN, Action.FAILED);
    }

    @Test
    void a_file_that_calls_itself_something_else_than_the_index_does_is_refused() throws Exception {
        Path file = offered.resolve("zk-1.1.0.jar");
        RepositoryIndex good = RepositoryFolder.index(offered);
        Path _ = TestingArchive.of("zk", "9.9.9").permissions("spend").at(file);
        Release was = good.of("zk").getFirst();
        Release lie = new Release(
                was.id(),
                was.version(),
                was.requires(),
                was.file(),
                Files.size(file),
                PluginFile.sha256(file),
                was.signature(),
                was.permissions(),
                "");
        Files.write(offered.resolve("index.json"), new RepositoryIndex(List.of(lie)).bytes());

        assertThat(problem(upgrade(offered.toString())))
                .contains("calls itself zk 9.9.9", "[spend]", "not what the index says");
        assertOldIsThere();
    }

    @Test
    void a_version_that_does_not_work_here_is_not_placed() throws Exception {
        trial = (_, _) -> Optional.of("it needs a module that is missing");

        assertThat(problem(upgrade(offered.toString()))).contains("does not work here", "a module that is missing");

        assertOldIsThere();
        assertThat(handedOver).isEmpty();
        assertThat(names(data.resolve("versions")))
                .noneMatch(name -> name.startsWith("trial-"))
                .contains("history.jsonl");
    }

    @Test
    void a_version_that_the_running_host_refuses_is_taken_back() throws Exception {
        refusal = Optional.of("a service did not start");

        assertThat(problem(upgrade(offered.toString()))).isEqualTo("a service did not start");

        assertOldIsThere();
        assertThat(handedOver).hasSize(2);
        assertThat(handedOver.getLast()).isEqualTo("zk " + PluginFile.sha256(plugins.resolve("zk.jar")));
        assertThat(actions()).containsExactly(Action.BEGUN, Action.ROLLED_BACK);
        assertThat(records().history(1).getFirst().note()).isEqualTo("a service did not start");
    }

    @Test
    void a_handover_that_breaks_off_is_taken_back_as_one_that_is_refused() throws Exception {
        receiving = _ -> {
            if (handedOver.size() == 1) {
                throw new OpenClawException(ErrorCode.UNREACHABLE, "the host does not answer");
            }
        };

        assertThat(problem(upgrade(offered.toString()))).isEqualTo("the host does not answer");

        assertOldIsThere();
        assertThat(actions()).containsExactly(Action.BEGUN, Action.ROLLED_BACK);
    }

    @Test
    void a_signature_that_cannot_be_placed_takes_its_file_back_with_it() throws Exception {
        Files.writeString(offered.resolve("zk-1.1.0.jar.sig"), "new signature");
        RepositoryIndex _ = RepositoryFolder.index(offered);
        Path inTheWay = plugins.resolve("zk.jar.sig");

        List<Upgrade.Result> results = upgrade(offered.toString(), line -> {
            if (line.startsWith("placing")) {
                block(inTheWay);
            }
        });

        assertThat(problem(results)).isNotEmpty();
        assertThat(results.getFirst().old()).isTrue();
        ScratchFolder.delete(inTheWay);
        assertOldIsThere();
        assertThat(handedOver).as("the host is told of the old file").hasSize(1);
        assertThat(actions()).containsExactly(Action.BEGUN, Action.ROLLED_BACK);
    }

    /** A folder that no rename can replace. */
    private static void block(Path place) {
        try {
            Files.writeString(Files.createDirectory(place).resolve("something"), "in the way");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_end_that_cannot_be_written_down_is_taken_back_and_concluded_by_the_next_upgrade() throws Exception {
        Path history = data.resolve("versions/history.jsonl");
        Path aside = data.resolve("versions/aside");
        receiving = _ -> {
            if (handedOver.size() == 1) {
                rename(history, aside);
                block(history);
            }
        };

        List<Upgrade.Result> results = upgrade(offered.toString());

        assertThat(problem(results)).contains("nothing is done without a record", "this is not in the history");
        assertThat(results.getFirst().old()).isTrue();
        assertOldIsThere();

        ScratchFolder.delete(history);
        rename(aside, history);
        assertThat(actions()).containsExactly(Action.BEGUN);
        assertThat(problem(upgrade(offered.toString()))).isEmpty();
        assertThat(actions()).containsExactly(Action.BEGUN, Action.FAILED, Action.BEGUN, Action.UPGRADED);
        assertThat(records().history(3).getLast().note()).isEqualTo("interrupted; installed is 1.0.0");
    }

    private static void rename(Path from, Path to) {
        try {
            Path _ = Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_upgrade_that_was_killed_once_its_file_was_placed_counts_as_done() throws Exception {
        receiving = _ -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> upgrade(offered.toString())).isInstanceOf(Killed.class);
        assertThat(names(plugins)).contains(".zk.jar.before");
        receiving = _ -> {};

        assertThat(upgrade(offered.toString())).isEmpty();

        assertThat(names(plugins)).containsExactly("another.jar", "zk.jar");
        assertThat(actions()).containsExactly(Action.BEGUN, Action.UPGRADED);
        assertThat(records().history(1).getFirst().note()).isEqualTo("interrupted; installed is 1.1.0");
        String placed = "zk " + PluginFile.sha256(offered.resolve("zk-1.1.0.jar"));
        assertThat(handedOver).as("once more: nobody knows of the first time").containsExactly(placed, placed);
    }

    @Test
    void what_a_killed_upgrade_placed_and_the_host_does_not_take_counts_as_failed() throws Exception {
        receiving = _ -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> upgrade(offered.toString())).isInstanceOf(Killed.class);
        handedOver.clear();
        receiving = _ -> {};
        refusal = Optional.of("it does not like it");
        List<String> told = new ArrayList<>();

        assertThat(upgrade(offered.toString(), told::add)).isEmpty();

        String end = "interrupted; installed is 1.1.0; it is not used: it does not like it";
        assertThat(told).containsExactly("upgrade of zk from 1.0.0 to 1.1.0 was " + end);
        assertThat(actions()).containsExactly(Action.BEGUN, Action.FAILED);
        assertThat(records().history(1).getFirst().note()).isEqualTo(end);
    }

    @Test
    void of_what_upgrades_replaced_the_last_copy_is_kept() throws Exception {
        assertThat(problem(upgrade(offered.toString()))).isEmpty();
        String second = PluginFile.sha256(plugins.resolve("zk.jar"));
        Path _ = TestingArchive.of("zk", "1.2.0").in(offered);
        RepositoryIndex _ = RepositoryFolder.index(offered);

        assertThat(problem(upgrade(offered.toString()))).isEmpty();

        assertThat(names(data.resolve("versions/previous"))).containsExactly(second + "-zk.jar");
        assertThat(data.resolve("versions/staging")).doesNotExist();
    }

    @Test
    void nothing_of_a_file_that_nobody_trusted_signed_runs_where_signatures_are_required() throws Exception {
        signatures = new SignatureCheck(SignaturePolicy.REQUIRE, List.of());
        trial = (_, _) -> {
            throw new AssertionError("it must not be tried");
        };
        assertThat(problem(upgrade(offered.toString()))).contains("zk-1.1.0.jar is not used: it has no signature");
        assertOldIsThere();
    }

    @Test
    void where_signatures_are_wished_for_their_lack_is_said_before_the_file_is_tried() throws Exception {
        signatures = new SignatureCheck(SignaturePolicy.WARN, List.of());
        List<String> said = new ArrayList<>();
        trial = (_, _) -> {
            assertThat(said).contains("warning: zk-1.1.0.jar is used although it has no signature");
            return Optional.empty();
        };
        assertThat(problem(upgrade(offered.toString(), said::add))).isEmpty();
    }

    @Test
    void after_a_failure_the_rest_of_the_plan_is_left() throws Exception {
        Path _ = TestingArchive.of("another", "1.1.0").in(offered);
        RepositoryIndex _ = RepositoryFolder.index(offered);
        trial = (_, id) -> id.equals("another") ? Optional.of("no") : Optional.empty();

        assertThat(problem(upgrade(offered.toString()))).contains("no");
        assertOldIsThere();
    }

    @Test
    void signatures_travel_with_their_files_and_come_back_with_them() throws Exception {
        Files.writeString(plugins.resolve("zk.jar.sig"), "old signature");
        Files.writeString(offered.resolve("zk-1.1.0.jar.sig"), "new signature");
        RepositoryIndex _ = RepositoryFolder.index(offered);
        trial = (folder, _) -> {
            assertThat(folder.resolve("zk.jar.sig")).hasContent("new signature");
            return Optional.empty();
        };
        refusal = Optional.of("no");

        assertThat(problem(upgrade(offered.toString()))).isEqualTo("no");
        assertThat(plugins.resolve("zk.jar.sig")).hasContent("old signature");
        assertThat(plugins.resolve("zk.jar")).hasBinaryContent(old);

        assertThat(problem(upgrade(offered.toString()))).isEmpty();
        assertThat(plugins.resolve("zk.jar.sig")).hasContent("new signature");
    }

    @Test
    void dying_at_any_step_leaves_the_old_or_the_new_file_in_full_and_the_next_try_succeeds() throws Exception {
        byte[] fresh = Files.readAllBytes(offered.resolve("zk-1.1.0.jar"));
        for (String moment : List.of("fetching", "trying", "placing")) {
            assertThatThrownBy(() -> upgrade(offered.toString(), line -> {
                        if (line.startsWith(moment)) {
                            throw new Killed();
                        }
                    }))
                    .as(moment)
                    .isInstanceOf(Killed.class);
            assertOldCounts();
        }
        trial = (_, _) -> {
            throw new Killed();
        };
        assertThatThrownBy(() -> upgrade(offered.toString())).isInstanceOf(Killed.class);
        assertOldCounts();
        Files.write(Files.createDirectories(data.resolve("versions/trial-1")).resolve("zk.jar"), fresh);
        // Half of a file that was being written.
        Path draft = Files.write(plugins.resolve(".zk.jar.1-2.new"), new byte[] {1, 2, 3});
        Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        trial = (_, _) -> Optional.empty();
        assertThat(problem(upgrade(offered.toString()))).isEmpty();

        assertThat(plugins.resolve("zk.jar")).hasBinaryContent(fresh);
        assertThat(names(plugins)).containsExactly("another.jar", "zk.jar");
        assertThat(data.resolve("versions/trial-1")).doesNotExist();
        assertThat(actions()).endsWith(Action.BEGUN, Action.UPGRADED).contains(Action.BEGUN, Action.BEGUN);
    }
}
