package io.aitbc.openclaw.zk.proving;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.SignedRoot;
import io.aitbc.openclaw.api.proof.Statement;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.babyjubjub.EdwardsPoint;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.circuits.BuiltInCircuit;
import io.aitbc.openclaw.zk.circuits.Circuits;
import io.aitbc.openclaw.zk.circuits.ProvingBundle;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.evidence.CircuitProofVerifier;
import io.aitbc.openclaw.zk.log.LogKey;
import io.aitbc.openclaw.zk.prover.WitnessFile;
import io.aitbc.openclaw.zk.receiptchain.AnswerReceipt;
import io.aitbc.openclaw.zk.receiptchain.ConstraintSystem;
import io.aitbc.openclaw.zk.receiptchain.Receipt;
import io.aitbc.openclaw.zk.receiptchain.ReceiptChainReading;
import io.aitbc.openclaw.zk.receiptchain.ReceiptClaim;
import io.aitbc.openclaw.zk.receiptchain.ReceiptRoot;
import io.aitbc.openclaw.zk.receiptchain.ReceiptTree;
import io.aitbc.openclaw.zk.receiptchain.TestingReceipts;
import io.aitbc.openclaw.zk.snarkjs.KeyFile;
import io.aitbc.openclaw.zk.snarkjs.ProofTexts;
import io.aitbc.openclaw.zk.snarkjs.Snarkjs;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Proofs of the circuit that comes with the plugin, from a receipt to the verdict. */
class ReceiptChainProofTest {
    private static final BigInteger CAP = BigInteger.valueOf(200);
    private static final TestingReceipts RECEIPTS = new TestingReceipts(5);
    private static final EdwardsPoint OTHER_KEY = new TestingReceipts(6).key.publicKey();
    private static final Instant SIGNED = Instant.parse("2026-11-25T10:00:00Z");

    private static Map<String, List<BigInteger>> inputs;
    private static ReceiptClaim claim;
    private static LogKey host;
    private static GeneratedProof proof;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeAll
    static void prove() throws Exception {
        Receipt receipt = RECEIPTS.receiptAmongOthers(TestingReceipts.PRICE);
        inputs = RECEIPTS.inputs(receipt, CAP);
        claim = new ReceiptClaim(
                RECEIPTS.key.publicKey(), RECEIPTS.tree.root(), CAP, receipt.request(), receipt.answer());
        host = LogKey.random(new SecureRandom());
        proof = new ProofMaker(
                        new OwnProver(new SecureRandom(), 1),
                        _ -> new AnswerReceipt(
                                new ProofInput.Signals(inputs), root(RECEIPTS.tree, RECEIPTS.key.publicKey())))
                .make(circuit(), new ProofInput.Answer("job-1", new TokenAmount(CAP, Rail.AITBC)), (_, _) -> {});
    }

    private static SignedRoot root(ReceiptTree tree, EdwardsPoint hostReceipts) {
        return new SignedRoot(
                host.keyId(), ReceiptRoot.sign(host, tree, hostReceipts, SIGNED).note(), Optional.empty());
    }

    private static ProvingCircuit circuit() {
        return BuiltInCircuit.all().getFirst().circuit();
    }

    private static String receiptKey() {
        return ReceiptClaim.keyId(claim.key());
    }

    @Test
    void proof_under_trusted_keys_says_who_signed_what_and_what_it_does_not_show() {
        Verdict verdict = verify(proof.evidence(Set.of(proof.keySha256(), host.keyId())));
        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
        assertThat(verdict.reason())
                .isEqualTo(
                        "the proof holds: somebody knew a receipt that the host itself, with key %s, signed and that stands under root %s, of request %s and answer %s, with a price of at most 200 base units; host key %s signed this root, of 19 receipts, at 2026-11-25T10:00:00Z"
                                .formatted(receiptKey(), claim.root(), claim.request(), claim.answer(), host.keyId()));
        assertThat(verdict.notProven())
                .anyMatch(line -> line.contains("development setup"))
                .contains(
                        "that the named model, or any model, computed an answer",
                        "that a miner signed anything: the host signed this receipt itself");
        assertThat(proof.developmentSetup()).isTrue();
        assertThat(proof.notProven()).anyMatch(line -> line.contains("development setup"));
        assertThat(circuit().bundle().setup())
                .startsWith("development setup, one contributor: whoever ran it can forge proofs");
        assertThat(proof.statement().publicSignals())
                .isEqualTo(claim.signals().stream().map(Object::toString).toList());
    }

