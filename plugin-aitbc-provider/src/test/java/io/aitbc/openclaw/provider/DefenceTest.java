package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedCoordinator.Submit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The known defects of the network, and that none of them reaches the user. */
@Timeout(30)
class DefenceTest {
    @TempDir
    Path folder;

    @Test
    void a_completed_job_whose_result_is_a_failure_fails_and_counts_as_paid() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.complete(
                    "miner-a", "{\"status\":\"failed\",\"error\":\"Unsupported job type: text-generation\"}");

            OpenClawException failure = Failures.assertFails(ErrorCode.PROVIDER_FAILED, network::ask);

            assertThat(failure).hasMessageContaining("Unsupported job type");
            await().until(() -> network.payment().state() == State.SETTLED);
            assertThat(network.account.spentToday()).hasToString("0.02 AIT");
            assertThat(network.coordinator.allJobs()).hasSize(1);
        }
    }

    @Test
    void an_answer_of_another_model_is_refused() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll =
                    job -> job.complete("miner-a", ScriptedJob.success("Hello", "tinyllama:latest"));

            OpenClawException failure = Failures.assertFails(ErrorCode.MODEL_SUBSTITUTED, network::ask);

            assertThat(failure).hasMessageContaining("tinyllama:latest").hasMessageContaining("llama3.2:1b");
        }
    }

    @Test
    void a_result_that_names_no_model_is_flagged() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.complete("miner-a", "{\"output\":\"ok\",\"execution_time\":1.5}");

            assertThat(Network.job(network.ask()).notProven())
                    .anySatisfy(line -> assertThat(line).contains("which model answered"));
        }
    }

    @Test
    void a_result_without_output_is_no_answer() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.complete("miner-a", "{\"status\":\"completed\"}");

            Failures.assertFails(ErrorCode.MALFORMED_ANSWER, network::ask);
        }
    }

    @Test
    void a_result_that_is_overwritten_while_it_is_read_does_not_replace_the_first() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.completeWith("first");
            network.coordinator.onResult = job -> job.complete("miner-a", ScriptedJob.success("SECOND", "llama3.2:1b"));

            List<InferenceEvent> events = network.ask();

            assertThat(Answers.text(events)).isEqualTo("first");
            assertThat(Network.job(events).receiptId()).contains("r1-job1");
        }
    }

    @Test
    void an_overwritten_result_without_a_receipt_of_its_own_is_refused() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.completeWith("first");
            network.coordinator.onResult = job -> {
                job.receipts.clear();
                job.complete("miner-a", ScriptedJob.success("SECOND", "llama3.2:1b"));
            };

            Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);
        }
    }

    @Test
    void a_late_result_of_a_canceled_job_is_never_delivered() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.run("miner-a");
            InferenceStream stream = network.start(Network.MODEL);
            await().until(() -> network.coordinator.count("GET /v1/jobs/{id}") > 0);
            stream.close();
            network.coordinator.with(network.coordinator.onlyJob(), job -> job.completeWith("LATE"));

            Failures.assertFails(ErrorCode.CANCELED, stream::next);
            await().until(() -> network.account.history(1).getFirst().state() != State.RESERVED);
            assertThat(network.coordinator.count("GET /v1/jobs/{id}/result")).isZero();
        }
    }

    @Test
    void a_result_by_a_miner_the_job_was_not_assigned_to_is_refused() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> {
                job.complete("miner-x", ScriptedJob.success("Hello", "llama3.2:1b"));
                job.miner = "miner-a";
            };

            OpenClawException failure = Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);

            assertThat(failure).hasMessageContaining("miner-x").hasMessageContaining("miner-a");
        }
    }

    @Test
    void a_result_nobody_was_assigned_to_is_flagged() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> {
                job.completeWith("Hello");
                job.miner = null;
            };

            assertThat(Network.job(network.ask()).notProven())
                    .anySatisfy(line -> assertThat(line).contains("assigned"));
        }
    }

    @Test
    void an_unpinned_job_done_by_another_miner_than_the_paid_one_says_so() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.complete("miner-b", ScriptedJob.success("Hello", "llama3.2:1b"));

            JobRecord job = Network.job(network.ask());

            assertThat(job.miner()).contains("miner-b");
            assertThat(job.notProven()).anySatisfy(line -> assertThat(line).contains("miner-b did the job"));
        }
    }

    @Test
    void a_pinned_job_that_another_miner_takes_is_canceled_before_it_is_paid() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.run("miner-b");

            OpenClawException failure = Failures.assertFails(
                    ErrorCode.PROVIDER_FAILED, () -> Answers.drain(network.start("miner-a/llama3.2:1b")));

            assertThat(failure).hasMessageContaining("miner-b").hasMessageContaining("miner-a");
            await().until(() -> network.payment().state() == State.RELEASED);
            assertThat(network.coordinator.onlyJob().state).isEqualTo("CANCELED");
        }
    }

    @Test
    void a_pinned_job_done_by_another_miner_is_refused() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.complete("miner-b", ScriptedJob.success("Hello", "llama3.2:1b"));

            Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> Answers.drain(network.start("miner-a/llama3.2:1b")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "CANCELED", "EXPIRED"})
    void an_ended_job_is_known_from_its_state_and_its_money_is_fetched_back(String state) throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> {
                job.state = state;
                job.error = "ollama: model not found";
            };

            Failures.assertFails(
                    state.equals("EXPIRED") ? ErrorCode.JOB_EXPIRED : ErrorCode.PROVIDER_FAILED, network::ask);

            await().until(() -> network.payment().state() == State.RELEASED);
            assertThat(network.coordinator.onlyJob().livePaymentStatus).isEqualTo("refunded");
            assertThat(network.coordinator.count("GET /v1/jobs/{id}/result")).isZero();
        }
    }

    @Test
    void a_job_no_miner_takes_is_given_up_and_refunded() throws Exception {
        try (Network network = new Network(folder, "queue-timeout", "50ms")) {
            network.coordinator.onPoll = job -> {};

            Failures.assertFails(ErrorCode.JOB_EXPIRED, network::ask);

            await().until(() -> network.payment().state() == State.RELEASED);
            assertThat(network.coordinator.onlyJob().state).isEqualTo("CANCELED");
        }
    }

    @Test
    void a_miner_that_hangs_is_given_up_and_refunded() throws Exception {
        try (Network network = new Network(folder, "run-timeout", "50ms")) {
            network.coordinator.onPoll = job -> job.run("miner-a");

            Failures.assertFails(ErrorCode.JOB_EXPIRED, network::ask);

            await().until(() -> network.payment().state() == State.RELEASED);
        }
    }

    @Test
    void our_own_deadline_comes_before_the_time_to_live() throws Exception {
        try (Network network = new Network(folder, "job-ttl", "1s")) {
            network.coordinator.onPoll = job -> job.run("miner-a");
            long start = System.nanoTime();

            Failures.assertFails(ErrorCode.JOB_EXPIRED, network::ask);

            assertThat((System.nanoTime() - start) / 1e9).isBetween(0.9, 5.0);
            await().until(() -> network.coordinator.onlyJob().state.equals("CANCELED"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"skipped", "pending", "failed"})
    void a_job_whose_payment_was_not_taken_is_canceled(String status) throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.paymentStatus = status;

            OpenClawException failure = Failures.assertFails(ErrorCode.PROVIDER_FAILED, network::ask);

            assertThat(failure).hasMessageContaining(status);
            await().until(() -> network.payment().state() == State.RELEASED);
            assertThat(network.coordinator.onlyJob().state).isEqualTo("CANCELED");
            assertThat(network.account.spentToday()).isEqualTo(TokenAmount.zero(Rail.AITBC));
        }
    }

    @Test
    void money_that_is_not_given_back_counts_as_spent() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.refunds = false;
            network.coordinator.onPoll = job -> job.state = "FAILED";

            Failures.assertFails(ErrorCode.PROVIDER_FAILED, network::ask);

            await().until(() -> network.payment().state() == State.UNKNOWN);
            assertThat(network.account.spentToday()).hasToString("0.02 AIT");
        }
    }

    @Test
    void a_release_without_a_transaction_is_said_to_be_unproven() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> {
                job.completeWith("Hello");
                job.transactionHash = null;
            };

            assertThat(Network.job(network.ask()).notProven())
                    .anySatisfy(line -> assertThat(line).contains("no transaction"));
        }
    }

    @Test
    void an_escrow_that_stays_closed_does_not_hold_back_the_answer_and_counts_as_spent() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> {
                job.completeWith("Hello");
                job.livePaymentStatus = "escrowed";
                job.error = "ZK proof required before escrow release (status: generation_failed)";
            };

            List<InferenceEvent> events = network.ask();

            assertThat(Answers.text(events)).isEqualTo("Hello");
            assertThat(Network.job(events).notProven())
                    .anySatisfy(line -> assertThat(line).contains("still in escrow"))
                    .anySatisfy(line -> assertThat(line).contains("ZK proof required"));
            assertThat(network.payment().state()).isEqualTo(State.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Submit.class,
            names = {"COMMIT_THEN_DROP", "COMMIT_THEN_500", "COMMIT_THEN_503_RETRY_NOW"})
    void a_lost_answer_to_a_submission_never_makes_a_second_job(Submit lost) throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.submits.add(lost);

            List<InferenceEvent> events = network.ask();

            assertThat(Answers.text(events)).isEqualTo("Hello there");
            assertThat(network.coordinator.allJobs()).hasSize(1);
            assertThat(network.coordinator.count("POST /v1/jobs")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Submit.class,
            names = {"DROP", "FAIL_500", "TOKEN_REFUSED", "LIMIT_RATE"})
    void a_submission_that_did_not_arrive_is_repeated(Submit lost) throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.submits.add(lost);

            assertThat(Answers.text(network.ask())).isEqualTo("Hello there");
            assertThat(network.coordinator.allJobs()).hasSize(1);
            assertThat(network.coordinator.count("POST /v1/jobs")).isEqualTo(2);
        }
    }

    @Test
    void without_a_list_that_shows_references_nothing_is_repeated() throws Exception {
        try (Network network = new Network(folder)) {
            network.ask();
            network.coordinator.listShowsPayload = false;
            network.coordinator.submits.add(Submit.COMMIT_THEN_DROP);

            Failures.assertFails(ErrorCode.UNREACHABLE, network::ask);

            assertThat(network.coordinator.count("POST /v1/jobs")).isEqualTo(2);
            await().until(() -> network.payment().state() == State.UNKNOWN);
        }
    }

    @Test
    void a_long_rate_limit_is_passed_on_at_once_and_costs_nothing() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.retryAfter = "60";
            network.coordinator.submits.add(Submit.LIMIT_RATE);

            Failures.assertFails(ErrorCode.OVERLOADED, network::ask);

            await().until(() -> network.payment().state() == State.RELEASED);
        }
    }

    @Test
    void polling_survives_rate_limits_and_restarts() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.limitPolls = 2;
            network.coordinator.failPolls = 5;

            assertThat(Answers.text(network.ask())).isEqualTo("Hello there");
        }
    }

    @Test
    void one_login_serves_many_requests_and_is_renewed_when_refused() throws Exception {
        try (Network network = new Network(folder)) {
            network.ask();
            network.ask();
            assertThat(network.coordinator.logins).isEqualTo(1);

            network.coordinator.token = "revoked";
            network.ask();

            assertThat(network.coordinator.logins).isEqualTo(2);
        }
    }

    @Test
    void without_a_signing_key_at_the_coordinator_nothing_is_claimed() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.signs = false;

            JobRecord job = Network.job(network.ask());

            assertThat(job.assurance()).isEqualTo(AssuranceLevel.NONE);
            assertThat(job.receiptId()).isEmpty();
            assertThat(job.notProven()).anySatisfy(line -> assertThat(line).contains("no receipt"));
        }
        try (Network network = new Network(folder, "require-receipt", "true")) {
            network.coordinator.signs = false;

            Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);
        }
    }

    @Test
    void a_receipt_signed_by_a_pinned_key_gives_the_assurance_the_verifier_found() throws Exception {
        try (Network network = new Network(folder, "trusted-receipt-keys", "key-1, key-2")) {
            ScriptedVerifier verifier = new ScriptedVerifier(true, AssuranceLevel.ATTESTED);
            network.context.add(verifier);

            JobRecord job = Network.job(network.ask());

            assertThat(job.assurance()).isEqualTo(AssuranceLevel.ATTESTED);
            assertThat(job.notProven()).contains("that the model computed it");
            assertThat(verifier.evidence().trustedKeys()).isEqualTo(Set.of("key-1", "key-2"));
            assertThat(verifier.evidence().json()).isEqualTo(job.receiptJson().orElseThrow());
        }
    }

    /** No signature covers it, so whoever stands between could have spoilt the evidence of every answer. */
    @Test
    void a_forged_proof_in_a_receipt_is_not_kept_and_a_good_one_is() throws Exception {
        String proof = "\"zk_proof\":{\"circuit\":\"receipt_public\",\"proof\":[1e-06]},";
        for (boolean forged : List.of(true, false)) {
            ScriptedVerifier verifier = new ScriptedVerifier(true, AssuranceLevel.SIGNED);
            Path place = Files.createDirectory(folder.resolve(forged ? "forged" : "good"));
            try (Network network = new Network(place, "trusted-receipt-keys", "key-1")) {
                network.context.add(forged ? verifier.refusingProofs() : verifier);
                network.coordinator.onPoll = job -> {
                    job.completeWith("Hello");
                    job.receipts.set(0, job.receipts.getFirst().replace("\"units\"", proof + "\"units\""));
                };

                JobRecord job = Network.job(network.ask());

                assertThat(job.assurance()).isEqualTo(AssuranceLevel.SIGNED);
                assertThat(job.answerSha256()).contains(Texts.sha256("Hello"));
                String came = network.coordinator.allJobs().getFirst().receipts.getFirst();
                assertThat(job.receiptJson()).contains(forged ? came.replace(proof, "\"zk_proof\":null,") : came);
                assertThat(job.notProven().stream().filter(line -> line.contains("zero-knowledge")))
                        .hasSize(forged ? 1 : 0);
            }
        }
    }

    @Test
    void a_receipt_with_a_wrong_signature_is_refused() throws Exception {
        try (Network network = new Network(folder)) {
            network.context.add(new ScriptedVerifier(false, AssuranceLevel.NONE));

            Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);
        }
    }

    @Test
    void a_receipt_of_another_key_is_refused_once_keys_are_pinned() throws Exception {
        try (Network network = new Network(folder, "trusted-receipt-keys", "key-1")) {
            network.context.add(new ScriptedVerifier(true, AssuranceLevel.NONE));

            Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);
        }
    }

    @Test
    void pinned_keys_without_a_verifier_accept_nothing() throws Exception {
        try (Network network = new Network(folder, "trusted-receipt-keys", "key-1")) {
            Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"job1", "Say hi", "client_reference\":\"oc-"})
    void a_receipt_about_something_else_is_refused(String replaced) throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> {
                job.completeWith("Hello");
                job.receipts.set(0, job.receipts.getFirst().replace("\"job_id\":\"" + replaced, "\"job_id\":\"other"));
                job.receipts.set(0, job.receipts.getFirst().replace("\"prompt\":\"" + replaced, "\"prompt\":\"other"));
                job.receipts.set(0, job.receipts.getFirst().replace("\"" + replaced, "\"client_reference\":\"other-"));
            };

            Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);
        }
    }

    @Test
    void a_receipt_of_an_earlier_request_is_refused_after_a_restart() throws Exception {
        try (Network network = new Network(folder)) {
            network.ask();
        }
        // The same job and receipt ids once more, all else fitting the new request.
        try (Network network = new Network(folder)) {
            OpenClawException failure = Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);

            assertThat(failure).hasMessageContaining("receipt r1-job1 was accepted for another job");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "prompt, other_prompt, about this request",
        "model, other_model, about this request",
        "job_payload, other_payload, about this request",
        "result, other_result, about this answer"
    })
    void a_receipt_that_leaves_something_out_is_worth_nothing_whoever_signed_it(
            String name, String renamed, String named) throws Exception {
        try (Network network = new Network(folder, "trusted-receipt-keys", "key-1")) {
            network.context.add(new ScriptedVerifier(true, AssuranceLevel.ATTESTED));
            network.coordinator.onPoll = job -> job.completeWithReceipt(
                    receipt -> receipt.replaceFirst("\"" + name + "\":", "\"" + renamed + "\":"));

            JobRecord job = Network.job(network.ask());

            assertThat(job.assurance()).isEqualTo(AssuranceLevel.NONE);
            assertThat(job.notProven())
                    .anySatisfy(line -> assertThat(line).contains(named))
                    .contains("that the model computed it");
        }
    }

    @ParameterizedTest
    @CsvSource({"status, completed, failed", "output, Hello, Bye", "model, llama3.2:1b, tinyllama"})
    void a_receipt_about_another_result_than_the_delivered_one_is_refused(String name, String told, String signed)
            throws Exception {
        try (Network network = new Network(folder)) {
            String member = "\"%s\":\"%s\"";
            network.coordinator.onPoll = job -> job.completeWithReceipt(receipt -> {
                int result = receipt.indexOf("\"result\":");
                return receipt.substring(0, result)
                        + receipt.substring(result)
                                .replace(member.formatted(name, told), member.formatted(name, signed));
            });

            Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);
        }
    }

    @Test
    void a_receipt_id_that_could_not_be_kept_is_refused() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll =
                    job -> job.completeWithReceipt(receipt -> receipt.replace("r1-job1", "r".repeat(1000)));

            Failures.assertFails(ErrorCode.PROOF_INVALID, network::ask);
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-06, 0.02, 2e-8, false", "1e-06, 0.02, 0.10, true", "-1, -0.02, 0.02, true"})
    void a_price_that_is_not_units_times_unit_price_is_named(
            String units, String unitPrice, String price, boolean wrong) throws Exception {
        try (Network network = new Network(folder)) {
            String charged = "\"units\":%s,\"unit_price\":%s,\"price\":%s".formatted(units, unitPrice, price);
            network.coordinator.onPoll = job ->
                    job.completeWithReceipt(receipt -> receipt.replace("\"units\":1e-06,\"price\":0.10", charged));

            assertThat(Network.job(network.ask()).notProven().stream()
                            .anyMatch(line -> line.contains("that the receipt's price is right")))
                    .isEqualTo(wrong);
        }
    }

    @Test
    void keys_prompts_and_tokens_are_not_in_failures() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.submits.add(Submit.FAIL_500);
            network.coordinator.submits.add(Submit.FAIL_500);

            OpenClawException failure = Failures.assertFails(ErrorCode.PROVIDER_FAILED, network::ask);

            assertThat(failure.getMessage())
                    .doesNotContain("Say hi")
                    .doesNotContain("abababab")
                    .doesNotContain("token-");
        }
    }
}
