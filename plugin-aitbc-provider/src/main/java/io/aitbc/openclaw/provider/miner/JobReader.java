package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.provider.coordinator.ErrorText;
import io.aitbc.openclaw.provider.coordinator.Ids;
import io.aitbc.openclaw.provider.coordinator.JobSubmission;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads jobs as the production miner does: {@code type}, {@code model} and {@code prompt} of the payload count, everything
 * else but the price a client names is ignored. What it cannot accept it refuses with the production miner's words where that has any.
 */
final class JobReader {
    /** What the production miner assumes. */
    private static final String DEFAULT_MODEL = "llama3.2:latest";

    private static final String INFERENCE = "inference";
    private static final Pattern JOB_ID =
            Pattern.compile("\\A\\s*\\{\\s*\"job_id\"\\s*:\\s*\"([A-Za-z0-9._-]{1,128})\"");
    private static final Pattern UNITS = Pattern.compile("0|[1-9][0-9]{0,19}");
    private static final List<String> ENCLAVE = List.of("confidential", "tee_attestation_required");

    private final int mostPromptBytes;

    JobReader(int mostPromptBytes) {
        this.mostPromptBytes = mostPromptBytes;
    }

    /**
     * Reads the answer to a poll.
     *
     * @return empty when it does not even say which job it is
     */
    Optional<Intake> assigned(String body) {
        Optional<JsonNode> node = MinerClient.read(body);
        if (node.isEmpty()) {
            return unreadable(body);
        }
        return Json.text(node.get(), "job_id")
                .filter(Ids::valid)
                .map(jobId -> enclave(node.get())
                        ? new Intake.Refused(jobId, FailureCode.INVALID_JOB, "This miner runs in no enclave")
                        : payload(jobId, node.get().path("payload")));
    }

    /** Coordinators write the id first, so that a job nobody can read can still be failed. */
    private static Optional<Intake> unreadable(String body) {
        Matcher id = JOB_ID.matcher(body);
        return id.lookingAt() && Ids.valid(id.group(1))
                ? Optional.of(new Intake.Refused(id.group(1), FailureCode.INVALID_JOB, "The job cannot be read"))
                : Optional.empty();
    }

    /** The coordinator would attest an enclave that is none. */
    private static boolean enclave(JsonNode job) {
        JsonNode constraints = job.path("constraints");
        return ENCLAVE.stream().anyMatch(name -> constraints.path(name).asBoolean(false));
    }

    Intake payload(String jobId, JsonNode payload) {
        JsonNode type = payload.path("type");
        boolean bare = absent(type) && payload.has("model") && payload.has("prompt");
        if (!bare && !(type.isString() && type.stringValue().equals(INFERENCE))) {
            String named = absent(type) ? "None" : ErrorText.line(type.isContainer() ? "object" : type.asString());
            return new Intake.Refused(jobId, FailureCode.UNSUPPORTED_JOB_TYPE, "Unsupported job type: " + named);
        }
        JsonNode model = payload.path("model");
        JsonNode prompt = payload.path("prompt");
        if (!model.isMissingNode() && !model.isString()) {
            return new Intake.Refused(jobId, FailureCode.INVALID_JOB, "The job's model is not a text");
        }
        if (!prompt.isString() || prompt.stringValue().isBlank()) {
            return new Intake.Refused(jobId, FailureCode.INVALID_JOB, "The job has no prompt");
        }
        return sized(new Intake.Accepted(
                jobId, model.isString() ? model.stringValue() : DEFAULT_MODEL, prompt.stringValue(), price(payload)));
    }

    /** What is not understood is none: the job is done all the same. */
    private static Optional<TokenAmount> price(JsonNode payload) {
        JsonNode price = payload.path(JobSubmission.PRICE);
        return price.isString() && UNITS.matcher(price.stringValue()).matches()
                ? Optional.of(new TokenAmount(new BigInteger(price.stringValue()), Rail.AITBC))
                : Optional.empty();
    }

    private Intake sized(Intake.Accepted job) {
        int bytes = job.prompt().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > mostPromptBytes) {
            return new Intake.Refused(
                    job.jobId(),
                    FailureCode.PROMPT_TOO_LONG,
                    "The prompt has %d bytes, this miner takes %d".formatted(bytes, mostPromptBytes));
        }
        return job;
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
