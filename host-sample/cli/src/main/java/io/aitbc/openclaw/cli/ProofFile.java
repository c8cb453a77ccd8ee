package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.proof.Evidence;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A file with a zero-knowledge proof, as {@code proof generate} writes it. */
final class ProofFile {
    private static final int LARGEST = 1 << 20;

    private ProofFile() {}

    /**
     * A proof that has to follow from an earlier one.
     *
     * @param kept the earlier one, whose signed root is believed
     */
    static Evidence read(Path file, Set<String> trusted, Path kept) {
        Evidence proof = read(file, trusted);
        ObjectNode document = (ObjectNode) new Json().read(proof.json());
        if (!(document.path("root") instanceof ObjectNode root)) {
            throw new CommandFailure(ExitCode.FAILED, "%s has no root that a host signed".formatted(file));
        }
        root.put("kept", note(kept));
        return new Evidence(proof.kind(), new Json().compact(document), trusted);
    }

    /** How many receipts the tree of a proof's host had; whether the host signed it is not looked at. */
    static long receipts(Path file) {
        List<String> lines = note(file).lines().toList();
        if (lines.size() < 2 || !lines.get(1).matches("[0-9]{1,9}")) {
            throw new CommandFailure(ExitCode.FAILED, "%s has no root that a host signed".formatted(file));
        }
        return Long.parseLong(lines.get(1));
    }

    private static String note(Path file) {
        return new Json()
                .read(read(file, Set.of()).json())
                .path("root")
                .path("note")
                .asString("");
    }

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
