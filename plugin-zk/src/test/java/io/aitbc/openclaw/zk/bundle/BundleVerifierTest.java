package io.aitbc.openclaw.zk.bundle;

import static io.aitbc.openclaw.zk.json.JsonEdits.member;
import static io.aitbc.openclaw.zk.json.JsonEdits.text;
import static io.aitbc.openclaw.zk.json.JsonEdits.with;
import static io.aitbc.openclaw.zk.json.JsonEdits.without;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.chain.TestingChain;
import io.aitbc.openclaw.zk.circuits.AitbcCircuit;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonEdits;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.receipt.TestingSigner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to tamper with a bundle that has all links. The receipts were recorded from a real coordinator. */
class BundleVerifierTest {
    private static final String RECEIPT = Resources.text("receipt-with-zk-proof.json");
    private static final String JOB = "73d3e9b391d74d7580cec8df72c5ea42";

    private final JsonReader reader = new JsonReader();

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private ProofChain chain;
    private String host;
    private Json.Members bundle;

    /** A later record of the same answer in the same log: its links are genuine, and not of this bundle. */
    private Json.Members other;

    @BeforeEach
    void makeBundles() {
        chain = TestingChain.in(folder);
        host = chain.head().keyId();
        for (int i = 0; i < 5; i++) {
            assertThat(chain.append(TestingChain.network("req-" + i, "job-" + i, Optional.empty()))
                            .index())
                    .isEqualTo(i);
        }
        assertThat(chain.append(TestingChain.network("req-a", JOB, Optional.of(RECEIPT), TestingChain.OK))
                        .index())
                .isEqualTo(5);
        bundle = JsonEdits.read(chain.bundle(JOB).orElseThrow());
        assertThat(chain.append(TestingChain.network(
                                "req-b", JOB, Optional.of(RECEIPT.replace("\n", " ")), TestingChain.OK))
                        .index())
                .isEqualTo(6);
        other = JsonEdits.read(chain.bundle("req-b").orElseThrow());
    }

    @AfterEach
    void closeChain() {
        chain.close();
    }

