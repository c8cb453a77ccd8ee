package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status of a generation as it changes. */
final class PluginEntry {
    private static final Logger LOG = LoggerFactory.getLogger(PluginEntry.class);

    private final Path source;
    private final long seenNanos = System.nanoTime();
    private PluginStatus status;

    PluginEntry(Path source) {
        this.source = source;
        String file = String.valueOf(source.getFileName());
        status = new PluginStatus(
                withoutEnding(file), "", PluginState.SEEN, 0, Optional.empty(), List.of(), "", file, Duration.ZERO);
    }

    private static String withoutEnding(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return lower.endsWith(".jar") || lower.endsWith(".zip") ? file.substring(0, file.length() - 4) : file;
    }

    Path source() {
        return source;
    }

    synchronized PluginStatus status() {
        return status;
    }

    synchronized void staged(StagedPlugin staged) {
        replace(status.id(), status.version(), PluginState.STAGED, status.generation(), staged.sha256());
    }

    synchronized void identified(PluginManifest manifest) {
        replace(manifest.id(), manifest.version(), status.state(), status.generation(), status.sha256());
    }

    synchronized void numbered(int generation) {
        replace(status.id(), status.version(), status.state(), generation, status.sha256());
    }

    synchronized void is(PluginState state) {
        replace(status.id(), status.version(), state, status.generation(), status.sha256());
        LOG.debug("plugin state plugin={} generation={} state={}", status.id(), status.generation(), state);
    }

    private void replace(String id, String version, PluginState state, int generation, String sha256) {
        status = new PluginStatus(
                id,
                version,
                state,
                generation,
                status.failure(),
                status.extensions(),
                sha256,
                status.source(),
                state == PluginState.PROBED ? elapsed() : status.startTime());
    }

    synchronized void active(Set<ExtensionKey<? extends Extension>> keys) {
        finish(
                PluginState.ACTIVE,
                Optional.empty(),
                keys.stream().map(ExtensionKey::toString).toList(),
                status.startTime());
        LOG.info(
                "plugin active plugin={} version={} generation={} extensions={} ms={}",
                status.id(),
                status.version(),
                status.generation(),
                status.extensions(),
                status.startTime().toMillis());
    }

    synchronized void failed(String cause) {
        finish(PluginState.FAILED, Optional.of(FailureText.oneLine(cause)), List.of(), elapsed());
        LOG.warn(
                "plugin failed source={} plugin={} version={} cause={}",
                status.source(),
                status.id(),
                status.version(),
                status.failure().orElse(""));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - seenNanos);
    }

    private void finish(PluginState state, Optional<String> failure, List<String> extensions, Duration startTime) {
        status = new PluginStatus(
                status.id(),
                status.version(),
                state,
                status.generation(),
                failure,
                extensions,
                status.sha256(),
                status.source(),
                startTime);
    }
}
