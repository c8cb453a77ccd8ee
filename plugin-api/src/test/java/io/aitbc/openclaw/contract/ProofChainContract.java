package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ProofChain} does. */
public abstract class ProofChainContract {
    private ProofChain chain;

    @TempDir
    private Path folder;

    /** The chain in this folder; the contract closes it. */
    protected abstract ProofChain createChain(Path folder);

    @BeforeEach
    void createSubject() {
        chain = createChain(folder);
    }

    @AfterEach
    void closeSubject() {
        chain.close();
    }

    @Test
    void contract_id_is_a_lower_case_name() {
        assertThat(chain.id()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void contract_records_get_places_in_order_and_are_found_by_request_and_job() {
        assertThat(chain.head().size()).isZero();
        assertThat(chain.append(local("req-0")).index()).isZero();
        assertThat(chain.append(network("req-1", "job-1")).index()).isEqualTo(1);
        assertThat(chain.head().size()).isEqualTo(2);
        assertThat(chain.bundle("req-0")).isPresent();
        assertThat(chain.bundle("job-1")).isPresent().isEqualTo(chain.bundle("req-1"));
        assertThat(chain.bundle("job-2")).isEmpty();
        assertThat(chain.bundle("")).isEmpty();
    }

    @Test
    void contract_records_and_key_are_there_after_a_restart() {
        assertThat(chain.append(local("req-0")).index()).isZero();
        ChainHead before = chain.head();
        chain.close();
        chain = createChain(folder);
        assertThat(chain.head()).isEqualTo(before);
        assertThat(chain.append(local("req-1")).index()).isEqualTo(1);
        assertThat(verify("req-0").valid()).isTrue();
    }

    @Test
    void contract_bundle_holds_for_those_who_trust_the_host() {
        assertThat(chain.append(local("req-0")).index()).isZero();
        BundleVerdict verdict = verify("req-0");
        assertThat(verdict.valid()).as(verdict.links().toString()).isTrue();
        assertThat(verdict.about())
                .hasValueSatisfying(about -> assertThat(about).contains("req-0"));
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertSaysItPlainly(verdict);
        assertThat(verdict.notProven()).contains("that the sky is blue");
    }

    @Test
    void contract_bundle_does_not_hold_for_those_who_do_not() {
        assertThat(chain.append(local("req-0")).index()).isZero();
        BundlePolicy stranger = new BundlePolicy(Set.of(), Set.of(), Set.of(), Set.of(), false, Optional.empty());
        BundleVerdict verdict = chain.verify(chain.bundle("req-0").orElseThrow(), stranger);
        assertThat(verdict.valid()).isFalse();
        assertThat(verdict.about()).isEmpty();
        assertSaysItPlainly(verdict);
    }

    @Test
    void contract_records_are_listed_in_the_order_of_the_log() {
        assertThat(chain.records(0, 10)).isEmpty();
        assertThat(chain.append(local("req-0")).index()).isZero();
        assertThat(chain.append(network("req-1", "job-1")).index()).isEqualTo(1);
        assertThat(chain.append(local("req-2")).index()).isEqualTo(2);
        List<ChainRecord> all = chain.records(0, 10);
        assertThat(all).extracting(ChainRecord::requestId).containsExactly("req-0", "req-1", "req-2");
        assertThat(all).extracting(ChainRecord::index).containsExactly(0L, 1L, 2L);
        assertThat(all.get(1)).isEqualTo(ChainRecord.of(1, network("req-1", "job-1")));
        assertThat(chain.records(1, 1)).isEqualTo(all.subList(1, 2));
        assertThat(chain.records(3, 10)).isEmpty();
    }

    @Test
    void contract_log_shows_that_it_only_grew() {
        String kept = chain.head().checkpoint();
        for (int i = 0; i < 5; i++) {
            assertThat(chain.verify(kept, chain.consistency(i)).isGood()).isTrue();
            assertThat(chain.append(local("req-" + i)).index()).isEqualTo(i);
            assertThat(chain.verify(kept, chain.consistency(i)).isGood()).isTrue();
            kept = chain.head().checkpoint();
        }
        LinkVerdict nonsense = chain.verify("nonsense", chain.consistency(5));
        assertThat(nonsense.isGood()).isFalse();
        assertThat(nonsense.reason()).isNotBlank().doesNotContain("\n");
        assertThatThrownBy(() -> chain.consistency(6))
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        assertThatThrownBy(() -> chain.bundle("req-0", OptionalLong.of(6))).isInstanceOf(OpenClawException.class);
    }

    @Test
    void contract_bundle_for_a_kept_checkpoint_holds_and_one_without_does_not() {
        assertThat(chain.append(local("req-0")).index()).isZero();
        BundlePolicy policy = trusting().withKeptCheckpoint(chain.head().checkpoint());
        assertThat(chain.append(local("req-1")).index()).isEqualTo(1);
        assertThat(chain.verify(chain.bundle("req-1", OptionalLong.of(1)).orElseThrow(), policy)
                        .valid())
                .isTrue();
        assertThat(chain.verify(chain.bundle("req-1").orElseThrow(), policy).valid())
                .isFalse();
    }

    @Test
    void contract_no_document_makes_it_throw_or_holds() {
        assertThat(chain.append(local("req-0")).index()).isZero();
        String bundle = chain.bundle("req-0").orElseThrow();
        List<String> documents = new ArrayList<>(
                List.of("", " ", "{}", "[]", "null", "7", "\"", "\u0000", "[".repeat(50_000), bundle + bundle));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            documents.add(bundle.substring(0, random.nextInt(bundle.length())));
        }
        for (String document : documents) {
            BundleVerdict verdict = chain.verify(document, trusting());
            assertThat(verdict.valid()).as(document).isFalse();
            assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
            assertSaysItPlainly(verdict);
        }
    }

    @Test
    void contract_many_threads_get_a_place_each() throws Exception {
        Set<Long> places = new HashSet<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> appends = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String request = "req-" + i;
                appends.add(executor.submit(() -> chain.append(local(request)).index()));
            }
            for (Future<Long> append : appends) {
                places.add(append.get());
            }
        }
        assertThat(places).hasSize(64);
        for (int i = 0; i < 64; i++) {
            assertThat(verify("req-" + i).valid()).isTrue();
        }
    }

    private BundleVerdict verify(String id) {
        return chain.verify(chain.bundle(id).orElseThrow(), trusting());
    }

    private BundlePolicy trusting() {
        return new BundlePolicy(Set.of(chain.head().keyId()), Set.of(), Set.of(), Set.of(), false, Optional.empty());
    }

    private static AnswerRecord local(String request) {
        return record(request, Optional.empty());
    }

    private static AnswerRecord network(String request, String job) {
        return record(request, Optional.of(job));
    }

    private static AnswerRecord record(String request, Optional<String> job) {
        Instant start = Instant.parse("2026-11-25T10:00:00Z");
        return new AnswerRecord(
                request,
                job,
                job.map(_ -> "aitbc"),
                "wren-tiny:latest",
                Optional.empty(),
                "0".repeat(64),
                "1".repeat(64),
                start,
                start.plusMillis(5),
                job.isPresent() ? "aitbc" : "local",
                job.isPresent() ? "aitbc" : "embedded",
                Optional.empty(),
                Optional.empty(),
                AssuranceLevel.NONE,
                List.of("that the sky is blue"));
    }

    private static void assertSaysItPlainly(BundleVerdict verdict) {
        assertThat(verdict.notProven()).as("what is not proven").isNotEmpty();
        assertThat(verdict.links())
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link.reason()).isNotBlank().doesNotContain("\n"));
    }
}
