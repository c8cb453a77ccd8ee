package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.plugins.PluginLauncher.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Launches all plugins of a directory, side by side. One that fails leaves its cause in its entry. */
final class PluginDirectory {
    private record Resolved(PluginEntry entry, ResolvedPlugin plugin) {}

    /** A step of launching a plugin. */
    private interface Step<R> {
        Optional<R> run() throws PluginLoadException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(PluginDirectory.class);

    private final PluginLauncher launcher;
    private final boolean downgrades;
    private final List<PluginEntry> entries;

    PluginDirectory(Path directory, PluginLauncher launcher, boolean downgrades, InstantSource clock) {
        this.launcher = launcher;
        this.downgrades = downgrades;
        entries = sources(directory).stream()
                .map(source -> new PluginEntry(source, clock))
                .toList();
    }

    /** By file name. */
    List<PluginEntry> entries() {
        return entries;
    }

    private static List<Path> sources(Path directory) {
        if (!Files.isDirectory(directory)) {
            LOG.warn("no plugins directory={}", directory);
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(PluginDirectory::isPluginFile).sorted().toList();
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG, "The plugins directory " + directory + " cannot be read", e);
        }
    }

    static boolean isPluginFile(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(".") && (name.endsWith(".jar") || name.endsWith(".zip")) && Files.isRegularFile(file);
    }

    /** In the order of the entries. */
    List<Launched> launchAll() {
        List<Resolved> resolved =
                inParallel(entries.stream().map(this::resolving).toList());
        return inParallel(
                highestOfEachId(resolved).stream().map(this::launching).toList());
    }

    private Callable<Optional<Resolved>> resolving(PluginEntry entry) {
        return () -> attempt(
                entry,
                () -> launcher.resolve(entry, Optional.empty(), downgrades).map(plugin -> new Resolved(entry, plugin)));
    }

    private Callable<Optional<Launched>> launching(Resolved resolved) {
        return () -> attempt(resolved.entry(), () -> Optional.of(launcher.launch(resolved.entry(), resolved.plugin())));
    }

    private static <R> Optional<R> attempt(PluginEntry entry, Step<R> step) {
        try {
            return step.run();
        } catch (PluginLoadException e) {
            entry.failed(e);
        } catch (RuntimeException | Error e) {
            entry.failed("loading it failed unexpectedly: " + FailureText.full(e));
        }
        return Optional.empty();
    }

    /** The highest version of each id; of equal ones that whose name sorts first. */
    private List<Resolved> highestOfEachId(List<Resolved> resolved) {
        Map<String, PluginEntry> taken = new HashMap<>();
        List<Resolved> first = new ArrayList<>();
        List<Resolved> highestFirst = new ArrayList<>(resolved);
        highestFirst.sort((one, other) ->
                launcher.compareVersions(other.plugin().manifest(), one.plugin().manifest()));
        for (Resolved each : highestFirst) {
            String id = each.plugin().manifest().id();
            PluginEntry other = taken.putIfAbsent(id, each.entry());
            if (other == null) {
                first.add(each);
            } else {
                each.entry()
                        .failed("Plugin-Id '" + id + "' is taken by "
                                + other.status().source());
            }
        }
        return first;
    }

    private static <R> List<R> inParallel(List<Callable<Optional<R>>> tasks) {
        List<R> results = new ArrayList<>();
        // One processor is left for whoever asks for a first answer while plugins are loaded.
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        try (ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("plugin-loading-", 0).factory())) {
            for (Future<Optional<R>> future : executor.invokeAll(tasks)) {
                future.get().ifPresent(results::add);
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpenClawException(ErrorCode.CANCELED, "Loading plugins was interrupted");
        } catch (ExecutionException e) {
            throw new OpenClawException(ErrorCode.INTERNAL, "Loading plugins failed", e.getCause());
        }
    }
}
