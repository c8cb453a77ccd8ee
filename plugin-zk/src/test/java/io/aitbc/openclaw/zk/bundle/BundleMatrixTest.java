package io.aitbc.openclaw.zk.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.zk.Resources;
import io.aitbc.openclaw.zk.chain.TestingChain;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonEdits;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each way to tamper with each link of a bundle that has all of them is noticed. */
class BundleMatrixTest {
    private static final String JOB = "73d3e9b391d74d7580cec8df72c5ea42";
    private static final String RECEIPT = Resources.text("receipt-with-zk-proof.json");

    @TempDir
    private Path folder;

    private ProofChain chain;
    private BundlePolicy policy;

    /** With every link there is. */
    private Json.Members bundle;
    /** Of an earlier answer to the same request and job. */
    private Json.Members older;
    /** Of another request, later in the same log. */
    private Json.Members other;

    private enum Link {
        LOCAL,
        RECEIPT,
        PROOF,
        LINK,
        LOG,
        CHECKPOINT,
        CONSISTENCY;

        private String member() {
            return this == PROOF ? "receipt" : name().toLowerCase(java.util.Locale.ROOT);
        }

        /** The link itself; of a document in a text what it says. */
        Json in(Json.Members document) {
            Json value = document.get(member()).orElseThrow();
            return switch (this) {
                case RECEIPT -> JsonEdits.read(((Json.Text) value).value());
                case PROOF ->
                    JsonEdits.read(((Json.Text) value).value()).get("zk_proof").orElseThrow();
                default -> value;
            };
        }

        Json.Members replaced(Json.Members document, Json link) {
            Json value = switch (this) {
                case RECEIPT -> new Json.Text(JsonEdits.text(link));
                case PROOF ->
                    new Json.Text(
                            JsonEdits.text(JsonEdits.with((Json.Members) RECEIPT.in(document), "zk_proof", link)));
                default -> link;
            };
            return JsonEdits.with(document, member(), value);
        }

        Json.Members dropped(Json.Members document) {
            return this == PROOF
                    ? RECEIPT.replaced(document, JsonEdits.without((Json.Members) RECEIPT.in(document), "zk_proof"))
                    : JsonEdits.without(document, member());
        }
    }

    private enum Kind {
        TAMPER,
        DROP,
        REORDER,
        SWAP,
        REPLAY
    }

    @BeforeEach
    void makeBundles() {
        chain = TestingChain.in(folder);
        String host = chain.head().keyId();
        append("req-0", "job-0", "{}");
        append("req-1", "job-1", "{}");
        policy = TestingChain.trusting(host).withKeptCheckpoint(chain.head().checkpoint());
        append("req-a", JOB, RECEIPT.replace("\n", ""));
        append("req-2", "job-2", "{}");
        older = bundle(JOB);
        append("req-3", "job-3", "{}");
        append("req-a", JOB, RECEIPT);
        append("req-4", "job-4", "{}");
        bundle = bundle(JOB);
        append("req-b", JOB, RECEIPT.replace("\n", " "));
        other = bundle("req-b");
    }

    private void append(String request, String job, String receipt) {
        long size = chain.head().size();
        String output = ChainForms.sha256(Long.toString(size).getBytes(StandardCharsets.US_ASCII));
        AnswerRecord answer =
                TestingChain.network(request, job, Optional.of(receipt), output, Optional.of(TestingChain.OK));
        assertThat(chain.append(answer).index()).isEqualTo(size);
    }

    private Json.Members bundle(String id) {
        return JsonEdits.read(chain.bundle(id, OptionalLong.of(2)).orElseThrow());
    }

    @AfterEach
    void closeChain() {
        chain.close();
    }

    @Test
    void untouched_bundles_hold() {
        for (Json.Members document : List.of(bundle, older, other)) {
            BundleVerdict verdict = chain.verify(JsonEdits.text(document), policy);
            assertThat(verdict.links()).extracting(LinkVerdict::state).containsOnly(LinkVerdict.State.HOLDS);
            assertThat(verdict.links()).hasSize(Link.values().length);
        }
    }

    @TestFactory
    Stream<DynamicTest> each_link_and_kind() {
        return Arrays.stream(Link.values())
                .flatMap(link -> Arrays.stream(Kind.values())
                        .map(kind -> DynamicTest.dynamicTest(kind + " " + link, () -> assertCaught(link, kind))));
    }

    private void assertCaught(Link link, Kind kind) {
        List<Json.Members> documents = forged(link, kind);
        assertThat(documents).as("ways to do it").isNotEmpty();
        for (Json.Members document : documents) {
            BundleVerdict verdict = chain.verify(JsonEdits.text(document), policy);
            assertThat(verdict.valid()).as(JsonEdits.text(document)).isFalse();
            assertThat(verdict.about()).isEmpty();
        }
    }

