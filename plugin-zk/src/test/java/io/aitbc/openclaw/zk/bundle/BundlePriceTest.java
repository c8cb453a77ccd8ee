package io.aitbc.openclaw.zk.bundle;

import static io.aitbc.openclaw.contract.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.contract.FixedExtensions;
import io.aitbc.openclaw.contract.TestingPluginContext;
import io.aitbc.openclaw.zk.ZkChainFactory;
import io.aitbc.openclaw.zk.ZkGeneratorFactory;
import io.aitbc.openclaw.zk.ZkWorkReceiptsFactory;
import io.aitbc.openclaw.zk.chain.TestingChain;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonEdits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A proof about the price as a link of a bundle, and each way to tamper with it. */
class BundlePriceTest {
    private static final String JOB = "job-a";
    private static final String PRICE = "price";

    /** A host with a proof chain. */
    private static final class Host implements AutoCloseable {
        final TestingPluginContext context = new TestingPluginContext("zk", Map.of(), new FixedExtensions());
        final ProofChain chain = new ZkChainFactory().create(context);
        final ProofGenerator generator = new ZkGeneratorFactory().create(context);
        final WorkReceipts miner = new ZkWorkReceiptsFactory().create(context);

        void append(String request, String job, String output, Optional<WorkReceipts> signer) {
            AnswerRecord answer = TestingChain.network(
                    request,
                    job,
                    Optional.of("{\"price\":0.03}"),
                    ChainForms.sha256(output.getBytes(StandardCharsets.UTF_8)));
            Work work = new Work(job, "Say hi", output, TokenAmount.of(72, Rail.AITBC));
            chain.append(signer.map(it -> answer.withWork(
                            it.check(it.sign(work), work).receipt().orElseThrow()))
                    .orElse(answer));
        }

        String proof(String id) {
            return made(id).evidence(Set.of()).json();
        }

        GeneratedProof made(String id) {
            TokenAmount cap = TokenAmount.of(200, Rail.AITBC);
            return generator
                    .submit(new ProofRequest("receipt_chain", new ProofInput.Answer(id, cap)))
                    .result();
        }

        Json.Members bundle(String id, String proof) {
            return JsonEdits.read(chain.withPrice(chain.bundle(id).orElseThrow(), proof));
        }

        @Override
        public void close() {
            generator.close();
            chain.close();
            context.close();
        }
    }

    private static Host host;
    private static Host stranger;
    private static String keyHash;

    private static Json.Members bundle;
    /** Of an earlier answer to the same request and job. */
    private static Json.Members older;
    /** Of another request, later in the same log. */
    private static Json.Members other;
    /** Whose receipt the host signed. */
    private static Json.Members ofHost;

    @BeforeAll
    static void makeBundles() {
        host = new Host();
        stranger = new Host();
        Optional<WorkReceipts> miner = Optional.of(host.miner);
        host.append("req-a", JOB, "one", miner);
        older = host.bundle(JOB, host.proof(JOB));
        host.append("req-a", JOB, "two", miner);
        host.append("req-b", "job-b", "three", miner);
        host.append("req-c", "job-c", "two", Optional.empty());
        GeneratedProof proof = host.made(JOB);
        keyHash = proof.keySha256();
        bundle = host.bundle(JOB, proof.evidence(Set.of()).json());
        other = host.bundle("job-b", host.proof("job-b"));
        ofHost = host.bundle("job-c", host.proof("job-c"));
        stranger.append("req-a", JOB, "two", miner);
    }

    @AfterAll
    static void close() {
        host.close();
        stranger.close();
    }

    private static BundlePolicy policy(Set<String> proofs, Set<String> miners, String... required) {
        return new BundlePolicy(
                        Set.of(host.chain.head().keyId()), Set.of(), proofs, Set.of(required), true, Optional.empty())
                .withMinerKeys(miners);
    }

    private static BundlePolicy demanding() {
        return policy(Set.of(keyHash), Set.of(host.miner.keyId()), PRICE);
    }

