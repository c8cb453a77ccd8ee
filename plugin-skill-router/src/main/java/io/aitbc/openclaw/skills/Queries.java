package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.GenerateRequest;
import io.aitbc.openclaw.api.inference.RouteQuery;
import io.aitbc.openclaw.api.inference.Think;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/** What a plan depends on, read from requests. */
final class Queries {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int TOKENS_PER_MESSAGE = 4;

    private Queries() {}

    static RouteQuery of(ChatRequest request) {
        Set<Capability> needs = EnumSet.of(Capability.COMPLETION);
        if (!request.tools().isEmpty()) {
            needs.add(Capability.TOOLS);
        }
        long tokens = 0;
        for (ChatMessage message : request.messages()) {
            tokens += tokens(message.content()) + TOKENS_PER_MESSAGE;
            if (!message.images().isEmpty()) {
                needs.add(Capability.VISION);
            }
        }
        thinking(request.settings().think(), needs);
        return new RouteQuery(
                request.model(),
                request.settings().options().numCtx(),
                clamp(tokens),
                request.settings().options().numPredict(),
                needs,
                request.settings().options().values().keySet(),
                request.context());
    }

    static RouteQuery of(GenerateRequest request) {
        Set<Capability> needs = EnumSet.of(Capability.COMPLETION);
        if (!request.images().isEmpty()) {
            needs.add(Capability.VISION);
        }
        if (request.suffix().isPresent()) {
            needs.add(Capability.INSERT);
        }
        thinking(request.settings().think(), needs);
        long tokens = tokens(request.prompt()) + request.contextTokens().size();
        return new RouteQuery(
                request.model(),
                request.settings().options().numCtx(),
                clamp(tokens),
                request.settings().options().numPredict(),
                needs,
                request.settings().options().values().keySet(),
                request.context());
    }

    static RouteQuery of(EmbedRequest request) {
        long tokens = request.inputs().stream().mapToLong(Queries::tokens).sum();
        return new RouteQuery(
                request.model(),
                request.options().numCtx(),
                clamp(tokens),
                OptionalInt.empty(),
                Set.of(Capability.EMBEDDING),
                request.options().values().keySet(),
                request.context());
    }

    private static void thinking(Think think, Set<Capability> needs) {
        if (think != Think.UNSET && think != Think.OFF) {
            needs.add(Capability.THINKING);
        }
    }

    private static long tokens(String text) {
        return Math.ceilDiv(text.length(), CHARACTERS_PER_TOKEN);
    }

    private static int clamp(long tokens) {
        return Math.clamp(tokens, 0, Integer.MAX_VALUE);
    }
}
