package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Hands single messages to handlers, within a time limit. */
final class Deliveries {
    private final Function<String, Optional<OutboxHandler>> handlers;
    private final Duration limit;
    private final Backoff backoff;
    private final Set<Attempt> running = ConcurrentHashMap.newKeySet();

    Deliveries(Function<String, Optional<OutboxHandler>> handlers, Duration limit, Backoff backoff) {
        this.handlers = handlers;
        this.limit = limit;
        this.backoff = backoff;
    }

    boolean possible(String topic) {
        return handlers.apply(topic).isPresent();
    }

    /** Never throws: what goes wrong is an outcome. */
    Outcome attempt(OutboxMessage message) {
        Attempt attempt = new Attempt(System.nanoTime() + limit.toNanos());
        running.add(attempt);
        Delivery delivery;
        try {
            delivery = deliver(message);
        } catch (OpenClawException e) {
            delivery = later(attempt.aborted() ? overdue() : e.getMessage());
        } catch (RuntimeException | Error e) {
            // Without the message, which may quote the payload.
            delivery = later(
                    attempt.aborted() ? overdue() : "failed: " + e.getClass().getSimpleName());
        } finally {
            attempt.end();
            running.remove(attempt);
        }
        return outcome(message, delivery);
    }

    private Delivery deliver(OutboxMessage message) {
        OutboxHandler handler = handlers.apply(message.topic())
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.PLUGIN_UNAVAILABLE,
                        "The plugin that delivers '" + message.topic() + "' was unloaded"));
        @Nullable Delivery delivery = handler.deliver(message);
        return delivery == null ? later("the handler said nothing") : delivery;
    }

    private static Delivery later(String reason) {
        return new Delivery.Later(reason, Optional.empty());
    }

    private String overdue() {
        return "took longer than " + limit.toSeconds() + " s";
    }

    private Outcome outcome(OutboxMessage message, Delivery delivery) {
        long sequence = message.sequence();
        boolean repeated = message.attempts() > 0;
        return switch (delivery) {
            case Delivery.Delivered it ->
                new Outcome(sequence, State.DELIVERED, it.note(), Duration.ZERO, false, repeated);
            case Delivery.Conflict it ->
                new Outcome(sequence, State.CONFLICT, it.reason(), Duration.ZERO, false, repeated);
            case Delivery.Later it ->
                new Outcome(
                        sequence,
                        State.WAITING,
                        it.reason(),
                        backoff.after(message.attempts() + 1, it.notBefore()),
                        it.notBefore().isPresent(),
                        repeated);
        };
    }

    /** Interrupts those that take too long; how soon to look again. */
    Duration interruptOverdue() {
        running.stream()
                .filter(attempt -> attempt.nanosLeft() <= 0 && !attempt.aborted())
                .forEach(Attempt::abort);
        // Another one may begin in a moment, which is not told here.
        Duration again = limit.dividedBy(4);
        return running.stream()
                .filter(attempt -> !attempt.aborted())
                .map(attempt -> Duration.ofNanos(Math.max(0, attempt.nanosLeft())))
                .filter(left -> left.compareTo(again) < 0)
                .min(Comparator.naturalOrder())
                .orElse(again);
    }

    void interruptAll() {
        running.forEach(Attempt::abort);
    }
}
