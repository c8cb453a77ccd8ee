package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.Extension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The status of a generation as it changes. */
final class PluginEntry {
    private static final Logger LOG = LoggerFactory.getLogger(PluginEntry.class);
    /** What became of a file, in one line: `serve` shows it unless told to be quiet. */
    private static final Logger OUTCOMES = LoggerFactory.getLogger("io.aitbc.openclaw.plugins");

    private final InstantSource clock;
    private final long seenNanos = System.nanoTime();
    private final List<PluginTransition> transitions = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    /** As long as other bytes lie in the plugins directory. */
    private Optional<String> recall = Optional.empty();

    private Path source;
    private String id;
    private String version = "";
    private PluginState state = PluginState.SEEN;
    private int generation;
    private Optional<String> failure = Optional.empty();
    private boolean passing;
    private List<String> extensions = List.of();
    private String permissions = "";
    private String sha256 = "";
    private Optional<String> signedBy = Optional.empty();
    private Duration startTime = Duration.ZERO;

    PluginEntry(Path source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        id = withoutEnding(name());
        is(PluginState.SEEN);
    }

    private static String withoutEnding(String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        return lower.endsWith(".jar") || lower.endsWith(".zip") ? file.substring(0, file.length() - 4) : file;
    }

    /** Who may write a file may choose its name. */
    private synchronized String name() {
        return FailureText.oneLine(String.valueOf(source.getFileName()));
    }

    synchronized Path source() {
        return source;
    }

    /** Exactly these bytes lie in the plugins directory, under this name. */
    synchronized void liesIn(Path file) {
        source = file;
        recall = Optional.empty();
    }

    /** What worked last is used in place of a file that is no good. */
    synchronized void recalled(String lastGood) {
        recall = Optional.of(
                "the file is no good now, so the version that worked last is used: " + FailureText.oneLine(lastGood));
        warned(recall.get());
    }

    synchronized PluginStatus status() {
        return new PluginStatus(
                id,
                version,
                state,
                generation,
                failure,
                Stream.concat(recall.stream(), warnings.stream()).toList(),
                extensions,
                permissions,
                sha256,
                signedBy,
                name(),
                startTime,
                transitions,
                List.of());
    }

    /** Whether it failed although all was right with the file, its signature included. */
    synchronized boolean hasFailedToStart() {
        return state == PluginState.FAILED
                && transitions.stream().anyMatch(each -> each.state() == PluginState.RESOLVED);
    }

    /** Whether it failed for a reason outside the file that may pass by itself. */
    synchronized boolean mayWorkLater() {
        return state == PluginState.FAILED && passing;
    }

    synchronized void hashed(String digest) {
        sha256 = digest;
    }

    synchronized void signedBy(String keyId) {
        signedBy = Optional.of(keyId);
    }

    synchronized void warn(String warning) {
        warnings.add(FailureText.oneLine(warning));
        warned(warnings.getLast());
    }

    private void warned(String warning) {
        LOG.warn("plugin warning source={} plugin={} warning={}", name(), id, warning);
    }

    synchronized void identified(PluginManifest manifest) {
        id = manifest.id();
        version = FailureText.oneLine(manifest.version());
        permissions = manifest.permissions().toString();
    }

    synchronized void numbered(int number) {
        generation = number;
    }

    synchronized void is(PluginState next) {
        Duration after = elapsed();
        Duration step = transitions.isEmpty()
                ? Duration.ZERO
                : after.minus(transitions.getLast().after());
        state = next;
        transitions.add(new PluginTransition(next, clock.instant(), after));
        if (next == PluginState.PROBED) {
            startTime = after;
        }
        LOG.atLevel(level(next))
                .addKeyValue("plugin", id)
                .addKeyValue("version", version)
                .addKeyValue("generation", generation)
                .addKeyValue("state", next)
                .addKeyValue("ms", step.toMillis())
                .log("plugin {} {}", id, next.name().toLowerCase(Locale.ROOT));
    }

    /** What changes what callers get is worth a line; the steps between are for those who look for them. */
    private static Level level(PluginState state) {
        return switch (state) {
            case ACTIVE, DRAINING, CLOSED, COLLECTED -> Level.INFO;
            case SEEN, STABLE, VERIFIED, DISABLED, STAGED, RESOLVED, STARTED, PROBED, FAILED -> Level.DEBUG;
        };
    }

    synchronized void active(Set<ExtensionKey<? extends Extension>> keys) {
        extensions = keys.stream().map(ExtensionKey::toString).toList();
        is(PluginState.ACTIVE);
        OUTCOMES.atInfo()
                .addKeyValue("version", version)
                .addKeyValue("generation", generation)
                .addKeyValue("steps", steps())
                .log("plugin {} active", id);
    }

    synchronized void failed(PluginLoadException cause) {
        passing = cause.passing();
        failed(cause.reason());
    }

    synchronized void failed(String cause) {
        failure = Optional.of(FailureText.oneLine(cause));
        extensions = List.of();
        startTime = elapsed();
        is(PluginState.FAILED);
        OUTCOMES.warn(
                "plugin failed source={} plugin={} version={} cause={} steps={}",
                name(),
                id,
                version,
                failure.orElse(""),
                steps());
    }

    /** The states it has been in, each with the milliseconds from the one before. */
    private String steps() {
        StringJoiner steps = new StringJoiner(", ");
        Duration before = Duration.ZERO;
        for (PluginTransition each : transitions) {
            steps.add("%s %d ms"
                    .formatted(
                            each.state().name().toLowerCase(Locale.ROOT),
                            each.after().minus(before).toMillis()));
            before = each.after();
        }
        return steps.toString();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - seenNanos);
    }
}
