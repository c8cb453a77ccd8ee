package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Delivers at once, except what it was told; writes everything down. */
public final class ScriptedHandler implements OutboxHandler {
    private interface Step {
        Delivery take();
    }

    private final String topic;
    private final Map<String, Queue<Step>> script = new HashMap<>();
    private final List<String> begun = new ArrayList<>();
    private final List<String> arrived = new ArrayList<>();

    public ScriptedHandler(String topic) {
        this.topic = topic;
    }

    /** What becomes of the next attempt at this key, after those told before. */
    public synchronized ScriptedHandler then(String key, Delivery delivery) {
        return step(key, () -> delivery);
    }

    /** The next attempt at this key fails with what is no {@code OpenClawException}. */
    public synchronized ScriptedHandler thenThrows(String key) {
        return step(key, () -> {
            throw new IllegalStateException("broken");
        });
    }

    private ScriptedHandler step(String key, Step step) {
        script.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(step);
        return this;
    }

    @Override
    public String id() {
        return topic;
    }

    @Override
    public synchronized Delivery deliver(OutboxMessage message) {
        begun.add(message.key() + "#" + message.attempts());
        Queue<Step> steps = script.getOrDefault(message.key(), new ArrayDeque<>());
        if (!steps.isEmpty()) {
            return steps.remove().take();
        }
        arrived.add(message.key());
        return new Delivery.Delivered("arrived");
    }

    /** Key and earlier attempts of each attempt: {@code 7#0}. */
    public synchronized List<String> begun() {
        return List.copyOf(begun);
    }

    /** Keys in the order in which they arrived. */
    public synchronized List<String> arrived() {
        return List.copyOf(arrived);
    }
}