    /** Receipts here have no signatures, so the link of the receipt fails always. */
    private static LinkVerdict price(Json.Members document, BundlePolicy policy) {
        BundleVerdict verdict = host.chain.verify(JsonEdits.text(document), policy);
        return verdict.links().stream()
                .filter(link -> link.link().equals(PRICE) || link.link().equals("document"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(verdict.links()));
    }

    @Test
    void proof_of_the_bundles_answer_holds_and_says_who_signed() {
        for (Json.Members document : List.of(bundle, older, other)) {
            LinkVerdict link = price(document, demanding());
            assertThat(link.state()).as(link.reason()).isEqualTo(LinkVerdict.State.HOLDS);
            assertThat(link.reason()).contains("key %s, which is not the host's".formatted(host.miner.keyId()));
        }
        LinkVerdict own = price(ofHost, policy(Set.of(keyHash), Set.of(), PRICE));
        assertThat(own.state()).as(own.reason()).isEqualTo(LinkVerdict.State.HOLDS);
        assertThat(own.reason()).contains("the host itself");
    }

    @Test
    void bundle_without_one_says_nothing_of_it_unless_it_is_required() {
        String bare = host.chain.bundle(JOB).orElseThrow();
        BundlePolicy easy = policy(Set.of(), Set.of());
        assertThat(host.chain.verify(bare, easy).links())
                .extracting(LinkVerdict::link)
                .doesNotContain(PRICE);
        assertThat(price(JsonEdits.read(bare), demanding()).reason()).isEqualTo("the bundle has no proof of the price");
        assertThat(JsonEdits.without(bundle, PRICE)).isEqualTo(JsonEdits.read(bare));
    }

    @Test
    void keys_that_are_not_trusted_in_their_roles_fail_it_also_when_nobody_requires_it() {
        String hash = keyHash;
        String miner = host.miner.keyId();
        assertFailing(policy(Set.of(), Set.of(miner)), "key %s is not among the trusted keys".formatted(hash));
        assertFailing(policy(Set.of(hash), Set.of()), "receipt key %s is not among the trusted keys".formatted(miner));
        assertFailing(
                policy(Set.of(hash, miner), Set.of()), "receipt key %s is not trusted as a miner's".formatted(miner));
        BundlePolicy nobody = new BundlePolicy(Set.of(), Set.of(), Set.of(hash), Set.of(), true, Optional.empty())
                .withMinerKeys(Set.of(miner));
        assertFailing(
                nobody,
                "host key %s is not among the trusted keys"
                        .formatted(host.chain.head().keyId()));
    }

    private static void assertFailing(BundlePolicy policy, String reason) {
        LinkVerdict link = price(bundle, policy);
        assertThat(link.state()).isEqualTo(LinkVerdict.State.FAILS);
        assertThat(link.reason()).contains(reason);
        assertThat(host.chain.verify(JsonEdits.text(bundle), policy).valid()).isFalse();
    }

    @TestFactory
    Stream<DynamicTest> each_kind_of_tampering() {
        return Map.<String, List<Json.Members>>of(
                        "tamper", everywhere(BundleMatrixTest::tampered),
                        "drop", dropped(),
                        "reorder", everywhere(BundleMatrixTest::reordered),
                        "swap", List.of(swapped(other), swapped(ofHost)),
                        "replay", List.of(swapped(older)))
                .entrySet()
                .stream()
                .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> assertCaught(kind.getValue())));
    }

    private static void assertCaught(List<Json.Members> documents) {
        assertThat(documents).as("ways to do it").isNotEmpty();
        for (Json.Members document : documents) {
            assertThat(price(document, demanding()).state())
                    .as(JsonEdits.text(document))
                    .isEqualTo(LinkVerdict.State.FAILS);
        }
    }

    private static List<Json.Members> dropped() {
        List<Json.Members> documents = new ArrayList<>(everywhere(BundleMatrixTest::dropped));
        documents.add(JsonEdits.without(bundle, PRICE));
        return documents;
    }

    private static List<Json.Members> everywhere(Function<Json, List<Json>> changes) {
        return JsonEdits.everywhere(JsonEdits.member(bundle, PRICE), changes).stream()
                .map(changed -> JsonEdits.with(bundle, PRICE, changed))
                .toList();
    }

    private static Json.Members swapped(Json.Members from) {
        return JsonEdits.with(bundle, PRICE, JsonEdits.member(from, PRICE));
    }

    @Test
    void proof_of_another_answer_or_host_is_recognised_by_what_the_host_signed() {
        assertThat(price(swapped(other), demanding()).reason())
                .isEqualTo("it is about another request or answer than the host's statement");
        assertThat(price(swapped(ofHost), demanding()).reason())
                .isEqualTo("another key signed its receipt than the host's statement says");
        Json.Members foreign = JsonEdits.read(stranger.proof(JOB));
        BundlePolicy both = new BundlePolicy(
                        Set.of(host.chain.head().keyId(), stranger.chain.head().keyId()),
                        Set.of(),
                        Set.of(keyHash),
                        Set.of(PRICE),
                        true,
                        Optional.empty())
                .withMinerKeys(Set.of(host.miner.keyId()));
        assertThat(price(JsonEdits.with(bundle, PRICE, foreign), both).reason())
                .isEqualTo("its root is signed by another host than the bundle names");
    }

    @Test
    void proof_that_does_not_belong_there_is_not_put_into_a_bundle() {
        String bare = host.chain.bundle(JOB).orElseThrow();
        String good = JsonEdits.text(JsonEdits.member(bundle, PRICE));
        assertThat(host.chain.withPrice(JsonEdits.text(bundle), good)).isEqualTo(JsonEdits.text(bundle));
        for (String bad : List.of(
                "",
                "{}",
                "[]",
                "7",
                stranger.proof(JOB),
                JsonEdits.text(JsonEdits.member(other, PRICE)),
                JsonEdits.text(JsonEdits.without(JsonEdits.member(bundle, PRICE), "root")),
                good.replace("\"200\"", "\"199\""),
                good.replace("{\"circuit\"", "{\"a\":null,\"circuit\""))) {
            assertThat(assertFails(ErrorCode.INVALID_REQUEST, () -> host.chain.withPrice(bare, bad)))
                    .as(bad)
                    .hasMessageStartingWith("The proof cannot go into this bundle: ");
        }
        assertFails(ErrorCode.INVALID_REQUEST, () -> host.chain.withPrice("{}", good));
    }
}
