package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.inference.GenerationOptions;
import java.util.Optional;

/**
 * A name for a model file, and what goes with it.
 *
 * @param digest SHA-256 of the file
 */
record Manifest(
        String name, String digest, Optional<String> system, Optional<String> license, GenerationOptions parameters) {
    static Manifest empty() {
        return new Manifest("", "", Optional.empty(), Optional.empty(), GenerationOptions.none());
    }
}
