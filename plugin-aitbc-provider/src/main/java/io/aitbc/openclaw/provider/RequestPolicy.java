package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.Think;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a request may ask for. A miner reads the model's name and a prompt, nothing else: what would change the meaning of the
 * answer is refused, options that only steer it are refused or declared, as configured. Nothing is dropped in silence.
 */
final class RequestPolicy {
    /** {@code stop} is applied here, to the finished text. */
    private static final Set<String> APPLIED = Set.of("stop");
    /** About the miner's memory; there is nothing to honour from afar. */
    private static final Set<String> HARMLESS =
            Set.of("num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread");

    private static final String KEEP_ALIVE = "keep_alive";

    private final boolean refuseIgnored;

    RequestPolicy(boolean refuseIgnored) {
        this.refuseIgnored = refuseIgnored;
    }

    /** @return names of what will be ignored, sorted */
    List<String> check(ChatRequest request) {
        boolean images = request.messages().stream().map(ChatMessage::images).anyMatch(list -> !list.isEmpty());
        refuse(images, "images");
        if (request.messages().isEmpty()) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "A chat needs at least one message");
        }
        return check(request.settings());
    }

    /**
     * What is ignored of a request that goes to a provider's own Ollama, which is sent everything else and says itself what
     * its model cannot do. How long the model stays in a stranger's memory is not ours to say.
     */
    static List<String> ignoredDirectly(InferenceSettings settings) {
        return settings.keepAlive().map(stay -> List.of(KEEP_ALIVE)).orElse(List.of());
    }

    /** @return names of what will be ignored, sorted */
    List<String> check(GenerateRequest request) {
        refuse(!request.images().isEmpty(), "images");
        refuse(request.raw(), "raw");
        refuse(request.template().filter(text -> !text.isEmpty()).isPresent(), "template");
        refuse(request.suffix().filter(text -> !text.isEmpty()).isPresent(), "suffix");
        refuse(!request.contextTokens().isEmpty(), "context");
        return check(request.settings());
    }

    private List<String> check(InferenceSettings settings) {
        refuse(settings.format().isPresent(), "format");
        refuse(settings.logprobs(), "logprobs");
        refuse(settings.think() != Think.UNSET && settings.think() != Think.OFF, "think");
        Set<String> ignored = new TreeSet<>(settings.options().values().keySet());
        ignored.removeAll(APPLIED);
        Set<String> refused = new TreeSet<>(ignored);
        refused.removeAll(HARMLESS);
        if (refuseIgnored) {
            refuse(!refused.isEmpty(), String.join(", ", refused));
        }
        // Never refused: these only say how a server should behave, and clients send them with every request.
        settings.keepAlive().ifPresent(stay -> ignored.add(KEEP_ALIVE));
        if (settings.think() == Think.OFF) {
            ignored.add("think");
        }
        if (!settings.truncate()) {
            ignored.add("truncate");
        }
        if (!settings.shift()) {
            ignored.add("shift");
        }
        return List.copyOf(ignored);
    }

    private static void refuse(boolean present, String what) {
        if (present) {
            throw new OpenClawException(
                    ErrorCode.UNSUPPORTED,
                    "AITBC jobs carry only a model name and a prompt: %s is not supported there".formatted(what));
        }
    }
}
