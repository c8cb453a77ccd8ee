package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.versions.AuditEntry.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a plan, plugin by plugin: fetch, compare with the index, look at the signature, try beside the other plugins, take
 * the place of the old file in one rename, hand over to the running host. Where a step fails, the old file is back and the rest of the plan is left.
 *
 * <p>Whenever the process dies, the plugins directory holds the old file or the new one, in full.
 */
public final class Upgrade {
    private static final Logger LOG = LoggerFactory.getLogger(Upgrade.class);

    /**
     * What became of one step.
     *
     * @param problem why it failed; empty when the new version is in place
     * @param old whether the old file is in place
     */
    public record Result(UpgradePlan.Step step, Optional<String> problem, boolean old) {}

    /** An ending of a step. */
    private record Ending(Optional<String> problem, boolean old) {}

    private final VersionRecords records;
    private final PluginRepository repository;
    private final CandidateFetch candidates;
    private final StagedTrial trials;
    private final PreviousFiles previous;
    private final Handover handover;

    public Upgrade(
            VersionRecords records,
            PluginRepository repository,
            SignatureCheck signatures,
            Trial trial,
            Handover handover) {
        this.records = records;
        this.repository = repository;
        this.candidates =
                new CandidateFetch(repository, signatures, records.folder().resolve("staging"));
        this.trials = new StagedTrial(trial, records.folder());
        this.previous = new PreviousFiles(records.folder().resolve("previous"));
        this.handover = handover;
    }

    /**
     * @param progress gets a line for each thing that is about to be done
     * @return one result for each step that was tried; the last may have failed
     * @throws OpenClawException when another command changes the plugins, or no record can be kept
     */
    public List<Result> execute(UpgradePlan plan, Consumer<String> progress) {
        List<Result> results = new ArrayList<>();
        try (VersionRecords.Held _ = records.lock()) {
            sweep(plan, progress);
            for (UpgradePlan.Step step : plan.steps()) {
                Ending ending = execute(step, progress);
                results.add(new Result(step, ending.problem(), ending.old()));
                if (ending.problem().isPresent()) {
                    break;
                }
            }
        }
        return List.copyOf(results);
    }

    /** What a process that died left behind. */
    private void sweep(UpgradePlan plan, Consumer<String> progress) {
        try {
            trials.sweep();
            candidates.sweep();
            Set<Path> folders = new LinkedHashSet<>();
            plan.steps().forEach(step -> folders.add(folder(step.installed())));
            plan.kept().forEach(kept -> folders.add(folder(kept.installed())));
            for (Path folder : folders) {
                PlacedFile.settle(folder);
                WayBack.sweep(folder);
                new Interrupted(records, handover).conclude(InstalledPlugins.in(folder), progress);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What an earlier upgrade left cannot be deleted", e);
        }
    }

    private Ending execute(UpgradePlan.Step step, Consumer<String> progress) {
        InstalledPlugin installed = step.installed();
        String id = installed.id();
        String to = step.release().version();
        records.record(Action.BEGUN, id, installed.version(), to, repository.place());
        try {
            Path candidate = candidates.fetch(step.release(), progress);
            progress.accept("trying %s %s".formatted(id, to));
            trials.run(folder(installed), id, candidate);
            previous.keep(installed);
            WayBack back = WayBack.from(installed.file());
            Optional<String> problem = place(step, candidate, progress);
            return problem.isPresent() ? rollBack(step, back, problem.get(), progress) : settled(step, back);
        } catch (StepFailure | OpenClawException e) {
            return failed(step, String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            return failed(step, FailureReason.of(e));
        } finally {
            tidy(candidates::sweep);
        }
    }

    private Ending failed(UpgradePlan.Step step, String problem) {
        record(step, Action.FAILED, problem);
        return new Ending(Optional.of(problem), true);
    }

    private void record(UpgradePlan.Step step, Action action, String note) {
        InstalledPlugin installed = step.installed();
        records.record(
                action, installed.id(), installed.version(), step.release().version(), note);
    }

    /** From the rename of the file on nothing that fails may end otherwise than by going back. */
    private Optional<String> place(UpgradePlan.Step step, Path candidate, Consumer<String> progress) {
        InstalledPlugin installed = step.installed();
        String id = installed.id();
        String to = step.release().version();
        try {
            progress.accept("placing %s %s".formatted(id, to));
            new PlacedFile(candidate).copyTo(installed.file());
            progress.accept("handing over %s %s".formatted(id, to));
            Optional<String> problem = handover.problem(id, step.release().sha256());
            if (problem.isEmpty()) {
                record(step, Action.UPGRADED, "in place of SHA-256 " + installed.sha256());
            }
            return problem;
        } catch (IOException | RuntimeException e) {
            return Optional.of(FailureReason.of(e));
        }
    }

    private Ending settled(UpgradePlan.Step step, WayBack back) {
        tidy(back::drop);
        tidy(() -> previous.keepOnly(step.installed()));
        return new Ending(Optional.empty(), false);
    }

    private Ending rollBack(UpgradePlan.Step step, WayBack back, String problem, Consumer<String> progress) {
        InstalledPlugin installed = step.installed();
        progress.accept("going back to %s %s".formatted(installed.id(), installed.version()));
        String text = problem;
        boolean old = false;
        try {
            back.take();
            old = true;
            Optional<String> again = handover.problem(installed.id(), installed.sha256());
            text += again.map("; and going back: %s"::formatted).orElse("");
        } catch (IOException | RuntimeException e) {
            text += "; and going back: " + FailureReason.of(e);
        }
        try {
            if (old) {
                records.record(
                        Action.ROLLED_BACK, installed.id(), step.release().version(), installed.version(), text);
            } else {
                record(step, Action.FAILED, "the new file is still in place: " + text);
            }
        } catch (OpenClawException e) {
            text += "; and this is not in the history: " + e.getMessage();
        }
        return new Ending(Optional.of(text), old);
    }

    private static Path folder(InstalledPlugin plugin) {
        return plugin.file().toAbsolutePath().resolveSibling("");
    }

    /** What is left over is no reason to call off what is done; the next upgrade tries again. */
    private static void tidy(Tidying tidying) {
        try {
            tidying.run();
        } catch (IOException e) {
            LOG.atWarn().log("something of an upgrade is left over: {}", FailureReason.of(e));
        }
    }

    private interface Tidying {
        void run() throws IOException;
    }
}
