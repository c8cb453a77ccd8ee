package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.Think;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a request asks for, as far as it matters who may answer it while the host still loads.
 *
 * @param model as the client wrote it
 * @param needs what the model has to be able to do
 * @param numCtx the context length that is wanted
 */
public record Asked(String model, Set<Capability> needs, OptionalInt numCtx) {
    public Asked {
        needs = Set.copyOf(needs);
    }

    /** For an answer in a chat. */
    public static Asked chat(
            String model, GenerationOptions options, List<ChatMessage> messages, boolean tools, Think think) {
        Set<Capability> needs = completion(think);
        if (tools) {
            needs.add(Capability.TOOLS);
        }
        if (messages.stream().anyMatch(message -> !message.images().isEmpty())) {
            needs.add(Capability.VISION);
        }
        return new Asked(model, needs, numCtx(options));
    }

    /** For the continuation of a prompt. */
    public static Asked generate(String model, GenerationOptions options, boolean images, boolean insert, Think think) {
        Set<Capability> needs = completion(think);
        if (images) {
            needs.add(Capability.VISION);
        }
        if (insert) {
            needs.add(Capability.INSERT);
        }
        return new Asked(model, needs, numCtx(options));
    }

    /** One that is no number is none: whoever answers says so, where the client would be told of another mistake first. */
    private static OptionalInt numCtx(GenerationOptions options) {
        return options.values().get("num_ctx") instanceof Number ? options.numCtx() : OptionalInt.empty();
    }

    private static Set<Capability> completion(Think think) {
        return think == Think.UNSET || think == Think.OFF
                ? EnumSet.of(Capability.COMPLETION)
                : EnumSet.of(Capability.COMPLETION, Capability.THINKING);
    }
}
