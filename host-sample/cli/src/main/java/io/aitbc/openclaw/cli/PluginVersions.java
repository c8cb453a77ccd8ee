package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.versions.PluginRepository;
import io.aitbc.openclaw.host.versions.VersionRecords;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that look into a repository, and what they work on. */
final class PluginVersions {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Option(
            names = "--repository",
            paramLabel = "DIR|URL",
            description = "Where newer versions are (default: the setting plugins-repository).")
    private @Nullable String repository;

    static VersionRecords records(HostConfig config) {
        return new VersionRecords(
                config.dataDirectory(), System.getProperty("user.name", "unknown"), InstantSource.system());
    }

    PluginRepository repository(HostConfig config) {
        if (repository != null) {
            return PluginRepository.at(repository, PATIENCE);
        }
        return config.pluginsRepository()
                .map(place -> PluginRepository.at(place, PATIENCE))
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.WRONG_USAGE,
                        "No repository is set: give --repository DIR or URL, or set plugins-repository"));
    }
}
