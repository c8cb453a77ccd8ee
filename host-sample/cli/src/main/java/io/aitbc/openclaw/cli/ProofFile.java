package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.proof.Evidence;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file with a proof or a receipt: as {@code proof generate} writes it, as verifiers take it, as snarkjs writes it, or as AITBC
 * hands it out.
 */
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
        JsonNode document = parse(file, text);
        if (document.path("kind").isString() && document.path("evidence").isObject()) {
            return new Evidence(
                    document.path("kind").asString(""), new Json().compact(document.path("evidence")), trusted);
        }
        // As they are: of what is signed each byte counts.
        if (document.path("circuit").isString() && document.path("proof").isObject()) {
            return new Evidence(protocol(file, document.path("proof")), text, trusted);
        }
        if (document.path("receipt_id").isString()) {
            boolean proven = document.path("zk_proof").isObject();
            return new Evidence(proven ? Evidence.AITBC_RECEIPT_PROOF : Evidence.AITBC_RECEIPT, text, trusted);
        }
        if (document.path("protocol").isString()) {
            throw new CommandFailure(
                    ExitCode.WRONG_USAGE,
                    "%s is a proof of snarkjs: add --circuit NAME and --public public.json".formatted(file));
        }
        throw new CommandFailure(
                ExitCode.FAILED,
                "%s is no proof as `proof generate` or snarkjs writes it, and no receipt".formatted(file));
    }

    /**
     * Two files of snarkjs.
     *
     * @param file proof.json
     * @param signals public.json
     */
    static Evidence ofSnarkjs(Path file, String circuit, Path signals, Set<String> trusted) {
        JsonNode proof = parse(file, SmallFile.read(file, LARGEST, "proof"));
        ObjectNode document = new Json().object().put("circuit", circuit);
        document.set("proof", proof);
        document.set("public_signals", parse(signals, SmallFile.read(signals, LARGEST, "list of public signals")));
        return new Evidence(protocol(file, proof), new Json().compact(document), trusted);
    }

    private static String protocol(Path file, JsonNode proof) {
        String protocol = proof.path("protocol").asString("");
        if (!protocol.equals(Evidence.GROTH16) && !protocol.equals(Evidence.PLONK)) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s has no proof of the protocol groth16 or plonk".formatted(file));
        }
        return protocol;
    }

    private static JsonNode parse(Path file, String text) {
        try {
            return new Json().read(text);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "%s cannot be read as JSON in which each name stands once".formatted(file));
        }
    }
}