    @Test
    void a_genuine_bundle_holds_link_by_link_in_another_place_without_the_log() {
        try (ProofChain stranger = TestingChain.in(elsewhere.resolve("chain"))) {
            BundleVerdict verdict = stranger.verify(text(bundle), TestingChain.trusting(host));
            assertThat(verdict.links()).extracting(LinkVerdict::link).containsExactlyElementsOf(BundleVerifier.LINKS);
            assertThat(verdict.links()).extracting(LinkVerdict::state).containsOnly(LinkVerdict.State.HOLDS);
            assertThat(verdict.valid()).isTrue();
            assertThat(verdict.about()).contains("request req-a, job " + JOB);
            assertThat(verdict.assurance())
                    .as("what the receipt is worth: anybody can make the proof")
                    .isEqualTo(AssuranceLevel.SIGNED);
            assertThat(verdict.notProven())
                    .contains("that the named model, or any model, computed the answer")
                    .contains("that ünï\uD83D\uDE00code is kept")
                    .anyMatch(line -> line.contains("development setup"));
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void bundles_of_earlier_and_later_checkpoints_both_hold() {
        assertThat(verify(bundle).valid()).isTrue();
        assertThat(verify(other).valid()).isTrue();
        assertThat(verify(JsonEdits.read(chain.bundle("req-0").orElseThrow())).valid())
                .as("a network's answer without a receipt")
                .isFalse();
        BundlePolicy lenient = new BundlePolicy(Set.of(host), Set.of(), Set.of(), Set.of(), true, Optional.of("job-0"));
        assertThat(chain.verify(chain.bundle("req-0").orElseThrow(), lenient).valid())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"host_key", "local", "receipt", "link", "log", "checkpoint", "not_proven", "format", "version"})
    void a_dropped_link_is_missed(String name) {
        assertRefused(without(bundle, name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "receipt", "link", "log", "checkpoint"})
    void a_genuine_link_of_another_record_is_recognised(String name) {
        Json.Members swapped = with(bundle, name, other.get(name).orElseThrow());
        if (name.equals("checkpoint")) {
            assertThat(failing(swapped)).containsExactly("log");
        } else {
            assertRefused(swapped);
        }
    }

    @Test
    void statements_do_not_pass_for_one_another() {
        Json local = bundle.get("local").orElseThrow();
        Json link = bundle.get("link").orElseThrow();
        assertRefused(with(with(bundle, "local", link), "link", local));
        assertRefused(with(bundle, "link", local));
        assertRefused(with(bundle, "local", link));
    }

    @Test
    void an_old_bundle_is_not_good_for_another_job() {
        for (String id : List.of("req-a", JOB)) {
            assertThat(chain.verify(text(bundle), about(id)).valid()).isTrue();
        }
        for (String id : List.of("req-b", "job-1", "", "\u0000")) {
            assertThat(chain.verify(text(bundle), about(id)).valid()).isFalse();
        }
    }

    @Test
    void a_request_that_a_host_named_after_a_job_does_not_pass_for_it() {
        assertThat(chain.append(TestingChain.network("some-job", JOB, Optional.of(RECEIPT), TestingChain.OK))
                        .index())
                .isPositive();
        String named = chain.bundle("some-job").orElseThrow();
        assertThat(chain.verify(named, about(JOB)).valid()).isTrue();
        assertThat(chain.verify(named, about("some-job")).valid()).isFalse();
    }

    private BundlePolicy about(String id) {
        BundlePolicy policy = TestingChain.trusting(host);
        return new BundlePolicy(
                policy.hostKeys(), policy.receiptKeys(), policy.proofKeys(), Set.of(), false, Optional.of(id));
    }

    @Test
    void any_changed_text_anywhere_is_noticed() {
        Random random = new Random(1);
        String whole = text(bundle);
        for (int i = 0; i < whole.length(); i += 1 + random.nextInt(20)) {
            char was = whole.charAt(i);
            char now = (char) (0x20 + random.nextInt(95));
            String changed = whole.substring(0, i) + now + whole.substring(i + 1);
            if (now == was || isSameDocument(changed)) {
                continue;
            }
            BundleVerdict verdict = chain.verify(changed, TestingChain.trusting(host));
            assertThat(verdict.valid()).as("'%s' for '%s' at %d", now, was, i).isFalse();
        }
    }

    /** Hexadecimal digits of an escape have two cases. */
    private boolean isSameDocument(String changed) {
        try {
            return reader.read(changed).equals(bundle);
        } catch (MalformedDocumentException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request",
                "job",
                "network",
                "model",
                "model_digest",
                "prompt_sha256",
                "output_sha256",
                "started",
                "ended",
                "route",
                "provider",
                "fallback_reason",
                "assurance",
                "not_proven",
                "host_key"
            })
    void each_member_of_the_statement_is_signed(String name) {
        assertRefused(inStatement("local", statement -> without(statement, name)));
        assertRefused(inStatement("local", statement -> with(statement, name, new Json.Text("9".repeat(64)))));
        assertRefused(inStatement("local", statement -> with(statement, name, new Json.Null())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "job", "local_sha256", "receipt_sha256", "host_key"})
    void each_member_of_the_linkage_is_signed(String name) {
        assertRefused(inStatement("link", statement -> without(statement, name)));
        assertRefused(inStatement("link", statement -> with(statement, name, new Json.Text("9".repeat(64)))));
    }

    @Test
    void added_members_and_nulls_are_refused() {
        for (Json value : List.of(new Json.Null(), new Json.Text("x"))) {
            assertRefused(with(bundle, "more", value));
            assertRefused(inStatement("local", statement -> with(statement, "more", value)));
            assertRefused(inStatement("link", statement -> with(statement, "more", value)));
            assertRefused(with(bundle, "log", with(member(bundle, "log"), "more", value)));
            assertRefused(with(bundle, "local", with(member(bundle, "local"), "more", value)));
        }
    }

    @Test
    void reordered_dropped_repeated_and_foreign_hashes_of_the_path_are_noticed() {
        Json.Members log = member(bundle, "log");
        List<Json> path = ((Json.Items) log.get("path").orElseThrow()).list();
        assertThat(path).hasSizeGreaterThan(1);
        List<List<Json>> changed = new ArrayList<>();
        List<Json> reversed = new ArrayList<>(path);
        Collections.reverse(reversed);
        changed.add(reversed);
        changed.add(path.subList(1, path.size()));
        changed.add(path.subList(0, path.size() - 1));
        changed.add(List.of());
        List<Json> longer = new ArrayList<>(path);
        longer.add(path.getFirst());
        changed.add(longer);
        changed.add(Collections.nCopies(1000, path.getFirst()));
        for (List<Json> steps : changed) {
            assertRefused(with(bundle, "log", with(log, "path", new Json.Items(steps))));
        }
        for (String index : List.of("0", "4", "6", "-1", "05", "999999999999999999", "99999999999999999999")) {
            assertRefused(with(bundle, "log", with(log, "index", new Json.Whole(index))));
        }
    }

    @Test
    void a_bundle_signed_by_another_host_is_not_trusted_however_whole_it_is() {
        try (ProofChain impostor = TestingChain.in(elsewhere.resolve("chain"))) {
            assertThat(impostor.append(TestingChain.network("req-a", JOB, Optional.of(RECEIPT), TestingChain.OK))
                            .index())
                    .isZero();
            Json.Members forged = JsonEdits.read(impostor.bundle(JOB).orElseThrow());
            assertThat(failing(forged)).containsExactly("local", "link", "log", "checkpoint");
            assertRefused(with(forged, "host_key", new Json.Text(host)));
            assertRefused(with(bundle, "checkpoint", forged.get("checkpoint").orElseThrow()));
            assertRefused(with(
                    with(forged, "host_key", new Json.Text(host)),
                    "checkpoint",
                    bundle.get("checkpoint").orElseThrow()));
        }
    }

    @Test
    void each_key_has_its_own_role() {
        BundlePolicy none = TestingChain.nobody();
        assertThat(failing(none)).containsExactly("local", "receipt", "proof", "link", "log", "checkpoint");
        assertThat(failing(policy(Set.of(host), Set.of(), Set.of()))).containsExactly("receipt", "proof");
        assertThat(failing(policy(Set.of(host), Set.of(host), Set.of(host)))).containsExactly("receipt", "proof");
        assertThat(failing(policy(
                        Set.of(Resources.COORDINATOR_KEY),
                        Set.of(Resources.COORDINATOR_KEY),
                        Set.of(AitbcCircuit.RECEIPT_PUBLIC.keySha256()))))
                .containsExactly("local", "link", "log", "checkpoint");
        for (String odd : List.of(host + "=", host.substring(1), host.toLowerCase(java.util.Locale.ROOT), "")) {
            assertThat(failing(policy(Set.of(odd), Set.of(), Set.of()))).contains("local", "link", "checkpoint");
        }
    }

    @Test
    void required_links_have_to_be_there() {
        assertThat(chain.append(TestingChain.network("req-c", JOB, Optional.of(Resources.receipt())))
                        .index())
                .isEqualTo(7);
        String bare = chain.bundle("req-c").orElseThrow();
        BundlePolicy policy = TestingChain.trusting(host);
        BundleVerdict wrongJob = chain.verify(bare, policy);
        assertThat(wrongJob.links())
                .filteredOn(link -> !link.isGood())
                .extracting(LinkVerdict::link)
                .containsExactly("receipt");
        BundlePolicy proof = new BundlePolicy(
                policy.hostKeys(),
                policy.receiptKeys(),
                policy.proofKeys(),
                Set.of("proof", "notary"),
                false,
                Optional.empty());
        assertThat(chain.verify(text(bundle), proof).links())
                .filteredOn(link -> !link.isGood())
                .extracting(LinkVerdict::link)
                .containsExactly("notary");
        assertThat(chain.verify(bare, proof).links())
                .filteredOn(link -> !link.isGood())
                .extracting(LinkVerdict::link)
                .containsExactly("receipt", "proof", "notary");
    }

    @Test
    void a_receipt_of_another_answer_of_the_same_job_is_not_taken_for_this_one() {
        String other = "1".repeat(64);
        assertThat(failing(TestingChain.network("req-c", JOB, Optional.of(RECEIPT), other)))
                .containsExactly("receipt");
        assertThat(failing(
                        TestingChain.network("req-d", JOB, Optional.of(RECEIPT), TestingChain.OK, Optional.of(other))))
                .containsExactly("receipt");
        assertThat(failing(
                        TestingChain.network("req-e", JOB, Optional.of(RECEIPT), other, Optional.of(TestingChain.OK))))
                .as("the host says what it changed")
                .isEmpty();
    }

    private List<String> failing(AnswerRecord answer) {
        assertThat(chain.append(answer).index()).isPositive();
        return failing(JsonEdits.read(chain.bundle(answer.requestId()).orElseThrow()));
    }

    @Test
    void a_receipt_that_shows_no_answer_gives_no_assurance_of_one() {
        BundleVerdict shown = verdict("req-c", JsonEdits.read("{\"output\":\"ok\"}"));
        assertThat(shown.assurance()).isEqualTo(AssuranceLevel.SIGNED);
        for (String result : List.of("{}", "{\"output\":[\"ok\"]}", "{\"output\":null}")) {
            BundleVerdict verdict = verdict("req-d", JsonEdits.read(result));
            assertThat(verdict.valid()).as(verdict.links().toString()).isTrue();
            assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
            assertThat(verdict.notProven())
                    .contains("that the receipt is about this answer: it does not show one")
                    .doesNotContainAnyElementsOf(List.of("anything the bundle says"));
        }
    }

    @Test
    void a_receipt_of_another_model_is_not_taken_for_one_of_this_answer() {
        for (String same : List.of("wren-tiny:latest", "wren-tiny", " Wren-Tiny")) {
            assertThat(verdict("req-c", result(same)).valid()).as(same).isTrue();
        }
        for (String other : List.of("wren", "wren-tiny:7b", "aitbc/wren-tiny", "wren-tiny@miner")) {
            BundleVerdict verdict = verdict("req-d", result(other));
            assertThat(verdict.links())
                    .as(other)
                    .filteredOn(link -> !link.isGood())
                    .extracting(LinkVerdict::link)
                    .containsExactly("receipt");
        }
    }

    private static Json.Members result(String model) {
        return with(JsonEdits.read("{\"output\":\"ok\"}"), "model", new Json.Text(model));
    }

    /** Of an answer {@code ok} whose receipt, signed by the trusted coordinator, is about this result. */
    private BundleVerdict verdict(String request, Json.Members result) {
        Json.Members whole = without(JsonEdits.read(RECEIPT), "zk_proof");
        Json.Members metadata = with(member(whole, "metadata"), "result", result);
        String receipt = TestingSigner.COORDINATOR.signed(with(whole, "metadata", metadata));
        assertThat(chain.append(TestingChain.network(request, JOB, Optional.of(receipt), TestingChain.OK))
                        .index())
                .isPositive();
        return chain.verify(chain.bundle(request).orElseThrow(), TestingChain.trusting(host));
    }

    @Test
    void a_policy_of_levels_is_about_the_receipt_however_many_proofs_are_in_it() {
        BundlePolicy policy = TestingChain.trusting(host);
        for (AssuranceLevel level : AssuranceLevel.values()) {
            BundlePolicy demanding = policy.withLevels(Set.of(level));
            assertThat(chain.verify(text(bundle), demanding).valid())
                    .as(level.name())
                    .isEqualTo(level == AssuranceLevel.SIGNED);
        }
    }

    @Test
    void giant_documents_are_refused_quickly() {
        for (String giant : List.of(
                " ".repeat(JsonReader.MAX_CHARACTERS + 1),
                "{\"a\":".repeat(1_000_000),
                "[" + "0,".repeat(3_000_000) + "0]",
                text(with(bundle, "receipt", new Json.Text("x".repeat(JsonReader.MAX_CHARACTERS - 10_000)))))) {
            assertThat(chain.verify(giant, TestingChain.trusting(host)).valid()).isFalse();
        }
    }

    @Test
    void a_receipt_too_large_for_a_bundle_is_left_out_and_said_to_be() {
        String large = "{\"x\":\"" + "y".repeat(TestingChain.LARGEST_RECEIPT) + "\"}";
        assertThat(chain.append(TestingChain.network("req-large", "job-large", Optional.of(large)))
                        .index())
                .isEqualTo(7);
        BundlePolicy lenient = new BundlePolicy(Set.of(host), Set.of(), Set.of(), Set.of(), true, Optional.empty());
        BundleVerdict verdict = chain.verify(chain.bundle("job-large").orElseThrow(), lenient);
        assertThat(verdict.valid()).isTrue();
        assertThat(verdict.notProven()).anyMatch(line -> line.contains("larger than a bundle may hold"));
    }

    private Json.Members inStatement(String name, UnaryOperator<Json.Members> change) {
        Json.Members signed = member(bundle, name);
        return with(bundle, name, with(signed, "statement", change.apply(member(signed, "statement"))));
    }

    private void assertRefused(Json.Members document) {
        BundleVerdict verdict = verify(document);
        assertThat(verdict.valid()).as(text(document)).isFalse();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertThat(verdict.about()).isEmpty();
        assertThat(verdict.notProven()).containsExactly("anything the bundle says");
    }

    private List<String> failing(Json.Members document) {
        return verify(document).links().stream()
                .filter(link -> !link.isGood())
                .map(LinkVerdict::link)
                .toList();
    }

    private List<String> failing(BundlePolicy policy) {
        return chain.verify(text(bundle), policy).links().stream()
                .filter(link -> !link.isGood())
                .map(LinkVerdict::link)
                .toList();
    }

    private static BundlePolicy policy(Set<String> hosts, Set<String> receipts, Set<String> proofs) {
        return new BundlePolicy(hosts, receipts, proofs, Set.of(), false, Optional.empty());
    }

    private BundleVerdict verify(Json.Members document) {
        return chain.verify(text(document), TestingChain.trusting(host));
    }
}
