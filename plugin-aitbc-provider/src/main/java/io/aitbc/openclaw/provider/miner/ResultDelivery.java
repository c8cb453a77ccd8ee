package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorServices;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import io.aitbc.openclaw.provider.coordinator.MinerKey;
import io.aitbc.openclaw.provider.coordinator.MinerReply;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings what came of jobs to the coordinator, which takes any report on any job at any time: a repeated result makes a
 * second receipt, a late one overwrites what is there. So whenever an earlier attempt may have arrived, it looks first.
 */
final class ResultDelivery implements OutboxHandler {
    static final String TOPIC = "aitbc-miner-result";

    private static final Duration RATE_LIMIT_WINDOW = Duration.ofMinutes(1);

    /** A coordinator of March answers 500 to every failure; one that has trouble of another kind gets over it. */
    private static final int FAILURES_TRIED = 3;

    private final CoordinatorServices services;
    private final Optional<MinerKey> key;
    private final Set<CallScope> open = ConcurrentHashMap.newKeySet();

    ResultDelivery(CoordinatorServices services, Optional<MinerKey> key) {
        this.services = services;
        this.key = key;
    }

    @Override
    public String id() {
        return TOPIC;
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
        Optional<Report> report = Report.parse(message.payload());
        if (report.isEmpty()) {
            return new Delivery.Conflict("the message is no report about a job");
        }
        if (key.isEmpty()) {
            return later("set miner.id and miner.key: there are results to deliver");
        }
        CallScope scope = new CallScope();
        open.add(scope);
        try {
            return deliver(report.get(), message.attempts(), scope);
        } catch (OpenClawException e) {
            return later(e.getMessage());
        } finally {
            open.remove(scope);
        }
    }

    private Delivery deliver(Report report, int attempts, CallScope scope) {
        // Reports of an earlier name go out under it.
        MinerClient client =
                services.miner(new MinerKey(report.minerId(), key.orElseThrow().secret()));
        Optional<Delivery> known = attempts == 0 ? Optional.empty() : new Standing(client, report).look(scope);
        return known.orElseGet(() -> send(client, report, attempts, scope));
    }

    private static Delivery send(MinerClient client, Report report, int attempts, CallScope scope) {
        return switch (report.kind()) {
            case RESULT -> outcome(client.result(report.jobId(), report.body(), scope));
            case FAILURE -> {
                MinerReply reply = client.fail(report.jobId(), report.body(), scope);
                boolean crashed = reply instanceof MinerReply.Answered answered && answered.status() == 500;
                yield outcome(
                        crashed && attempts >= FAILURES_TRIED
                                ? client.result(
                                        report.jobId(), report.asResult().body(), scope)
                                : reply);
            }
        };
    }

    private static Delivery outcome(MinerReply reply) {
        return switch (reply) {
            case MinerReply.Silent silent -> later(silent.text());
            case MinerReply.Answered answered -> {
                String told = "the coordinator answered %d: %s".formatted(answered.status(), answered.text());
                yield switch (answered.status()) {
                    case 200, 201, 202, 204 -> new Delivery.Delivered("delivered");
                    case 401, 403 -> later("check miner.key: " + told);
                    case 408, 425 -> later(told);
                    case 429 ->
                        new Delivery.Later(
                                told, Optional.of(answered.retryAfter().orElse(RATE_LIMIT_WINDOW)));
                    default ->
                        answered.status() >= 500
                                ? new Delivery.Later(told, answered.retryAfter())
                                : new Delivery.Conflict(told);
                };
            }
        };
    }

    private static Delivery later(String reason) {
        return new Delivery.Later(reason, Optional.empty());
    }

    @Override
    public void close() {
        open.forEach(CallScope::cancel);
    }
}
