package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.plugins.PluginHost;
import io.aitbc.openclaw.host.versions.Handover;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Tells the host that runs with the data directory, when there is one. */
final class HostHandover implements Handover {
    /** Starting the new generation, then letting the calls of the old one finish. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HostConfig config;

    HostHandover(HostConfig config) {
        this.config = config;
    }

    @Override
    public Optional<String> problem(String pluginId, String sha256) {
        Optional<HostClient> running = HostClient.find(config);
        if (running.isEmpty()) {
            PluginHost.forgetLastGood(config.dataDirectory(), pluginId);
            return Optional.empty();
        }
        try (HostClient host = running.get()) {
            Map<String, String> services = failedServices(host, pluginId);
            JsonNode before = host.get("plugins");
            // What it had not loaded it picks up when it starts again.
            if (!isActive(before, pluginId)) {
                return Optional.empty();
            }
            Optional<String> tried = failure(before, sha256);
            if (tried.isPresent()) {
                return tried; // each try stops what works for a moment
            }
            // What a host says that took the file by itself meanwhile is of the new version.
            Map<String, String> failed = isActive(before, pluginId, sha256) ? Map.of() : services;
            JsonNode after = host.post("plugins/" + pluginId + "/reload?downgrade=true", PATIENCE);
            if (!isActive(after, pluginId, sha256)) {
                return Optional.of("the running host does not use the file in its plugins directory");
            }
            return newFailure(failed, failedServices(host, pluginId));
        } catch (CommandFailure e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("waiting for the running host was interrupted");
        }
    }

    /** What they say, by id. */
    private static Map<String, String> failedServices(HostClient host, String pluginId) throws InterruptedException {
        return host.get("services")
                .path("services")
                .valueStream()
                .filter(row -> row.path("plugin").asString("").equals(pluginId))
                .filter(row -> row.path("state").asString("").equals("FAILED"))
                .collect(Collectors.toMap(
                        row -> row.path("id").asString(""),
                        row -> row.path("summary").asString("")));
    }

    /** What failed before is no reason to go back. */
    private static Optional<String> newFailure(Map<String, String> before, Map<String, String> after) {
        return after.entrySet().stream()
                .filter(service -> !before.containsKey(service.getKey()))
                .findFirst()
                .map(service -> "its service '%s' fails: %s".formatted(service.getKey(), service.getValue()));
    }

    private static boolean isActive(JsonNode plugins, String pluginId) {
        return plugins.path("plugins").valueStream().anyMatch(row -> isActive(pluginId, row));
    }

    /** Of a host that was faster, and found the file right but not what it does. */
    private static Optional<String> failure(JsonNode plugins, String sha256) {
        return plugins.path("plugins")
                .valueStream()
                .filter(row -> row.path("sha256").asString("").equals(sha256))
                .filter(row -> row.path("transitions")
                        .valueStream()
                        .anyMatch(each -> each.path("state").asString("").equals("RESOLVED")))
                .map(row -> row.path("failure").asString(""))
                .filter(failure -> !failure.isEmpty())
                .findFirst();
    }

    private static boolean isActive(JsonNode plugins, String pluginId, String sha256) {
        return plugins.path("plugins")
                .valueStream()
                .anyMatch(row -> isActive(pluginId, row)
                        && row.path("sha256").asString("").equals(sha256));
    }

    private static boolean isActive(String pluginId, JsonNode row) {
        return row.path("id").asString("").equals(pluginId)
                && row.path("state").asString("").equals("ACTIVE");
    }
}
