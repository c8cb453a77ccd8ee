package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Everything the real coordinator answered while it was recorded can be read. */
class TranscriptTest {
    private static final List<String> FILES = List.of(
            "transcript-2.json",
            "transcript-3.json",
            "transcript-4.json",
            "transcript-8.json",
            "transcript-login-jobs.json",
            "transcript-no-signing-key.json",
            "transcript-no-zk.json");

    @TestFactory
    Stream<DynamicTest> recorded_answers_are_understood() {
        return FILES.stream().flatMap(file -> {
            List<DynamicTest> tests = new ArrayList<>();
            JsonNode root = Json.MAPPER.readTree(Resources.text(file));
            for (JsonNode entry : root.isArray() ? root : root.path("log")) {
                String request = entry.path("method").asString("wait") + " "
                        + entry.path("path").asString("");
                tests.add(DynamicTest.dynamicTest(
                        file + ": " + request + " (" + entry.path("note").asString("") + ")",
                        () -> check(request, entry.path("status").asInt(200), entry.path("resp"))));
            }
            return tests.stream();
        });
    }

    private static void check(String request, int status, JsonNode answer) {
        if (status >= 400) {
            assertThat(ErrorText.of(new Reply(status, answer.toString(), Optional.empty())))
                    .isNotBlank()
                    .doesNotStartWith("HTTP status");
        } else if (request.matches("(GET|POST) /v1/jobs(/\\w+)?(/cancel)?|wait ") && answer.has("job_id")) {
            JobView job = JobView.parse("test", answer);
            assertThat(job.jobId()).isEqualTo(answer.path("job_id").stringValue());
            assertThat(job.state().name()).isEqualTo(answer.path("state").stringValue());
            assertThat(job.requestedAt()).isPresent();
            assertThat(job.expiresAt()).isPresent();
            assertThat(job.showsPayload()).isTrue();
            assertThat(job.miner().isPresent())
                    .isEqualTo(answer.path("assigned_miner_id").isString());
            assertThat(job.result().isPresent()).isEqualTo(answer.path("result").isObject());
        } else if (request.matches("GET /v1/jobs/\\w+/payment|GET /v1/payments/\\w+")) {
            PaymentView payment = PaymentView.parse("test", answer.toString());
            assertThat(payment.amount()).isPresent();
            assertThat(payment.status()).isEqualTo(answer.path("status").stringValue());
        } else if (request.matches("GET /v1/jobs/\\w+/result")) {
            JobResult result = JobResult.parse("test", answer.toString());
            assertThat(result.result()).isPresent();
            assertThat(result.receipt().isPresent())
                    .isEqualTo(answer.path("receipt").isObject());
        } else if (request.matches("GET /v1/jobs/\\w+/receipt")) {
            Receipt receipt = Receipt.parse(answer.toString()).orElseThrow();
            assertThat(receipt.receiptId()).isEqualTo(answer.path("receipt_id").stringValue());
            assertThat(receipt.provider()).isPresent();
            assertThat(receipt.payload()).isPresent();
            assertThat(receipt.result()).isPresent();
        }
    }
}
