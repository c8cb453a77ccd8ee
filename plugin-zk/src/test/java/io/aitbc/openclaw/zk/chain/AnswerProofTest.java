package io.aitbc.openclaw.zk.chain;

import static io.aitbc.openclaw.contract.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipt;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.contract.FixedExtensions;
import io.aitbc.openclaw.contract.TestingPluginContext;
import io.aitbc.openclaw.zk.ZkChainFactory;
import io.aitbc.openclaw.zk.ZkGeneratorFactory;
import io.aitbc.openclaw.zk.ZkVerifierFactory;
import io.aitbc.openclaw.zk.ZkWorkReceiptsFactory;
import io.aitbc.openclaw.zk.log.LogKey;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a record of the proof chain to a proof about its price. */
class AnswerProofTest {
    private static final String SECONDS = "20[0-9-]{8}T[0-9:]{8}Z";

    private final TestingPluginContext context = new TestingPluginContext("zk", Map.of(), new FixedExtensions());
    private final ProofChain chain = new ZkChainFactory().create(context);
    private final ProofGenerator generator = new ZkGeneratorFactory().create(context);

    @AfterEach
    void close() {
        generator.close();
        chain.close();
        context.close();
    }

    @Test
    void price_of_an_answer_is_shown_to_be_within_a_cap_and_to_nobody_what_it_is() {
        chain.append(answer("job-1", "{\"price\": 0.03}"));
        chain.append(answer("job-2", "{\"price\": 7}"));
        GeneratedProof exact = proof("job-1", "0.03");
        assertThat(exact.statement().publicSignals().get(3)).isEqualTo("108");
        GeneratedProof generous = proof("job-1", "1");
        List<String> signals = generous.statement().publicSignals();
        assertThat(signals.get(3)).isEqualTo("3600");
        assertThat(signals.subList(4, 6)).containsOnly("0");
        BigInteger ones = new BigInteger("1".repeat(32), 16);
        assertThat(signals.subList(6, 8)).containsOnly(ones.toString());
        assertThat(signals.subList(0, 3))
                .isEqualTo(exact.statement().publicSignals().subList(0, 3));

        try (ProofVerifier verifier = new ZkVerifierFactory().create(context)) {
            Verdict stranger = verifier.verify(generous.evidence(Set.of(generous.keySha256())));
            assertThat(stranger.assurance()).isEqualTo(AssuranceLevel.NONE);
            Evidence trusting =
                    generous.evidence(Set.of(generous.keySha256(), chain.head().keyId()));
            Verdict trusted = verifier.verify(trusting);
            assertThat(trusted.assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
            assertThat(trusted.reason()).containsPattern("the host itself.*of 2 receipts, at " + SECONDS);
        }
    }

    @Test
    void miners_own_receipt_is_proven_under_the_miners_key_and_others_under_the_hosts() {
        WorkReceipts miner = new ZkWorkReceiptsFactory().create(context);
        AnswerRecord paid = signed(miner, "job-1", 72);
        WorkReceipt receipt = paid.work().orElseThrow();
        chain.append(paid);
        chain.append(answer("job-2", "{\"price\": 0.03}"));
        GeneratedProof proof = proof("job-1", "0.02");
        GeneratedProof ofHost = proof("job-2", "1");
        assertThat(refusal("job-1", "0.0197")).startsWith("The price of this answer is above the cap");
        try (ProofVerifier verifier = new ZkVerifierFactory().create(context)) {
            String host = chain.head().keyId();
            Verdict unknown = verifier.verify(proof.evidence(Set.of(proof.keySha256(), host)));
            assertThat(unknown.assurance()).isEqualTo(AssuranceLevel.NONE);
            assertThat(unknown.notProven())
                    .startsWith("whose receipt it is: receipt key %s is not among the trusted keys"
                            .formatted(miner.keyId()));
            Verdict known = verifier.verify(proof.evidence(Set.of(proof.keySha256(), host, miner.keyId())));
            assertThat(known.assurance()).isEqualTo(AssuranceLevel.ZK_STATEMENT);
            assertThat(known.reason())
                    .contains(
                            "key %s, which is not the host's, signed".formatted(miner.keyId()),
                            "of request %s and answer %s".formatted(receipt.promptSha256(), receipt.outputSha256()),
                            "at most 72 base units");
            assertThat(verifier.verify(ofHost.evidence(Set.of(proof.keySha256(), host)))
                            .reason())
                    .contains("the host itself");
            assertThat(ofHost.statement().publicSignals().get(2))
                    .as("one tree for both")
                    .isEqualTo(proof.statement().publicSignals().get(2));
        }
    }

    @Test
    void receipt_of_a_miner_that_does_not_hold_leaves_the_answer_to_the_hosts_own() {
        WorkReceipts miner = new ZkWorkReceiptsFactory().create(context);
        AnswerRecord genuine = signed(miner, "job-1", 72);
        WorkReceipt receipt = genuine.work().orElseThrow();
        List<WorkReceipt> bad = List.of(
                new WorkReceipt("{}", receipt.keyId(), receipt.promptSha256(), receipt.outputSha256()),
                new WorkReceipt(
                        receipt.json().replace("\"72\"", "\"71\""),
                        receipt.keyId(),
                        receipt.promptSha256(),
                        receipt.outputSha256()),
                new WorkReceipt(receipt.json(), "0".repeat(64), receipt.promptSha256(), receipt.outputSha256()),
                new WorkReceipt(receipt.json(), receipt.keyId(), "0".repeat(64), receipt.outputSha256()),
                signed(miner, "job-2", 72).work().orElseThrow());
        for (WorkReceipt each : bad) {
            chain.append(genuine.withWork(each));
        }
        assertThat(chain.bundle("job-1").orElseThrow())
                .contains("what the miner's own receipt says: it does not hold, or is of another job")
                .doesNotContain("work_key");
        try (ProofVerifier verifier = new ZkVerifierFactory().create(context)) {
            GeneratedProof proof = proof("job-1", "0.03");
            assertThat(verifier.verify(proof.evidence(Set.of())).reason())
                    .contains("the host itself", "of 5 receipts", "at most 108 base units");
        }
    }

    private static AnswerRecord signed(WorkReceipts miner, String job, long price) {
        Work work = new Work(job, "Say hi", "Good day", TokenAmount.of(price, Rail.AITBC));
        return answer(job, "{\"price\": 0.03}")
                .withWork(miner.check(miner.sign(work), work).receipt().orElseThrow());
    }

    @Test
    void proof_shows_that_the_tree_only_grew_since_a_root_that_was_kept() {
        chain.append(answer("job-1", "{\"price\": 0.03}"));
        String kept = proof("job-1", "1").root().orElseThrow().note();
        chain.append(answer("job-2", "{\"price\": 0.03}"));
        chain.append(answer("job-3", "{\"price\": 0.03}"));
        GeneratedProof bare = proof("job-2", "1");
        GeneratedProof growing = generator
                .submit(new ProofRequest("receipt_chain", new ProofInput.Answer("job-2", cap("1"), OptionalLong.of(1))))
                .result();
        assertThat(assertFails(
                                ErrorCode.INVALID_REQUEST,
                                () -> generator
                                        .submit(new ProofRequest(
                                                "receipt_chain",
                                                new ProofInput.Answer("job-2", cap("1"), OptionalLong.of(4))))
                                        .result())
                        .getMessage())
                .startsWith("The tree of receipts has 3 receipts, not 4");
        try (ProofVerifier verifier = new ZkVerifierFactory().create(context)) {
            assertThat(since(verifier, growing, kept).reason())
                    .endsWith("; the tree only grew since it had 1 receipts");
            assertThat(since(verifier, bare, kept).reason())
                    .endsWith(
                            "it does not show that the tree only grew since it had 1 receipts: ask for it with --since");
            String now = bare.root().orElseThrow().note();
            assertThat(since(verifier, bare, now).reason()).endsWith("; the tree only grew since it had 3 receipts");
            LogKey host = LogKey.random(new SecureRandom());
            String foreign =
                    book(host).signedRoot(Instant.EPOCH, OptionalLong.empty()).note();
            assertThat(since(verifier, growing, foreign).reason())
                    .endsWith("the root that was kept is another host's, or none");
            chain.append(answer("job-4", "{\"price\": 0.03}"));
            String later = proof("job-4", "1").root().orElseThrow().note();
            assertThat(since(verifier, growing, later).reason())
                    .endsWith("its tree has 3 receipts, and had 4 before: it was put back, or the proof is older");
            assertThat(growing.evidence(Set.of()).json()).contains("\"since\":1,\"path\":[[\"");
        }
    }

    /** What the verdict is for somebody who kept a note. */
    private static Verdict since(ProofVerifier verifier, GeneratedProof proof, String kept) {
        Evidence evidence = proof.evidence(Set.of());
        String json = evidence.json()
                .replace("\"root\":{", "\"root\":{\"kept\":\"%s\",".formatted(kept.replace("\n", "\\n")));
        Verdict verdict = verifier.verify(new Evidence(evidence.kind(), json, Set.of()));
        assertThat(verdict.valid()).isEqualTo(verdict.reason().startsWith("the proof holds"));
        return verdict;
    }

    @Test
    void answer_of_this_machine_costs_nothing() {
        AnswerRecord network = answer("none", "{}");
        chain.append(new AnswerRecord(
                "request-local",
                Optional.empty(),
                Optional.empty(),
                network.model(),
                Optional.empty(),
                network.promptSha256(),
                network.outputSha256(),
                network.started(),
                network.ended(),
                "local",
                "engine",
                Optional.empty(),
                Optional.empty(),
                AssuranceLevel.NONE,
                List.of("anything")));
        assertThat(proof("request-local", "0").statement().publicSignals().get(3))
                .isEqualTo("0");
    }

    @Test
    void there_is_no_proof_where_there_is_no_price_or_one_above_the_cap() {
        chain.append(answer("job-1", "{\"price\": 0.03}"));
        chain.append(answer("job-2", "{\"price\": \"0.03\"}"));
        chain.append(answer("job-3", "no receipt"));
        chain.append(answer("job-4", "{\"price\": -1}"));
        chain.append(answer("job-5", "{\"price\": 1e300}"));
        chain.append(TestingChain.network("request-6", "job-6", Optional.empty()));
        assertThat(refusal("job-1", "0.0297")).isEqualTo("The price of this answer is above the cap of 0.02944445 AIT");
        assertThat(refusal("job-9", "1")).isEqualTo("The proof chain has no record of job or request 'job-9'");
        for (String job : List.of("job-2", "job-3", "job-4", "job-5", "job-6")) {
            assertThat(refusal(job, "1")).as(job).startsWith("There is no price to prove");
        }
        assertThat(refusal("job-1", "99999999999999999999")).startsWith("A cap has to be below 2^64 base units");
    }

    @Test
    void key_root_and_salts_are_the_same_after_a_restart_and_others_for_another_host() {
        LogKey key = LogKey.random(new SecureRandom());
        ReceiptBook book = book(key);
        assertThat(book(key).root()).isEqualTo(book.root());
        assertThat(book(key).key()).isEqualTo(book.key());
        ChainStatements.Made first = new ChainStatements(key).make(answer("job-1", "{\"price\": 0.03}"));
        ChainStatements.Made second = new ChainStatements(key).make(answer("job-2", "{\"price\": 0.03}"));
        assertThat(book(key).inputs(0, first, cap("1"))).isEqualTo(book.inputs(0, first, cap("1")));
        assertThat(book.inputs(0, first, cap("1")).get("salt"))
                .isNotEqualTo(book.inputs(1, second, cap("1")).get("salt"));
        assertThat(assertFails(ErrorCode.INTERNAL, () -> book.inputs(1, first, cap("1")))
                        .getMessage())
                .startsWith("Record 1 of the proof log is not what it was when its receipt was hashed");
        ReceiptBook other = book(LogKey.random(new SecureRandom()));
        assertThat(other.root()).isNotEqualTo(book.root());
        assertThat(other.key()).isNotEqualTo(book.key());
        assertThat(book.records()).isEqualTo(3);
        assertThat(book.receipts()).isEqualTo(2);
    }

    private static ReceiptBook book(LogKey key) {
        ChainStatements statements = new ChainStatements(key);
        ReceiptBook book = new ReceiptBook(key);
        book.add(statements.make(answer("job-1", "{\"price\": 0.03}")));
        book.add(statements.make(answer("job-2", "{\"price\": 0.03}")));
        book.add(statements.make(answer("job-3", "{}")));
        return book;
    }

    private static AnswerRecord answer(String job, String receipt) {
        return TestingChain.network("request-of-" + job, job, Optional.of(receipt));
    }

    private static TokenAmount cap(String coins) {
        return TokenAmount.parseLimit(coins, Rail.AITBC);
    }

    private GeneratedProof proof(String id, String coins) {
        return generator
                .submit(new ProofRequest("receipt_chain", new ProofInput.Answer(id, cap(coins))))
                .result();
    }

    private String refusal(String id, String coins) {
        return assertFails(ErrorCode.INVALID_REQUEST, () -> proof(id, coins)).getMessage();
    }
}
