package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.EmbedRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceSettings;
import io.aitbc.openclaw.api.inference.Placement;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.FixedExtensions;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.contract.ScriptedProvider;
import io.aitbc.openclaw.contract.TestingClock;
import io.aitbc.openclaw.contract.TestingPluginContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A router over two local engines and a network. {@code here} has {@code m:latest} and {@code e:latest}, {@code there} has
 * {@code m:latest}, {@code aitbc} has {@code aitbc/m:latest}, {@code aitbc/far:latest} and {@code miner-7/m:latest}.
 */
final class RouterFixture implements AutoCloseable {
    final ScriptedEngine here = new ScriptedEngine(
            "here",
            Models.local("here", "m:latest", Capability.COMPLETION),
            Models.local("here", "e:latest", Capability.EMBEDDING));
    final ScriptedEngine there = new ScriptedEngine(
            "there",
            Models.local("there", "m:latest", Capability.COMPLETION, Capability.TOOLS),
            Models.local("there", "e:latest", Capability.EMBEDDING));
    final ScriptedProvider aitbc = new ScriptedProvider(
            "aitbc",
            Placement.NETWORK,
            Models.network("aitbc", "aitbc/m:latest", Capability.COMPLETION),
            Models.network("aitbc", "aitbc/far:latest", Capability.COMPLETION),
            Models.network("aitbc", "miner-7/m:latest", Capability.COMPLETION));
    final TestingClock clock = new TestingClock();
    final FixedExtensions extensions = new FixedExtensions(here, there, aitbc);

    private final TestingPluginContext context;
    final SkillRouter router;

    /** @param settings key, value, key, value … */
    RouterFixture(String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        aitbc.costs(TokenAmount.of(36, Rail.AITBC));
        context = new TestingPluginContext("skill-router", map, extensions, clock);
        router = new SkillRouter(context);
    }

    List<InferenceEvent> chat(String model) {
        return Answers.drain(router.chat(request(model)));
    }

    RouteDecision route(String model) {
        return Answers.finished(chat(model)).route().orElseThrow();
    }

    static ChatRequest request(String model) {
        return request(model, GenerationOptions.none(), RequestContext.of("test"));
    }

    static ChatRequest request(String model, GenerationOptions options, RequestContext context) {
        return new ChatRequest(
                model, List.of(ChatMessage.user("hello")), List.of(), InferenceSettings.of(options), context);
    }

    static RequestContext localOnly() {
        return new RequestContext("test", PrivacyClass.LOCAL_ONLY, Optional.empty());
    }

    static RequestContext atMost(long units) {
        return new RequestContext("test", PrivacyClass.NETWORK_ALLOWED, Optional.of(TokenAmount.of(units, Rail.AITBC)));
    }

    static EmbedRequest embedding(String model) {
        return new EmbedRequest(
                model,
                List.of("a"),
                true,
                OptionalInt.empty(),
                GenerationOptions.none(),
                Optional.empty(),
                RequestContext.of("test"));
    }

    @Override
    public void close() {
        router.close();
        context.close();
    }
}
