package io.aitbc.openclaw.contract;

import static io.aitbc.openclaw.contract.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofProgress;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.ProvableCircuit;
import io.aitbc.openclaw.api.proof.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ProofGenerator} does. */
@Timeout(60)
public abstract class ProofGeneratorContract {
    private static final int LONGEST_QUEUE = 2000;

    private ProofGenerator generator;

    /** A new generator; the contract closes it. */
    protected abstract ProofGenerator createGenerator();

    /** One that knows the circuits of the generator. */
    protected abstract ProofVerifier createVerifier();

    /** For a proof that is made within seconds. */
    protected abstract ProofRequest genuine();

    /** As {@link #genuine}, with an input that does not satisfy the circuit. */
    protected abstract ProofRequest unsatisfied();

    /** For a proof that takes longer than the tests. */
    protected abstract ProofRequest endless();

    /** A part of the texts of numbers that are in the inputs of all three. */
    protected abstract String secret();

    @BeforeEach
    void createSubject() {
        generator = createGenerator();
    }

    @AfterEach
    void closeSubject() {
        generator.close();
    }

    @Test
    void contract_id_is_a_lower_case_name() {
        assertThat(generator.id()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void contract_circuits_say_what_they_show_and_how_their_keys_were_made() {
        assertThat(generator.circuits()).isNotEmpty().allSatisfy(circuit -> {
            assertThat(circuit.proves()).isNotBlank();
            assertThat(circuit.setup()).isNotBlank();
            assertThat(circuit.keySha256()).matches("[0-9a-f]{64}");
        });
        assertThat(generator.circuits())
                .extracting(ProvableCircuit::name)
                .doesNotHaveDuplicates()
                .contains(genuine().circuit(), endless().circuit());
    }

    @Test
    void contract_proof_holds_for_a_verifier_and_says_what_it_does_not_show() {
        ProofJob job = generator.submit(genuine());
        GeneratedProof proof = job.result();
        assertThat(job.circuit()).isEqualTo(genuine().circuit());
        assertThat(job.progress()).isEqualTo(new ProofProgress(ProofProgress.State.DONE, 100));
        assertThat(proof.statement().circuit()).isEqualTo(genuine().circuit());
        ProvableCircuit circuit = circuit(genuine().circuit());
        assertThat(proof.keySha256()).isEqualTo(circuit.keySha256());
        assertThat(proof.developmentSetup()).isEqualTo(circuit.developmentSetup());
        assertThat(proof.notProven().stream().anyMatch(line -> line.contains("development setup")))
                .isEqualTo(circuit.developmentSetup());
        try (ProofVerifier verifier = createVerifier()) {
            Verdict verdict = verifier.verify(proof.evidence(Set.of(proof.keySha256())));
            assertThat(verdict.valid()).as(verdict.reason()).isTrue();
            assertThat(verdict.statement()).contains(proof.statement());
            assertThat(verdict.keyId()).contains(proof.keySha256());
        }
    }

    private ProvableCircuit circuit(String name) {
        return generator.circuits().stream()
                .filter(circuit -> circuit.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void contract_proofs_of_one_statement_differ() {
        GeneratedProof first = generator.submit(genuine()).result();
        GeneratedProof second = generator.submit(genuine()).result();
        assertThat(second.statement()).isEqualTo(first.statement());
        assertThat(second.proof()).isNotEqualTo(first.proof());
    }

    @Test
    void contract_unknown_circuit_is_refused() {
        ProofRequest unknown = new ProofRequest("no-such-circuit", genuine().input());
        assertFails(ErrorCode.INVALID_REQUEST, () -> generator.submit(unknown));
    }

    @Test
    void contract_input_that_does_not_satisfy_the_circuit_gives_no_proof_and_is_not_quoted() {
        ProofJob job = generator.submit(unsatisfied());
        OpenClawException failure = assertFails(ErrorCode.INVALID_REQUEST, job::result);
        assertThat(failure.getMessage()).contains(unsatisfied().circuit()).doesNotContain(secret());
        assertThat(job.progress().state()).isEqualTo(ProofProgress.State.FAILED);
    }

    @Test
    void contract_nothing_has_a_text_with_the_input() {
        ProofJob job = generator.submit(genuine());
        GeneratedProof proof = job.result();
        assertThat(genuine().toString() + job + job.progress() + proof).doesNotContain(secret());
    }

    @Test
    void contract_canceled_proof_ends_and_the_next_one_is_made() {
        ProofJob running = generator.submit(endless());
        ProofJob waiting = generator.submit(endless());
        waiting.cancel();
        assertFails(ErrorCode.CANCELED, waiting::result);
        awaitState(running, ProofProgress.State.WITNESS, ProofProgress.State.PROVING);
        running.cancel();
        assertFails(ErrorCode.CANCELED, running::result);
        running.cancel();
        assertThat(List.of(running.progress().state(), waiting.progress().state()))
                .containsOnly(ProofProgress.State.CANCELED);
        assertThat(generator.submit(genuine()).result().notProven()).isNotEmpty();
    }

    private static void awaitState(ProofJob job, ProofProgress.State... states) {
        while (!List.of(states).contains(job.progress().state())) {
            assertThat(job.progress().state().isEnd()).as("it ended").isFalse();
            Thread.onSpinWait();
        }
    }

    @Test
    void contract_cancel_after_the_end_changes_nothing() {
        ProofJob job = generator.submit(genuine());
        GeneratedProof proof = job.result();
        job.cancel();
        assertThat(job.result()).isEqualTo(proof);
        assertThat(job.progress().state()).isEqualTo(ProofProgress.State.DONE);
    }

    @Test
    void contract_proof_that_takes_too_long_is_stopped() {
        ProofRequest hasty =
                new ProofRequest(endless().circuit(), endless().input(), Optional.of(Duration.ofMillis(20)));
        ProofJob job = generator.submit(hasty);
        assertFails(ErrorCode.JOB_EXPIRED, job::result);
        assertThat(job.progress().state()).isEqualTo(ProofProgress.State.FAILED);
        assertThat(generator.submit(genuine()).result().notProven()).isNotEmpty();
    }

    @Test
    void contract_full_queue_refuses_and_takes_again_when_there_is_room() {
        List<ProofJob> taken = new ArrayList<>();
        assertFails(ErrorCode.OVERLOADED, () -> {
            while (taken.size() < LONGEST_QUEUE) {
                taken.add(generator.submit(endless()));
            }
        });
        taken.forEach(ProofJob::cancel);
        taken.forEach(job -> assertFails(ErrorCode.CANCELED, job::result));
        assertThat(generator.submit(genuine()).result().notProven()).isNotEmpty();
    }

    @Test
    void contract_ids_differ() {
        assertThat(generator.submit(genuine()).id())
                .isNotBlank()
                .isNotEqualTo(generator.submit(genuine()).id());
    }

    @Test
    void contract_interrupting_one_who_waits_leaves_the_proof_as_it_is() throws Exception {
        ProofJob job = generator.submit(endless());
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                thrown.completeExceptionally(new AssertionError("made " + job.result()));
            } catch (OpenClawException e) {
                thrown.complete(e);
            }
        });
        waiting.interrupt();
        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELED));
        assertThat(job.progress().state().isEnd()).isFalse();
    }

    @Test
    void contract_progress_never_falls() {
        ProofJob job = generator.submit(genuine());
        ProofProgress last = job.progress();
        while (!last.state().isEnd()) {
            ProofProgress next = job.progress();
            assertThat(next.percent()).isGreaterThanOrEqualTo(last.percent());
            assertThat(next.state()).isGreaterThanOrEqualTo(last.state());
            last = next;
        }
        assertThat(last.state()).isEqualTo(ProofProgress.State.DONE);
    }

    @Test
    void contract_closing_ends_all_proofs() {
        ProofJob running = generator.submit(endless());
        ProofJob waiting = generator.submit(endless());
        awaitState(running, ProofProgress.State.WITNESS, ProofProgress.State.PROVING);
        generator.close();
        for (ProofJob job : List.of(running, waiting)) {
            assertFails(ErrorCode.PLUGIN_UNAVAILABLE, job::result);
        }
        generator = createGenerator();
    }
}
