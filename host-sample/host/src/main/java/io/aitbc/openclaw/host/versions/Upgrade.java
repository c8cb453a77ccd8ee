package io.aitbc.openclaw.host.versions;

import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.files.DurableFiles;
import io.aitbc.openclaw.host.plugins.PluginFile;
import io.aitbc.openclaw.host.versions.AuditEntry.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    /** A step that cannot go on; the text is for people. */
    private static final class StepFailure extends Exception {
        private static final long serialVersionUID = 1;

        StepFailure(String message) {
            super(message, null, false, false);
        }
    }

    private static final long LARGEST_SIGNATURE = 64 << 10;
    private static final String TRIAL = "trial-";

    private final VersionRecords records;
    private final PluginRepository repository;
    private final SignatureCheck signatures;
    private final Trial trial;
    private final Handover handover;

    public Upgrade(
            VersionRecords records,
            PluginRepository repository,
            SignatureCheck signatures,
            Trial trial,
            Handover handover) {
        this.records = records;
        this.repository = repository;
        this.signatures = signatures;
        this.trial = trial;
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
        try (var trials = Files.newDirectoryStream(records.folder(), TRIAL + "*")) {
            for (Path trial : trials) {
                delete(trial);
            }
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
            Path candidate = fetch(step, progress);
            rehearse(step, candidate, progress);
            PlacedFile previous = keep(installed);
            Optional<String> problem = place(step, candidate, progress);
            if (problem.isEmpty()) {
                records.record(Action.UPGRADED, id, installed.version(), to, installed.sha256());
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

    private Path fetch(UpgradePlan.Step step, Consumer<String> progress) throws IOException, StepFailure {
        Release release = step.release();
        progress.accept("fetching %s %s".formatted(release.id(), release.version()));
        Path staging = DurableFiles.folder(records.folder().resolve("staging"));
        Path file = staging.resolve(release.file());
        repository.fetch(release.file(), release.size(), file);
        // Before anything in it is looked at.
        if (Files.size(file) != release.size() || !PluginFile.sha256(file).equals(release.sha256())) {
            Files.delete(file);
            throw new StepFailure(
                    "%s is not the file the index describes: its size or SHA-256 differs".formatted(release.file()));
        }
        if (release.signature().isPresent()) {
            repository.fetch(release.signature().get(), LARGEST_SIGNATURE, PlacedFile.signature(file));
        } else {
            boolean _ = Files.deleteIfExists(PlacedFile.signature(file)); // of an earlier try
        }
        PluginFile read = PluginFile.read(file);
        boolean asOffered = read.id().equals(release.id())
                && read.version().equals(release.version())
                && read.requires().equals(release.requires())
                && read.permissions().equals(release.permissions());
        if (!asOffered) {
            Files.delete(file);
            throw new StepFailure(
                    "%s calls itself %s %s for API %s with permissions %s, which is not what the index says"
                            .formatted(
                                    release.file(),
                                    read.id(),
                                    Texts.oneLine(read.version()),
                                    read.requires().orElse("*"),
                                    Texts.oneLine(read.permissions().toString())));
        }
        checkSignature(file, read, progress);
        return file;
    }

    /** Trying a file runs its code, so this comes before. */
    private void checkSignature(Path file, PluginFile read, Consumer<String> progress) throws StepFailure {
        Optional<String> problem = signatures.problem(file, read);
        if (problem.isPresent() && signatures.required()) {
            throw new StepFailure("%s is not used: %s".formatted(file.getFileName(), problem.get()));
        }
        problem.ifPresent(
                text -> progress.accept("warning: %s is used although %s".formatted(file.getFileName(), text)));
    }

    /** With copies of the other plugins: what works alone may not work beside them. */
    private void rehearse(UpgradePlan.Step step, Path candidate, Consumer<String> progress)
            throws IOException, StepFailure {
        InstalledPlugin installed = step.installed();
        progress.accept("trying %s %s".formatted(installed.id(), step.release().version()));
        Path stage = Files.createTempDirectory(records.folder(), TRIAL);
        try {
            for (InstalledPlugin other : InstalledPlugins.in(folder(installed)).plugins()) {
                Path source = other.id().equals(installed.id()) ? candidate : other.file();
                new PlacedFile(source).copyTo(stage.resolve(other.file().getFileName()));
            }
            Optional<String> problem = trial.problem(stage, installed.id());
            if (problem.isPresent()) {
                throw new StepFailure("the new version does not work here: " + problem.get());
            }
        } finally {
            delete(stage);
        }
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

    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
