package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.proof.Evidence;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A file with a zero-knowledge proof, as {@code proof generate} writes it. */
final class ProofFile {
    private static final int LARGEST = 1 << 20;

    private ProofFile() {}

    /** @param trusted keys that may have signed what stands in it */
    static Evidence read(Path file, Set<String> trusted) {
        String text = SmallFile.read(file, LARGEST, "proof");
        try {
            JsonNode document = new Json().read(text);
            if (document.path("kind").isString() && document.path("evidence").isObject()) {
                return new Evidence(
                        document.path("kind").asString(""), new Json().compact(document.path("evidence")), trusted);
            }
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s cannot be read as JSON in which each name stands once".formatted(file));
        }
        throw new CommandFailure(ExitCode.FAILED, "%s is no proof as `proof generate` writes it".formatted(file));
    }
}
