package io.aitbc.openclaw.provider.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.provider.coordinator.JobSubmission;
import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.PaymentView;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Payments: escrow, release, refund, and what is stated about them. */
class PaymentConformanceTest extends Conformance {
    private JobView paid(String model) throws Exception {
        target().needToSpend();
        return services()
                .coordinator()
                .submit(
                        job(
                                model,
                                Optional.of(new JobSubmission.Payment(
                                        LEAST_PAYMENT,
                                        target().needWallet().address(),
                                        target().recipient().text()))),
                        scope());
    }

    private JobView waitingAndPaid() throws Exception {
        return paid("no-such-model-" + UUID.randomUUID() + ":latest");
    }

    @Test
    void money_is_put_in_escrow_with_the_job_and_comes_back_when_it_is_asked_for() throws Exception {
        JobView job = waitingAndPaid();
        PaymentView escrowed =
                services().coordinator().jobPayment(job.jobId(), scope()).orElseThrow();
        assertThat(job.paymentStatus()).contains(PaymentView.ESCROWED);
        assertThat(escrowed.status()).isEqualTo(PaymentView.ESCROWED);
        assertThat(escrowed.amount().orElseThrow()).isEqualByComparingTo(LEAST_PAYMENT);
        assertThat(escrowed.jobId()).contains(job.jobId());
        services().coordinator().cancel(job.jobId(), scope());

        assertThat(services().coordinator().refund(escrowed.paymentId(), job.jobId(), "conformance", scope()))
                .isTrue();

        assertThat(services()
                        .coordinator()
                        .payment(escrowed.paymentId(), scope())
                        .orElseThrow()
                        .status())
                .isEqualTo(PaymentView.REFUNDED);
        assertThat(services().coordinator().release(escrowed.paymentId(), job.jobId(), "conformance", scope()))
                .as("the release of what was refunded")
                .isFalse();
    }

    @Test
    void money_in_escrow_is_released_when_it_is_asked_for() throws Exception {
        JobView job = waitingAndPaid();
        String payment = job.paymentId().orElseThrow();

        assertThat(services().coordinator().release(payment, job.jobId(), "conformance", scope()))
                .isTrue();

        assertThat(services()
                        .coordinator()
                        .payment(payment, scope())
                        .orElseThrow()
                        .status())
                .isEqualTo(PaymentView.RELEASED);
        services().coordinator().cancel(job.jobId(), scope());
    }

    @Test
    void an_answer_is_paid_and_its_payment_is_not_given_back() throws Exception {
        JobView job = ended(paid(target().model()));
        String payment = job.paymentId().orElseThrow();
        Awaitility.await()
                .until(() -> services()
                        .coordinator()
                        .payment(payment, scope())
                        .filter(it -> it.status().equals(PaymentView.RELEASED))
                        .isPresent());

        assertThat(services().coordinator().refund(payment, job.jobId(), "conformance", scope()))
                .isFalse();
        assertThat(services().coordinator().paymentReceipt(payment, scope()).orElseThrow())
                .satisfies(receipt -> {
                    assertThat(receipt.status()).isEqualTo(PaymentView.RELEASED);
                    assertThat(receipt.amount().orElseThrow()).isEqualByComparingTo(LEAST_PAYMENT);
                });
    }

    @Test
    void a_job_without_payment_has_none() throws Exception {
        JobView job = waiting();

        assertThat(job.paymentId()).isEmpty();
        assertThat(services().coordinator().jobPayment(job.jobId(), scope())).isEmpty();
        services().coordinator().cancel(job.jobId(), scope());
    }
}
