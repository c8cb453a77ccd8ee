package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.Agent;
import io.aitbc.openclaw.api.network.AgentQuery;
import io.aitbc.openclaw.api.network.ChainStatus;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.ExchangeRate;
import io.aitbc.openclaw.api.network.JobSummary;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A network that sells what a test says: it hands out its offers as they are, whatever was asked for. */
public final class ScriptedNetwork implements ComputeNetwork {
    private final String id;
    private final Function<OfferQuery, List<Offer>> answer;

    private ScriptedNetwork(String id, Function<OfferQuery, List<Offer>> answer) {
        this.id = id;
        this.answer = answer;
    }

    public static ScriptedNetwork selling(String id, Offer... offers) {
        return new ScriptedNetwork(id, query -> List.of(offers));
    }

    public static ScriptedNetwork failing(String id, ErrorCode code, String message) {
        return new ScriptedNetwork(id, query -> {
            throw new OpenClawException(code, message);
        });
    }

    public static ScriptedNetwork answering(String id, Function<OfferQuery, List<Offer>> answer) {
        return new ScriptedNetwork(id, answer);
    }

    /** Answers when the latch opens, or is interrupted. */
    public static ScriptedNetwork slow(String id, CountDownLatch latch, Offer... offers) {
        return new ScriptedNetwork(id, query -> {
            await(latch);
            return List.of(offers);
        });
    }

    /** Waits as a network waits: an interrupt is a cancellation. */
    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpenClawException(ErrorCode.CANCELED, "interrupted");
        }
    }

    public static Offer offer(String network, String offerId, String model, String price, String unit, boolean active) {
        return new Offer(
                network,
                offerId,
                unit.equals("per_hour") ? "gpu" : "ollama",
                model,
                new BigDecimal(price),
                unit,
                "AIT",
                "miner-1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                active);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public NetworkStatus status() {
        return new NetworkStatus(
                "http://127.0.0.1:9",
                true,
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of("current"),
                Optional.of(new ChainStatus(
                        "http://127.0.0.1:10",
                        7,
                        Optional.empty(),
                        Optional.of(TokenAmount.parse("1.5", Rail.AITBC)))));
    }

    @Override
    public List<Offer> offers(OfferQuery query) {
        return answer.apply(query);
    }

    @Override
    public List<JobSummary> jobs(int limit) {
        return List.of();
    }

    @Override
    public List<ExchangeRate> rates() {
        return List.of(new ExchangeRate("ETH", "AIT", new BigDecimal(1000)));
    }

    @Override
    public List<Agent> agents(AgentQuery query) {
        Agent agent = new Agent(
                id,
                "agent-1",
                "worker",
                "active",
                List.of("inference"),
                List.of(),
                Map.of("http", "https://agent.example"),
                Optional.empty());
        return query.type().map(agent.type()::equals).orElse(true)
                        && agent.capabilities().containsAll(query.capabilities())
                ? List.of(agent)
                : List.of();
    }
}
