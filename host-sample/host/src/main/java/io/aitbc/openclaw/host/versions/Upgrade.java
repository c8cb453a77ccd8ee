package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.plugins.PluginFile;
import io.aitbc.openclaw.host.versions.AuditEntry.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries out a plan, plugin by plugin: fetch, compare with the index, look at the signature, try beside the other plugins, take
 * the place of the old file in one rename, hand over to the running host. Where a step fails, the old file is back and the rest of the plan is left.
 *
 * <p>Whenever the process dies, the plugins directory holds the old file or the new one, in full.
 */
public final class Upgrade {
    /**
     * What became of one step.
     *
     * @param problem why it failed; empty when the new version is in place
     */
    public record Result(UpgradePlan.Step step, Optional<String> problem) {}

    private final VersionRecords records;
    private final PluginRepository repository;
    private final CandidateFetch candidates;
    private final StagedTrial trials;
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
            sweep(plan);
            for (UpgradePlan.Step step : plan.steps()) {
                Result result = new Result(step, execute(step, progress));
                results.add(result);
                if (result.problem().isPresent()) {
                    break;
                }
            }
        }
        return List.copyOf(results);
    }

    /** What a process that died left behind. */
    private void sweep(UpgradePlan plan) {
        try {
            trials.sweep();
            for (UpgradePlan.Step step : plan.steps()) {
                PlacedFile.settle(folder(step.installed()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What an earlier upgrade left cannot be deleted", e);
        }
    }

    private Optional<String> execute(UpgradePlan.Step step, Consumer<String> progress) {
        InstalledPlugin installed = step.installed();
        String id = installed.id();
        String to = step.release().version();
        records.record(Action.BEGUN, id, installed.version(), to, repository.place());
        try {
            Path candidate = candidates.fetch(step.release(), progress);
            progress.accept("trying %s %s".formatted(id, to));
            trials.run(folder(installed), id, candidate);
            PlacedFile previous = keep(installed);
            Optional<String> problem = place(step, candidate, progress);
            if (problem.isEmpty()) {
                records.record(Action.UPGRADED, id, installed.version(), to, "the old file is " + previous.file());
                return problem;
            }
            return Optional.of(rollBack(step, previous, problem.get(), progress));
        } catch (StepFailure | OpenClawException e) {
            return Optional.of(failed(step, String.valueOf(e.getMessage())));
        } catch (IOException | UncheckedIOException e) {
            return Optional.of(failed(step, FailureReason.of(e)));
        }
    }

    private String failed(UpgradePlan.Step step, String problem) {
        records.record(
                Action.FAILED,
                step.installed().id(),
                step.installed().version(),
                step.release().version(),
                problem);
        return problem;
    }

    /** What to go back to. */
    private PlacedFile keep(InstalledPlugin installed) throws IOException, StepFailure {
        Path previous = DurableFiles.folder(records.folder().resolve("previous"))
                .resolve(installed.sha256() + "-" + installed.file().getFileName());
        new PlacedFile(installed.file()).copyTo(previous);
        if (!PluginFile.sha256(previous).equals(installed.sha256())) {
            throw new StepFailure(
                    "%s was changed by somebody else meanwhile; look at it and try again".formatted(installed.file()));
        }
        return new PlacedFile(previous);
    }

    private Optional<String> place(UpgradePlan.Step step, Path candidate, Consumer<String> progress)
            throws IOException {
        InstalledPlugin installed = step.installed();
        progress.accept("placing %s %s".formatted(installed.id(), step.release().version()));
        new PlacedFile(candidate).copyTo(installed.file());
        progress.accept(
                "handing over %s %s".formatted(installed.id(), step.release().version()));
        return handover.problem(installed.id(), step.release().sha256());
    }

    private String rollBack(UpgradePlan.Step step, PlacedFile previous, String problem, Consumer<String> progress)
            throws IOException {
        InstalledPlugin installed = step.installed();
        progress.accept("going back to %s %s".formatted(installed.id(), installed.version()));
        previous.copyTo(installed.file());
        String text = handover.problem(installed.id(), installed.sha256())
                .map(again -> problem + "; and going back: " + again)
                .orElse(problem);
        records.record(Action.ROLLED_BACK, installed.id(), step.release().version(), installed.version(), text);
        return text;
    }

    private static Path folder(InstalledPlugin plugin) {
        return plugin.file().toAbsolutePath().resolveSibling("");
    }
}
