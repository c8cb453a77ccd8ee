package io.aitbc.openclaw.zk.evidence;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Statement;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.circuits.Circuit;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.circuits.NotProven;
import io.aitbc.openclaw.zk.circuits.PinnedCircuit;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.receiptchain.HostRoot;
import io.aitbc.openclaw.zk.receiptchain.ReceiptChainReading;
import io.aitbc.openclaw.zk.snarkjs.CircuitKey;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsObject;
import io.aitbc.openclaw.zk.snarkjs.SnarkjsReader;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks zero-knowledge proofs of circuits whose keys are pinned, and says what they do and do not show. */
public final class CircuitProofVerifier implements ProofVerifier {
    private static final Set<String> KINDS = Set.of(Evidence.GROTH16, Evidence.PLONK);
    private static final Set<String> MEMBERS = Set.of("circuit", "proof", "public_signals");
    private static final String ROOT = "root";
    private static final Set<String> WITH_ROOT = Set.of("circuit", "proof", "public_signals", ROOT);

    private final SnarkjsReader reader = new SnarkjsReader();
    private final Circuits circuits;
    private final Batches batches;

    /** @param random whoever makes proofs must not know what it will give */
    public CircuitProofVerifier(Circuits circuits, SecureRandom random) {
        this.circuits = circuits;
        batches = new Batches(random);
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
        return decided(submission(evidence));
    }

    @Override
    public List<Verdict> verifyAll(List<Evidence> evidence) {
        List<Submission> submissions = evidence.stream().map(this::submission).toList();
        Set<CircuitKey.Claim> holding = batches.holding(submissions);
        return submissions.stream()
                .map(submission -> switch (submission) {
                    case Submission.Decided decided -> decided.verdict();
                    case Submission.Open open -> verdict(open, holding.contains(open.claim()));
                })
                .toList();
    }

    private Submission submission(Evidence evidence) {
        Verdicts.requireKind(this, evidence);
        try {
            SnarkjsObject document = SnarkjsObject.of("it", reader.read(evidence.json()));
            Optional<HostRoot> root = root(document);
            PinnedCircuit circuit = circuits.named(document.text("circuit"));
            if (!circuit.key().kind().equals(evidence.kind())) {
                throw new MalformedDocumentException("the key of circuit %s is one for %s"
                        .formatted(circuit.circuit().name(), circuit.key().kind()));
            }
            return submission(circuit, document.value("proof"), document.value("public_signals"), evidence, root);
        } catch (MalformedDocumentException e) {
            return new Submission.Decided(
                    Verdicts.invalid("not a proof that can be checked: " + e.getMessage(), Optional.empty()));
        }
    }

    /** Empty when there is none; only one circuit has one. */
    private static Optional<HostRoot> root(SnarkjsObject document) throws MalformedDocumentException {
        Optional<Json> root = document.members().get(ROOT);
        if (root.isEmpty() || !document.text("circuit").equals(ReceiptChainReading.CIRCUIT)) {
            document.only(MEMBERS);
            return Optional.empty();
        }
        document.only(WITH_ROOT);
        return Optional.of(RootReader.read(root.get()));
    }

    /** @param signals the document's list of public signals */
    public Verdict verify(PinnedCircuit pinned, Json proof, Json signals, Evidence evidence)
            throws MalformedDocumentException {
        return decided(submission(pinned, proof, signals, evidence, Optional.empty()));
    }

    private Submission submission(
            PinnedCircuit pinned, Json proof, Json signals, Evidence evidence, Optional<HostRoot> root)
            throws MalformedDocumentException {
        Optional<String> keyId = Optional.of(pinned.keySha256());
        List<Fr> numbers = reader.signals(signals);
        Statement statement = new Statement(
                pinned.circuit().name(), numbers.stream().map(Fr::toString).toList());
        if (evidence.expected().isPresent() && !evidence.expected().get().equals(statement)) {
            return new Submission.Decided(
                    Verdicts.invalid("the proof is for another statement than the expected one", keyId));
        }
        if (numbers.size() != pinned.key().signals()) {
            return new Submission.Decided(Verdicts.invalid(
                    "circuit %s has %d public signals, not %d"
                            .formatted(pinned.circuit().name(), pinned.key().signals(), numbers.size()),
                    keyId));
        }
        boolean ofReceipt = pinned.circuit().name().equals(ReceiptChainReading.CIRCUIT);
        Optional<ReceiptChainReading> receipt =
                ofReceipt ? ReceiptChainReading.of(statement.publicSignals(), root) : Optional.empty();
        if (ofReceipt && receipt.isEmpty()) {
            return new Submission.Decided(Verdicts.invalid(ReceiptChainReading.OUT_OF_BOUNDS, keyId));
        }
        if (receipt.filter(ReceiptChainReading::hasOtherRoot).isPresent()) {
            return new Submission.Decided(Verdicts.invalid(ReceiptChainReading.OTHER_ROOT, keyId));
        }
        return new Submission.Open(
                pinned, statement, pinned.key().claim(reader, proof, numbers), evidence.trustedKeys(), receipt);
    }

    private Verdict decided(Submission submission) {
        return switch (submission) {
            case Submission.Decided decided -> decided.verdict();
            case Submission.Open open -> verdict(open, open.claim().holds());
        };
    }

    private Verdict verdict(Submission.Open open, boolean holds) {
        if (!holds) {
            return Verdicts.invalid(
                    "the proof does not hold for its public signals and the key of circuit "
                            + open.pinned().circuit().name(),
                    Optional.of(open.pinned().keySha256()));
        }
        return held(open);
    }

    private Verdict held(Submission.Open open) {
        PinnedCircuit pinned = open.pinned();
        Statement statement = open.statement();
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
        Set<String> trustedHashes = Verdicts.lowerCase(open.trustedKeys());
        boolean trusted = pinned.trusted() || trustedHashes.contains(pinned.keySha256());
        if (!trusted) {
            notProven.addFirst("whose key it is: key %s is not among the trusted keys".formatted(pinned.keySha256()));
        }
        for (ReceiptChainReading receipt : open.receipt().stream().toList()) {
            List<String> untrusted = receipt.untrusted(
                    open.trustedKeys()::contains, key -> circuits.trustsReceiptKey(key, trustedHashes));
            trusted = trusted && untrusted.isEmpty();
            notProven.addAll(0, untrusted);
            notProven.addAll(receipt.notProven());
        }
        boolean assured = trusted && circuit.binding();
        return new Verdict(
                true,
                assured ? AssuranceLevel.ZK_STATEMENT : AssuranceLevel.NONE,
                "the proof holds: somebody knew "
                        + open.receipt().map(ReceiptChainReading::words).orElseGet(() -> words(circuit, statement)),
                Optional.of(pinned.keySha256()),
                notProven,
                Optional.of(statement));
    }

    private static String words(Circuit circuit, Statement statement) {
        return circuit.proves() + meanings(circuit, statement) + (circuit.binding() ? "" : "; it is tied to nothing");
    }

    private static String meanings(Circuit circuit, Statement statement) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < circuit.signals().size(); i++) {
            text.append("; signal %d (%s) is %s"
                    .formatted(
                            i,
                            circuit.signals().get(i),
                            statement.publicSignals().get(i)));
        }
        return text.toString();
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
        return NotProven.of(pinned.circuit(), pinned.ceremony());
    }
}
