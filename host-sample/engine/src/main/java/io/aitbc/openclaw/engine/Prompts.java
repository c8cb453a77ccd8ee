package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.engine.token.PromptText;
import io.aitbc.openclaw.engine.token.TokenList;
import java.util.ArrayList;
import java.util.List;

/** Turns requests into the tokens a model starts from. */
final class Prompts {
    private Prompts() {}

    static int[] of(LoadedWeights weights, Plan plan, ChatRequest request) {
        if (request.messages().isEmpty()) {
            return new int[0];
        }
        List<ChatMessage> messages = withSystem(plan, request.messages());
        int[] whole = chat(weights, messages, request);
        if (fits(whole, plan)) {
            return whole;
        }
        if (!request.settings().truncate()) {
            throw tooLong();
        }
        return shortened(weights, plan, messages, request);
    }

    static int[] of(LoadedWeights weights, Plan plan, GenerateRequest request) {
        if (request.prompt().isEmpty() && request.contextTokens().isEmpty()) {
            return new int[0];
        }
        TokenList tokens = new TokenList();
        weights.tokenizer().begin().ifPresent(tokens::add);
        for (int token : request.contextTokens()) {
            if (token < 0 || token >= weights.tokenizer().size()) {
                throw new OpenClawException(
                        ErrorCode.INVALID_REQUEST,
                        "context holds the token %d, which is not in the vocabulary".formatted(token));
            }
            tokens.add(token);
        }
        PromptText text = request.raw()
                ? new PromptText().trusted(request.prompt())
                : weights.template()
                        .single(
                                request.system()
                                        .filter(system -> !system.isEmpty())
                                        .or(plan.stored()::system),
                                request.prompt());
        tokens.addAll(weights.tokenizer().encode(text));
        int[] all = tokens.toArray();
        if (!fits(all, plan)) {
            throw tooLong();
        }
        return all;
    }

    private static List<ChatMessage> withSystem(Plan plan, List<ChatMessage> messages) {
        if (plan.stored().system().isEmpty() || messages.getFirst().role() == Role.SYSTEM) {
            return messages;
        }
        List<ChatMessage> all = new ArrayList<>();
        all.add(ChatMessage.of(Role.SYSTEM, plan.stored().system().get()));
        all.addAll(messages);
        return all;
    }

    /** Drops as few of the oldest messages as possible, but neither system messages nor the last one. */
    private static int[] shortened(LoadedWeights weights, Plan plan, List<ChatMessage> messages, ChatRequest request) {
        int least = 1;
        int most = messages.size() - 1;
        int[] best = new int[0];
        while (least <= most) {
            int middle = (least + most) >>> 1;
            int[] tokens = chat(weights, without(messages, middle), request);
            if (fits(tokens, plan)) {
                best = tokens;
                most = middle - 1;
            } else {
                least = middle + 1;
            }
        }
        if (best.length == 0) {
            throw tooLong();
        }
        return best;
    }

    private static List<ChatMessage> without(List<ChatMessage> messages, int oldest) {
        List<ChatMessage> kept = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (i >= oldest || messages.get(i).role() == Role.SYSTEM) {
                kept.add(messages.get(i));
            }
        }
        return kept;
    }

    private static int[] chat(LoadedWeights weights, List<ChatMessage> messages, ChatRequest request) {
        TokenList tokens = new TokenList();
        weights.tokenizer().begin().ifPresent(tokens::add);
        tokens.addAll(weights.tokenizer().encode(weights.template().conversation(messages, request.tools())));
        return tokens.toArray();
    }

    /** A prompt fits when there is room for one token of the answer at least. */
    private static boolean fits(int[] tokens, Plan plan) {
        return tokens.length < plan.limits().contextLength();
    }

    private static OpenClawException tooLong() {
        return new OpenClawException(
                ErrorCode.CONTEXT_OVERFLOW,
                "the prompt is longer than the context length currently available to the model; shorten the prompt,"
                        + " adjust the context length in settings, or use a model with a longer context length");
    }
}
