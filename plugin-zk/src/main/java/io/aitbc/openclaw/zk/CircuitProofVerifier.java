package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Statement;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.bn254.Fr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks zero-knowledge proofs of circuits whose keys are pinned, and says what they do and do not show. */
final class CircuitProofVerifier implements ProofVerifier {
    private static final Set<String> KINDS = Set.of(Evidence.GROTH16, Evidence.PLONK);
    private static final Set<String> MEMBERS = Set.of("circuit", "proof", "public_signals");

    private final SnarkjsReader reader = new SnarkjsReader();
    private final Circuits circuits;

    CircuitProofVerifier(Circuits circuits) {
        this.circuits = circuits;
    }

    @Override
    public String id() {
        return "zk-circuits";
    }

    @Override
    public Set<String> kinds() {
        return KINDS;
    }

    @Override
    public Verdict verify(Evidence evidence) {
        Verdicts.requireKind(this, evidence);
        try {
            SnarkjsObject document =
                    SnarkjsObject.of("it", reader.read(evidence.json())).only(MEMBERS);
            PinnedCircuit circuit = circuits.named(document.text("circuit"));
            if (!circuit.key().kind().equals(evidence.kind())) {
                throw new MalformedDocumentException("the key of circuit %s is one for %s"
                        .formatted(circuit.circuit().name(), circuit.key().kind()));
            }
            return verify(circuit, document.value("proof"), document.value("public_signals"), evidence);
        } catch (MalformedDocumentException e) {
            return Verdicts.invalid("not a proof that can be checked: " + e.getMessage(), Optional.empty());
        }
    }

    /** @param signals the document's list of public signals */
    Verdict verify(PinnedCircuit pinned, Json proof, Json signals, Evidence evidence)
            throws MalformedDocumentException {
        Optional<String> keyId = Optional.of(pinned.keySha256());
        List<Fr> numbers = reader.signals(signals);
        Statement statement = new Statement(
                pinned.circuit().name(), numbers.stream().map(Fr::toString).toList());
        if (evidence.expected().isPresent() && !evidence.expected().get().equals(statement)) {
            return Verdicts.invalid("the proof is for another statement than the expected one", keyId);
        }
        if (numbers.size() != pinned.key().signals()) {
            return Verdicts.invalid(
                    "circuit %s has %d public signals, not %d"
                            .formatted(pinned.circuit().name(), pinned.key().signals(), numbers.size()),
                    keyId);
        }
        if (!pinned.key().holds(reader, proof, numbers)) {
            return Verdicts.invalid(
                    "the proof does not hold for its public signals and the key of circuit "
                            + pinned.circuit().name(),
                    keyId);
        }
        return held(pinned, statement, evidence.trustedKeys());
    }

    private static Verdict held(PinnedCircuit pinned, Statement statement, Set<String> trustedKeys) {
        Circuit circuit = pinned.circuit();
        Optional<String> failure = failure(circuit, statement);
        if (failure.isPresent()) {
            return new Verdict(
                    false,
                    AssuranceLevel.NONE,
                    "the proof holds, and states a failure: " + failure.get(),
                    Optional.of(pinned.keySha256()),
                    notProven(pinned),
                    Optional.of(statement));
        }
        List<String> notProven = notProven(pinned);
        boolean trusted = pinned.trusted() || Verdicts.lowerCase(trustedKeys).contains(pinned.keySha256());
        if (!trusted) {
            notProven.addFirst("whose key it is: key %s is not among the trusted keys".formatted(pinned.keySha256()));
        }
        boolean assured = trusted && circuit.binding();
        return new Verdict(
                true,
                assured ? AssuranceLevel.ZK_STATEMENT : AssuranceLevel.NONE,
                "the proof holds: somebody knew %s%s"
                        .formatted(circuit.proves(), circuit.binding() ? "" : "; it is tied to nothing"),
                Optional.of(pinned.keySha256()),
                notProven,
                Optional.of(statement));
    }

    private static Optional<String> failure(Circuit circuit, Statement statement) {
        for (Map.Entry<Integer, Circuit.RequiredSignal> required :
                circuit.required().entrySet()) {
            String actual = statement.publicSignals().get(required.getKey());
            if (!actual.equals(required.getValue().value())) {
                return Optional.of("signal %d is %s, not %s: %s"
                        .formatted(
                                required.getKey(),
                                actual,
                                required.getValue().value(),
                                required.getValue().otherwise()));
            }
        }
        return Optional.empty();
    }

    private static List<String> notProven(PinnedCircuit pinned) {
        List<String> lines = new ArrayList<>();
        lines.add("that the named model, or any model, computed an answer");
        lines.addAll(pinned.circuit().notProven());
        if (!pinned.ceremony()) {
            lines.add(
                    "that the prover knew anything: the key comes from a development setup, and whoever made it can forge proofs");
        }
        lines.add("who made the proof, when, and whether it is the first one of its statement");
        return lines;
    }
}
