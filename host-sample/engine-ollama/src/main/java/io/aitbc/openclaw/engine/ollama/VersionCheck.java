package io.aitbc.openclaw.engine.ollama;

import java.util.Optional;

/** Decides whether an Ollama is used. Asked when it is first reached, when it is back after it was not, and once a minute. */
@FunctionalInterface
public interface VersionCheck {
    /**
     * Looks at a version.
     *
     * @param version as Ollama told it, empty when it told none
     * @return why this Ollama must not be used
     */
    Optional<String> refusal(String version);
}
