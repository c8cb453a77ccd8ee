package io.aitbc.openclaw.host.plugins;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of one file in the plugins directory, or of one generation of a plugin that was replaced.
 *
 * @param id from the manifest; the file's name without its ending when the manifest could not be read
 * @param version from the manifest; empty when it could not be read
 * @param generation 1 for the first version of this id that was tried since the host started, then 2, 3, …; 0 for a file that never got that far
 * @param failure why it is {@link PluginState#FAILED}, one line for people
 * @param extensions what it contributes, as {@code InferenceProvider/aitbc}
 * @param sha256 of the source file, 64 hexadecimal digits; empty when it could not be read
 * @param source name of the file
 * @param startTime how long loading took, from reading the file to the last extension
 */
public record PluginStatus(
        String id,
        String version,
        PluginState state,
        int generation,
        Optional<String> failure,
        List<String> extensions,
        String sha256,
        String source,
        Duration startTime) {
    public PluginStatus {
        extensions = List.copyOf(extensions);
    }
}