    @Test
    void key_that_is_not_the_hosts_has_to_be_trusted_itself() {
        Evidence evidence = under(root(RECEIPTS.tree, OTHER_KEY), host.keyId());
        Verdict unknown = verify(evidence);
        assertThat(unknown.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(unknown.notProven())
                .startsWith(
                        "whose receipt it is: receipt key %s is not among the trusted keys".formatted(receiptKey()));
        Verdict known = verify(under(root(RECEIPTS.tree, OTHER_KEY), host.keyId(), receiptKey()));
        assertThat(known.assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
        assertThat(known.reason()).contains("key %s, which is not the host's, signed".formatted(receiptKey()));
        assertThat(known.notProven())
                .contains("that the host had no hand in the receipt: whose key it is, only its owner can tell")
                .doesNotContain("that a miner signed anything: the host signed this receipt itself");
    }

    @Test
    void verification_key_host_key_or_root_that_is_not_trusted_gives_no_assurance() {
        assertThat(verify(proof.evidence(Set.of(host.keyId()))).assurance()).isEqualTo(AssuranceLevel.NONE);
        Verdict noHost = verify(proof.evidence(Set.of(proof.keySha256(), receiptKey())));
        assertThat(noHost.valid()).isTrue();
        assertThat(noHost.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(noHost.notProven())
                .startsWith("whose root it is: host key %s is not among the trusted keys".formatted(host.keyId()));
        Verdict noRoot = verify(evidence(proof.statement().publicSignals()));
        assertThat(noRoot.valid()).isTrue();
        assertThat(noRoot.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(noRoot.notProven()).startsWith("that the receipt stands in a host's log: no host signed the root");
        settings.put("trusted-proof-keys", proof.keySha256());
        settings.put("trusted-receipt-keys", receiptKey());
        Evidence miner = under(root(RECEIPTS.tree, OTHER_KEY), host.keyId());
        assertThat(verify(new Evidence(miner.kind(), miner.json(), Set.of(host.keyId())))
                        .assurance())
                .isEqualTo(AssuranceLevel.ZK_STATEMENT);
    }

    @Test
    void root_that_another_host_signed_or_of_another_tree_or_changed_is_refused() {
        SignedRoot genuine = root(RECEIPTS.tree, OTHER_KEY);
        String stranger = LogKey.random(new SecureRandom()).keyId();
        assertThat(verify(under(new SignedRoot(stranger, genuine.note(), Optional.empty()), stranger, receiptKey()))
                        .reason())
                .endsWith("its root is not signed by the host key that it names");
        assertThat(verify(under(root(new ReceiptTree(), OTHER_KEY), host.keyId(), receiptKey()))
                        .reason())
                .isEqualTo(ReceiptChainReading.OTHER_ROOT);
        SignedRoot older =
                new SignedRoot(host.keyId(), genuine.note().replace("2026-11-25", "2026-11-26"), Optional.empty());
        assertThat(verify(under(older, host.keyId(), receiptKey())).valid()).isFalse();
        String twice = under(genuine).json().replace("\"host_key\"", "\"more\":1,\"host_key\"");
        assertThat(verify(new Evidence(Evidence.GROTH16, twice, Set.of())).reason())
                .endsWith("the member 'more' does not belong there");
        String other = under(genuine).json().replace("\"receipt_chain\"", "\"receipt_public\"");
        assertThat(verify(new Evidence(Evidence.GROTH16, other, Set.of())).reason())
                .endsWith("the member 'root' does not belong there");
    }

    private static Evidence under(SignedRoot root, String... trusted) {
        Set<String> keys = new HashSet<>(Set.of(trusted));
        keys.add(proof.keySha256());
        return new GeneratedProof(
                        proof.statement(),
                        proof.kind(),
                        proof.proof(),
                        proof.keySha256(),
                        proof.developmentSetup(),
                        proof.notProven(),
                        proof.prover(),
                        proof.took(),
                        Optional.of(root))
                .evidence(keys);
    }

    @Test
    void proof_of_another_cap_root_key_request_or_answer_is_refused() {
        List<String> genuine = proof.statement().publicSignals();
        for (int signal = 0; signal < genuine.size(); signal++) {
            List<String> signals = new ArrayList<>(genuine);
            signals.set(
                    signal,
                    new BigInteger(genuine.get(signal)).add(BigInteger.ONE).toString());
            Verdict verdict = verify(evidence(signals));
            assertThat(verdict.valid()).as("signal %d", signal).isFalse();
            assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        }
        Evidence other = proof.evidence(Set.of());
        Statement expected = new Statement(
                "receipt_chain",
                new ReceiptClaim(claim.key(), claim.root(), CAP, claim.answer(), claim.request())
                        .signals().stream().map(Object::toString).toList());
        assertThat(verify(new Evidence(other.kind(), other.json(), Set.of(), Optional.of(expected)))
                        .reason())
                .isEqualTo("the proof is for another statement than the expected one");
    }

    @Test
    void signals_beside_their_form_are_refused_before_the_proof_is_looked_at() {
        List<String> genuine = proof.statement().publicSignals();
        List<String> alias = new ArrayList<>(genuine);
        alias.set(3, Fr.ORDER.add(CAP).toString());
        assertThat(verify(evidence(alias)).valid()).isFalse();
        for (int signal = 3; signal < genuine.size(); signal++) {
            List<String> signals = new ArrayList<>(genuine);
            signals.set(signal, BigInteger.TWO.pow(signal == 3 ? 65 : 129).toString());
            assertThat(verify(evidence(signals)).reason()).isEqualTo(ReceiptChainReading.OUT_OF_BOUNDS);
        }
        assertThat(verify(evidence(genuine.subList(0, 7))).valid()).isFalse();
    }

    @Test
    void snarkjs_computes_the_same_signals_and_accepts_the_proof() throws Exception {
        try (Snarkjs snarkjs = Snarkjs.start()) {
            String key =
                    new String(circuit().bundle().bytes(ProvingBundle.Part.VERIFICATION_KEY), StandardCharsets.UTF_8);
            assertThat(snarkjs.verify("groth16", key, json(proof.statement().publicSignals()), proof.proof()))
                    .isEqualTo("true");
            byte[] own =
                    WitnessFile.write(circuit().program().orElseThrow().get().compute(inputs));
            assertThat(snarkjs.witnessSha256(Path.of("receipt-chain/src/main/wasm/receipt_chain.wasm"), inputs))
                    .isEqualTo(KeyFile.sha256(own));
        }
    }

    @Test
    void files_are_those_that_the_bundle_pins() throws Exception {
        ProvingBundle bundle = circuit().bundle();
        bundle.bytes(ProvingBundle.Part.PROVING_KEY);
        bundle.bytes(ProvingBundle.Part.VERIFICATION_KEY);
        byte[] program = Files.readAllBytes(Path.of("receipt-chain/src/main/wasm/receipt_chain.wasm"));
        assertThat(KeyFile.sha256(program)).isEqualTo(bundle.sha256(ProvingBundle.Part.WITNESS_PROGRAM));
        assertThat(bundle.setup()).endsWith("constraints (r1cs) " + KeyFile.sha256(ConstraintSystem.bytes()));
    }

    private static String json(List<String> numbers) {
        return numbers.stream().map("\"%s\""::formatted).collect(Collectors.joining(",", "[", "]"));
    }

    private static Evidence evidence(List<String> signals) {
        Set<String> trusted = Set.of(proof.keySha256(), receiptKey());
        return new Evidence(
                Evidence.GROTH16, ProofTexts.evidence("receipt_chain", proof.proof(), json(signals)), trusted);
    }

    private Verdict verify(Evidence evidence) {
        return new CircuitProofVerifier(new Circuits(new PluginConfig("plugins.zk", settings)), new SecureRandom())
                .verify(evidence);
    }
}
