package io.aitbc.openclaw.api.proof;

import io.aitbc.openclaw.api.AssuranceLevel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a host knows of an answer it gave.
 *
 * @param requestId of the host
 * @param jobId of the network, where one computed the answer
 * @param network that computed it
 * @param model as the router chose it
 * @param modelDigest of the model's files, where it is known
 * @param promptSha256 hexadecimal digits
 * @param outputSha256 of the answer's text in UTF-8, hexadecimal digits
 * @param networkOutputSha256 the same of the answer as the network delivered it, where the host changed it before it gave it
 * @param route {@code local}, {@code aitbc} or {@code hybrid}, as planned
 * @param provider that answered
 * @param fallbackReason why an earlier choice did not answer
 * @param receiptJson the network's receipt as it came
 * @param assurance what checking showed when the answer was given
 * @param notProven what was not proven then, in plain words
 * @param work the receipt that the miner signed itself, if it did and it holds
 */
public record AnswerRecord(
        String requestId,
        Optional<String> jobId,
        Optional<String> network,
        String model,
        Optional<String> modelDigest,
        String promptSha256,
        String outputSha256,
        Optional<String> networkOutputSha256,
        Instant started,
        Instant ended,
        String route,
        String provider,
        Optional<String> fallbackReason,
        Optional<String> receiptJson,
        AssuranceLevel assurance,
        List<String> notProven,
        Optional<WorkReceipt> work) {
    public AnswerRecord {
        notProven = List.copyOf(notProven);
    }

    /** Neither hashes nor the receipt, which has prompt and answer in it. */
    @Override
    public String toString() {
        return "AnswerRecord[request %s, job %s, model %s, %s]"
                .formatted(requestId, jobId.orElse("none"), model, assurance);
    }

    /** One that the host gave as it came, and of which nobody but the host and the network signed anything. */
    public AnswerRecord(
            String requestId,
            Optional<String> jobId,
            Optional<String> network,
            String model,
            Optional<String> modelDigest,
            String promptSha256,
            String outputSha256,
            Instant started,
            Instant ended,
            String route,
            String provider,
            Optional<String> fallbackReason,
            Optional<String> receiptJson,
            AssuranceLevel assurance,
            List<String> notProven) {
        this(
                requestId,
                jobId,
                network,
                model,
                modelDigest,
                promptSha256,
                outputSha256,
                Optional.empty(),
                started,
                ended,
                route,
                provider,
                fallbackReason,
                receiptJson,
                assurance,
                notProven,
                Optional.empty());
    }

    /** A copy with a receipt that the miner signed itself. */
    public AnswerRecord withWork(WorkReceipt receipt) {
        return new AnswerRecord(
                requestId,
                jobId,
                network,
                model,
                modelDigest,
                promptSha256,
                outputSha256,
                networkOutputSha256,
                started,
                ended,
                route,
                provider,
                fallbackReason,
                receiptJson,
                assurance,
                notProven,
                Optional.of(receipt));
    }
}
