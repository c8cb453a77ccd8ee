package io.aitbc.openclaw.devnet;

import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Payments as their client sees them. */
final class PaymentRoutes {
    private final Jobs jobs;
    private final Payments payments;
    private final Results results;
    private final QuirkBoard quirks;

    PaymentRoutes(Jobs jobs, Payments payments, Results results, QuirkBoard quirks) {
        this.jobs = jobs;
        this.payments = payments;
        this.results = results;
        this.quirks = quirks;
    }

    void addTo(Routes routes) {
        routes.on("GET /v1/jobs/{job_id}/payment", this::ofJob);
        routes.on(
                "GET /v1/payments/{payment_id}",
                call -> ApiResponse.ok(payment(call).view()));
        routes.on(
                "GET /v1/payments/{payment_id}/receipt",
                call -> ApiResponse.ok(payment(call).receipt()));
        routes.on("POST /v1/payments/{payment_id}/release", this::release);
        routes.on("POST /v1/payments/{payment_id}/refund", this::refund);
    }

    /** A job of somebody else and one that never was get the same answer. */
    private ApiResponse ofJob(Routes.Call call) {
        Job job = jobs.find(call.variable("job_id"))
                .filter(found -> found.client.equals(call.client()))
                .orElseThrow(PaymentRoutes::notAuthorized);
        return ApiResponse.ok(job.payment
                .orElseThrow(() -> ApiFailure.detail(404, "Payment not found for this job"))
                .view());
    }

    private Payment payment(Routes.Call call) {
        Payment payment = payments.find(call.variable("payment_id"))
                .orElseThrow(() -> ApiFailure.detail(404, "Payment not found"));
        if (!payment.client.equals(call.client())) {
            throw notAuthorized();
        }
        return payment;
    }

    private static ApiFailure notAuthorized() {
        return ApiFailure.detail(403, "Not authorized for this payment");
    }

    private ApiResponse release(Routes.Call call) {
        Optional<Job> job = jobs.find(payment(call).jobId);
        boolean gated = job.filter(results::proofMissing).isPresent();
        return settle(call, "released", "release", payment -> !gated && payments.release(payment));
    }

    private ApiResponse refund(Routes.Call call) {
        return settle(call, "refunded", "refund", payments::refund);
    }

    /** The job keeps its old word about the payment, except in an ideal network. */
    private ApiResponse settle(Routes.Call call, String done, String verb, Predicate<Payment> change) {
        ObjectNode body = call.request().json();
        Validation.requiredText(body, "job_id");
        Validation.requiredText(body, "payment_id");
        Payment payment = payment(call);
        if (!change.test(payment)) {
            return ApiResponse.detail(400, "Failed to " + verb + " payment");
        }
        if (quirks.on(Quirk.IDEAL)) {
            jobs.find(payment.jobId).ifPresent(job -> job.paymentStatus = Optional.of(done));
        }
        return ApiResponse.ok(Json.object().put("status", done).put("payment_id", payment.id));
    }
}
