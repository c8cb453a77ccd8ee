package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ProofVerifier} does. */
public abstract class ProofVerifierContract {
    private ProofVerifier verifier;

    /** A new verifier; the contract closes it. */
    protected abstract ProofVerifier createVerifier();

    /** A document that holds, with its signer among the trusted keys. */
    protected abstract Evidence genuine();

    @BeforeEach
    void createSubject() {
        verifier = createVerifier();
    }

    @AfterEach
    void closeSubject() {
        verifier.close();
    }

    @Test
    void contract_id_is_a_lower_case_name() {
        assertThat(verifier.id()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void contract_kinds_name_what_it_checks() {
        assertThat(verifier.kinds()).isNotEmpty().contains(genuine().kind());
    }

    @Test
    void contract_genuine_document_of_a_trusted_signer_gives_assurance() {
        Verdict verdict = verifier.verify(genuine());
        assertThat(verdict.valid()).as(verdict.reason()).isTrue();
        assertThat(verdict.assurance()).isNotEqualTo(AssuranceLevel.NONE);
        assertThat(verdict.keyId()).isPresent();
        assertSaysItPlainly(verdict);
    }

    @Test
    void contract_genuine_document_of_a_stranger_is_whole_and_gives_no_assurance() {
        Verdict verdict =
                verifier.verify(new Evidence(genuine().kind(), genuine().json(), Set.of()));
        assertThat(verdict.valid()).as(verdict.reason()).isTrue();
        assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
        assertSaysItPlainly(verdict);
    }

    @Test
    void contract_no_document_makes_it_throw() {
        for (String document :
                List.of("", " ", "{}", "[]", "null", "7", "\"", "{\"signature\":null}", "\u0000", "[".repeat(50_000))) {
            Verdict verdict = verifier.verify(
                    new Evidence(genuine().kind(), document, genuine().trustedKeys()));
            assertThat(verdict.valid()).isFalse();
            assertThat(verdict.assurance()).isEqualTo(AssuranceLevel.NONE);
            assertSaysItPlainly(verdict);
        }
    }

    @Test
    void contract_documents_cut_anywhere_do_not_hold_and_do_not_throw() {
        Random random = new Random(1);
        String whole = genuine().json().strip();
        for (int i = 0; i < 200; i++) {
            String cut = whole.substring(0, random.nextInt(whole.length()));
            Verdict verdict = verifier.verify(
                    new Evidence(genuine().kind(), cut, genuine().trustedKeys()));
            assertThat(verdict.valid()).as(cut).isFalse();
        }
    }

    @Test
    void contract_evidence_of_another_kind_is_unsupported() {
        Failures.assertFails(
                ErrorCode.UNSUPPORTED, () -> verifier.verify(new Evidence("no-such-kind", "{}", Set.of())));
    }

    @Test
    void contract_verdicts_on_many_are_those_on_each() {
        Evidence stranger = new Evidence(genuine().kind(), genuine().json(), Set.of());
        Evidence broken = new Evidence(genuine().kind(), "{}", genuine().trustedKeys());
        List<Evidence> many = List.of(genuine(), broken, stranger, genuine());
        assertThat(verifier.verifyAll(many))
                .containsExactlyElementsOf(many.stream().map(verifier::verify).toList());
        assertThat(verifier.verifyAll(List.of())).isEmpty();
        Failures.assertFails(
                ErrorCode.UNSUPPORTED,
                () -> verifier.verifyAll(List.of(genuine(), new Evidence("no-such-kind", "{}", Set.of()))));
    }

    @Test
    void contract_many_threads_get_the_same_verdict() throws Exception {
        Verdict expected = verifier.verify(genuine());
        Callable<Verdict> check = () -> verifier.verify(genuine());
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Verdict> verdict : executor.invokeAll(java.util.Collections.nCopies(16, check))) {
                assertThat(verdict.get()).isEqualTo(expected);
            }
        }
    }

    private static void assertSaysItPlainly(Verdict verdict) {
        assertThat(verdict.reason()).isNotBlank().doesNotContain("\n");
        assertThat(verdict.notProven()).as("what is not proven").isNotEmpty();
    }
}