    private List<Json.Members> forged(Link link, Kind kind) {
        List<Json.Members> documents = new ArrayList<>();
        Json genuine = link.in(bundle);
        switch (kind) {
            case TAMPER -> everywhere(link, genuine, BundleMatrixTest::tampered, documents);
            case DROP -> {
                documents.add(link.dropped(bundle));
                everywhere(link, genuine, BundleMatrixTest::dropped, documents);
            }
            case REORDER -> everywhere(link, genuine, BundleMatrixTest::reordered, documents);
            case SWAP -> documents.add(swapped(link, other));
            case REPLAY -> documents.add(swapped(link, older));
        }
        return documents;
    }

    private void everywhere(Link link, Json genuine, Function<Json, List<Json>> changes, List<Json.Members> documents) {
        JsonEdits.everywhere(genuine, changes).forEach(changed -> documents.add(link.replaced(bundle, changed)));
    }

    /** The link of another bundle; the proofs of all bundles here are one, so that of another receipt. */
    private Json.Members swapped(Link link, Json.Members from) {
        return switch (link) {
            case PROOF -> link.replaced(bundle, proofOfAnotherReceipt());
            case RECEIPT ->
                JsonEdits.with(bundle, "receipt", from.get("receipt").orElseThrow());
            default -> link.replaced(bundle, link.in(from));
        };
    }

    private static Json proofOfAnotherReceipt() {
        try {
            return Resources.recordedReceipts().stream()
                    .filter(receipt -> !receipt.text("job_id").equals(Optional.of(JOB)))
                    .flatMap(receipt -> receipt.get("zk_proof").stream())
                    .filter(Json.Members.class::isInstance)
                    .findFirst()
                    .orElseThrow();
        } catch (MalformedDocumentException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Json> tampered(Json value) {
        return switch (value) {
            case Json.Text text when text.value().isEmpty() -> List.of(new Json.Text("x"));
            case Json.Text text -> {
                String whole = text.value();
                yield Stream.of(0, whole.length() / 2, whole.length() - 1)
                        .distinct()
                        .<Json>map(at -> new Json.Text(whole.substring(0, at)
                                + (whole.charAt(at) == 'A' ? 'B' : 'A')
                                + whole.substring(at + 1)))
                        .toList();
            }
            case Json.Whole whole -> List.of(new Json.Whole(whole.digits() + "1"));
            case Json.Real real -> List.of(new Json.Real(real.value() + 1));
            case Json.Flag flag -> List.of(new Json.Flag(!flag.value()));
            case Json.Null _, Json.Members _, Json.Items _ -> List.of();
        };
    }

    static List<Json> dropped(Json value) {
        List<Json> all = new ArrayList<>();
        if (value instanceof Json.Members members) {
            members.list().forEach(member -> all.add(JsonEdits.without(members, member.name())));
        } else if (value instanceof Json.Items items) {
            for (int i = 0; i < items.list().size(); i++) {
                all.add(JsonEdits.without(items, i));
            }
        }
        return all;
    }

    /** Lists and lines the other way round, and members that exchanged their values. */
    static List<Json> reordered(Json value) {
        List<Json> all = new ArrayList<>();
        switch (value) {
            case Json.Items items -> all.add(new Json.Items(items.list().reversed()));
            case Json.Text text
            when text.value().contains("\n") -> {
                List<String> lines = new ArrayList<>(List.of(text.value().split("\n", -1)));
                Collections.reverse(lines);
                all.add(new Json.Text(String.join("\n", lines)));
            }
            case Json.Members members -> {
                List<Json.Member> list = members.list();
                for (int i = 1; i < list.size(); i++) {
                    Json.Member one = list.get(i - 1);
                    Json.Member two = list.get(i);
                    all.add(JsonEdits.with(JsonEdits.with(members, one.name(), two.value()), two.name(), one.value()));
                }
            }
            default -> {}
        }
        all.removeIf(value::equals);
        return all;
    }

    @Test
    void a_proof_that_was_bad_when_the_host_recorded_it_fails_alone() {
        Json.Members receipt = JsonEdits.read(RECEIPT);
        Json.Members proof = JsonEdits.member(receipt, "zk_proof");
        for (String part : List.of("proof", "public_signals")) {
            List<Json> bad = JsonEdits.everywhere(proof.get(part).orElseThrow(), BundleMatrixTest::tampered);
            assertThat(bad).isNotEmpty();
            for (Json changed : bad.subList(0, Math.min(12, bad.size()))) {
                Json.Members recorded = JsonEdits.with(receipt, "zk_proof", JsonEdits.with(proof, part, changed));
                append("req-bad", JOB, JsonEdits.text(recorded));
                assertThat(chain.verify(
                                        chain.bundle("req-bad", OptionalLong.of(2))
                                                .orElseThrow(),
                                        policy)
                                .links())
                        .filteredOn(link -> !link.isGood())
                        .extracting(LinkVerdict::link)
                        .containsExactly("proof");
            }
        }
    }
}
