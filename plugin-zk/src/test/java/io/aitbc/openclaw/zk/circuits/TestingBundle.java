package io.aitbc.openclaw.zk.circuits;

import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.prover.TestingCircuit;
import io.aitbc.openclaw.zk.prover.TestingKeys;
import io.aitbc.openclaw.zk.receiptchain.AnswerReceipt;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A proving bundle in a folder. */
public record TestingBundle(Path folder, String json, String sha256) {
    public static TestingBundle write(Path folder, String name, TestingCircuit circuit, boolean ceremony) {
        TestingKeys keys = new TestingKeys(circuit, name.hashCode());
        byte[] verificationKey = keys.verificationKey().getBytes(StandardCharsets.UTF_8);
        byte[] provingKey = keys.provingKey();
        String json = """
                {"format": "openclaw-proving-bundle", "version": 1, "name": "%s",
                 "proves": "a number that is squared again and again", "signals": ["the result"],
                 "not_proven": ["that the number is worth knowing"],
                 "setup": {"ceremony": %s, "record": "made by a test"},
                 "files": {
                   "proving_key": {"name": "circuit.zkey", "sha256": "%s"},
                   "verification_key": {"name": "verification_key.json", "sha256": "%s"}}}
                """.formatted(name, ceremony, KeyFile.sha256(provingKey), KeyFile.sha256(verificationKey));
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("circuit.zkey"), provingKey);
            Files.write(folder.resolve("verification_key.json"), verificationKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestingBundle(folder, "", "").with(json);
    }

    /** Another description. */
    public TestingBundle with(String description) {
        try {
            Files.writeString(folder.resolve("circuit.json"), description);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestingBundle(folder, description, KeyFile.sha256(description.getBytes(StandardCharsets.UTF_8)));
    }

    public ProvingBundle read() throws MalformedDocumentException {
        return ProvingBundle.read(BundleFiles.in(folder), sha256);
    }

    /** For generators that are asked about no answer. */
    public static AnswerReceipt noAnswers(ProofInput.Answer answer) {
        throw new AssertionError("nobody should ask about " + answer);
    }
}
