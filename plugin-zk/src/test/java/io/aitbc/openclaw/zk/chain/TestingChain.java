package io.aitbc.openclaw.zk.chain;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.bundle.BundleVerifier;
import io.aitbc.openclaw.zk.circuits.AitbcCircuit;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.evidence.CircuitProofVerifier;
import io.aitbc.openclaw.zk.evidence.ProofVerifiers;
import io.aitbc.openclaw.zk.receipt.ReceiptProofVerifier;
import io.aitbc.openclaw.zk.receipt.ReceiptVerifier;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chains and records for tests. */
public final class TestingChain {
    public static final int LARGEST_RECEIPT = ChainStatements.LARGEST_RECEIPT;

    /** When all answers ended: an hour before the chains check anything. */
    static final Instant ENDED = Instant.parse("2026-11-25T10:00:00.005Z");

    private TestingChain() {}

    public static LoggedProofChain in(Path folder) {
        Circuits circuits = new Circuits(PluginConfig.empty("plugins.zk"));
        CircuitProofVerifier proofs = new CircuitProofVerifier(circuits, new SecureRandom());
        InstantSource clock = InstantSource.fixed(ENDED.plus(Duration.ofHours(1)));
        return new LoggedProofChain(
                folder,
                new SecureRandom(),
                new BundleVerifier(
                        new ProofVerifiers(new ReceiptVerifier(), proofs, new ReceiptProofVerifier(circuits, proofs)),
                        clock),
                clock);
    }

    /** SHA-256 of the answer that the recorded receipts are about: {@code ok}. */
    public static final String OK = "2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df";

    /** A network's answer with this receipt. */
    public static AnswerRecord network(String request, String job, Optional<String> receipt) {
        return network(request, job, receipt, "1".repeat(64));
    }

    public static AnswerRecord network(String request, String job, Optional<String> receipt, String outputSha256) {
        return network(request, job, receipt, outputSha256, Optional.empty());
    }

    /** @param delivered SHA-256 of what the network delivered, where the host changed it */
    public static AnswerRecord network(
            String request, String job, Optional<String> receipt, String outputSha256, Optional<String> delivered) {
        return new AnswerRecord(
                request,
                Optional.of(job),
                Optional.of("aitbc"),
                "aitbc/wren-tiny:latest",
                Optional.of("sha256:" + "2".repeat(64)),
                "0".repeat(64),
                outputSha256,
                delivered,
                ENDED.minusMillis(5),
                ENDED,
                "hybrid",
                "aitbc",
                Optional.of("the local engine is full"),
                receipt,
                AssuranceLevel.SIGNED,
                List.of("that ünï\uD83D\uDE00code is kept"),
                Optional.empty());
    }

    public static BundlePolicy nobody() {
        return new BundlePolicy(Set.of(), Set.of(), Set.of(), Set.of(), false, Optional.empty());
    }

    public static BundlePolicy trusting(String host) {
        return new BundlePolicy(
                Set.of(host),
                Set.of(Resources.COORDINATOR_KEY),
                Set.of(AitbcCircuit.RECEIPT_PUBLIC.keySha256()),
                Set.of(),
                false,
                Optional.empty());
    }
}
