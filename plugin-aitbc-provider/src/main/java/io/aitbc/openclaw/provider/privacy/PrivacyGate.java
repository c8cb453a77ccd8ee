package io.aitbc.openclaw.provider.privacy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.Departure;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.util.Optional;

/** The one way out of this machine: every request passes it, whatever carries it on. */
public final class PrivacyGate {
    private final PrivacyFloor floor;
    private final Redactor redactor;

    public PrivacyGate(PrivacyFloor floor, Redactor redactor) {
        this.floor = floor;
        this.redactor = redactor;
    }

    /**
     * A request that may leave as it now is.
     *
     * @param redaction what was kept back
     */
    public record Passed<T>(T request, Optional<Redaction> redaction) {
        /** The answer with what was kept back put in again. */
        public InferenceStream restored(InferenceStream answer) {
            return redaction
                    .<InferenceStream>map(kept -> new RestoringStream(answer, kept))
                    .orElse(answer);
        }

        public Departure described(Departure departure) {
            return redaction
                    .map(kept -> departure.withRedactions(kept.counts()))
                    .orElse(departure);
        }
    }

    /**
     * @param remoteModel name of the model without its network
     * @throws OpenClawException with UNSUPPORTED when it must stay here, or holds what cannot be redacted
     */
    public Passed<ChatRequest> pass(ChatRequest request, String remoteModel) {
        if (!redacts(request.context().privacy(), remoteModel)) {
            return new Passed<>(request, Optional.empty());
        }
        refuse(request.messages().stream().anyMatch(message -> !message.images().isEmpty()), "images");
        refuse(request.settings());
        Redaction redaction = redactor.begin();
        ChatRequest reserved = new RequestTexts(redaction::reserve, redaction::reserveJson).map(request);
        ChatRequest redacted = new RequestTexts(redaction::redact, redaction::redactJson).map(reserved);
        return new Passed<>(redacted, Optional.of(redaction));
    }

    /** As {@link #pass(ChatRequest, String)}. */
    public Passed<GenerateRequest> pass(GenerateRequest request, String remoteModel) {
        if (!redacts(request.context().privacy(), remoteModel)) {
            return new Passed<>(request, Optional.empty());
        }
        refuse(!request.images().isEmpty(), "images");
        refuse(!request.contextTokens().isEmpty(), "the tokens of an earlier answer");
        refuse(request.settings());
        Redaction redaction = redactor.begin();
        GenerateRequest reserved = new RequestTexts(redaction::reserve, redaction::reserveJson).map(request);
        GenerateRequest redacted = new RequestTexts(redaction::redact, redaction::redactJson).map(reserved);
        return new Passed<>(redacted, Optional.of(redaction));
    }

    private boolean redacts(PrivacyClass asked, String model) {
        return switch (floor.apply(model, asked)) {
            case LOCAL_ONLY ->
                throw new OpenClawException(
                        ErrorCode.UNSUPPORTED,
                        "This request must stay on this machine; nothing was sent to the AITBC network");
            case REDACTED -> true;
            case NETWORK_ALLOWED -> false;
        };
    }

    private static void refuse(InferenceSettings settings) {
        refuse(settings.logprobs(), "logprobs");
    }

    private static void refuse(boolean present, String what) {
        if (present) {
            throw new OpenClawException(
                    ErrorCode.UNSUPPORTED,
                    "%s cannot be redacted, so this request does not leave this machine".formatted(what));
        }
    }
}
