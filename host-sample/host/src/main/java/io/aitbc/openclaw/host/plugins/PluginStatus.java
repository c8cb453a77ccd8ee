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
 * @param warnings what the operator should know although it was loaded
 * @param extensions what it contributes, as {@code InferenceProvider/aitbc}
 * @param permissions what it declares to need, as {@code network:* spend}
 * @param sha256 of the source file, 64 hexadecimal digits; empty when it could not be read
 * @param signedBy id of the key that signed it; empty when it was not checked
 * @param source name of the file
 * @param startTime how long loading took, from reading the file to the last extension
 * @param transitions the states it has been in, the first one first
 * @param holders of an unloaded generation that is still in memory: what is known to keep it there
 */
public record PluginStatus(
        String id,
        String version,
        PluginState state,
        int generation,
        Optional<String> failure,
        List<String> warnings,
        List<String> extensions,
        String permissions,
        String sha256,
        Optional<String> signedBy,
        String source,
        Duration startTime,
        List<PluginTransition> transitions,
        List<String> holders) {
    public PluginStatus {
        warnings = List.copyOf(warnings);
        extensions = List.copyOf(extensions);
        transitions = List.copyOf(transitions);
        holders = List.copyOf(holders);
    }

    PluginStatus withHolders(List<String> other) {
        return new PluginStatus(
                id,
                version,
                state,
                generation,
                failure,
                warnings,
                extensions,
                permissions,
                sha256,
                signedBy,
                source,
                startTime,
                transitions,
                other);
    }
}
