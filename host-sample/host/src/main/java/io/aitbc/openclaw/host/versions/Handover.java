package io.aitbc.openclaw.host.versions;

import java.util.Optional;

/** Makes the host that runs use what lies in the plugins directory now. */
@FunctionalInterface
public interface Handover {
    /**
     * Returns once the running host answers with the file, or has refused it and goes on with what it had.
     *
     * @param sha256 of the file in the plugins directory
     * @return why it is not used; empty when it is, or no host runs
     */
    Optional<String> problem(String pluginId, String sha256);

    /** Where no host runs. */
    static Handover nobody() {
        return (_, _) -> Optional.empty();
    }
}
