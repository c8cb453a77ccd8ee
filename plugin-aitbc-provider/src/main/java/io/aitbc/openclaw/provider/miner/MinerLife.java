package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.service.ServiceHealth;
import io.aitbc.openclaw.provider.coordinator.Backoff;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A miner from its start to its end. */
final class MinerLife {
    private static final Logger log = LoggerFactory.getLogger(MinerLife.class);
    private static final String DAY_FILE = "miner-day.json";

    /** Calls end at once when they are canceled. */
    private static final Duration CALLS_END = Duration.ofSeconds(1);

    /** How much longer than its last jobs the miner takes to leave a network that may be away. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final MinerParts parts;
    private final Optional<OfferBoard> offers;
    private final PluginContext context;
    private final List<CallScope> scopes = List.of(new CallScope(), new CallScope());
    private final List<Future<?>> loops;

    private MinerLife(MinerParts parts, Optional<OfferBoard> offers, PluginContext context) {
        this.parts = parts;
        this.offers = offers;
        this.context = context;
        this.loops = List.of(
                context.executor().submit(new PollLoop(parts, scopes.get(0))),
                context.executor().submit(new Pulse(parts, offers, scopes.get(1))));
    }

    /** @throws OpenClawException with INVALID_CONFIG when offers are wanted and nobody is to be paid */
    static MinerLife begin(
            PluginContext context, MinerService.Place place, MinerSettings settings, RandomGenerator random) {
        Tally tally = new Tally();
        Optional<String> payTo =
                settings.offer() ? settings.payoutAddress().or(place.payTo()::address) : Optional.empty();
        if (settings.offer() && payTo.isEmpty()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s.miner.offer needs an address to be paid: set miner.payout-address or a wallet key"
                            .formatted(context.config().section()));
        }
        OfferedModels models = new OfferedModels(context.extensions(), settings.models());
        DailyUse daily = new DailyUse(context.dataDirectory().resolve(DAY_FILE), settings.daily(), context.clock());
        Workbench bench = new Workbench(context, settings, models, daily, tally);
        MinerClient client = place.services().miner(settings.key());
        MinerParts parts = new MinerParts(
                client,
                settings,
                models,
                new Registration(client, settings, bench),
                bench,
                daily,
                tally,
                new Backoff(random),
                context.clock());
        Optional<OfferBoard> offers = payTo.map(address ->
                new OfferBoard(place.services().publisher(), settings.key().id(), settings.price(), address, tally));
        return new MinerLife(parts, offers, context);
    }

    ServiceHealth health() {
        return parts.tally()
                .health(
                        parts.client().minerId(),
                        parts.bench().count(),
                        parts.daily().text(),
                        parts.bench().receiptKey());
    }

    /**
     * No new jobs; running ones are finished or failed; nobody waits for this miner afterwards. Takes less than the ten seconds
     * a host allows, whether the network answers or not.
     */
    void end() {
        scopes.forEach(CallScope::cancel);
        loops.forEach(loop -> await(loop, CALLS_END));
        CallScope scope = new CallScope();
        Optional<Future<?>> farewell = leave(scope);
        parts.bench().drain(parts.settings().grace());
        farewell.ifPresent(going -> await(going, FAREWELL));
        scope.cancel();
        log.atInfo().addKeyValue("miner", parts.client().minerId()).log("miner stopped");
    }

    /** A result can be delivered by a miner that has left. */
    private Optional<Future<?>> leave(CallScope scope) {
        try {
            return Optional.of(context.executor().submit(() -> {
                try {
                    offers.ifPresent(board -> board.withdraw(scope));
                } catch (OpenClawException e) {
                    log.atWarn().addKeyValue("reason", e.getMessage()).log("miner cannot withdraw its offers");
                }
                if (!parts.registration().leave(scope).done()) {
                    log.atWarn().log("miner cannot deregister");
                }
            }));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
    }

    private static void await(Future<?> work, Duration patience) {
        try {
            work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            work.cancel(true);
        }
    }
}
