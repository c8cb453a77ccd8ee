package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;

/**
 * What a coordinator lists in public: compute for sale, prices, rates, reputation. Reads only, repeated after failures, with
 * a deadline of 15 seconds each. Rows that lack what makes them usable are left out.
 *
 * <p>Fails with {@link OpenClawException}: UNREACHABLE, OVERLOADED, MALFORMED_ANSWER, CANCELED, PROVIDER_FAILED.
 */
public final class MarketClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_ROWS = 20_000;

    private final BaseUrl base;
    private final Caller caller;

    MarketClient(BaseUrl base, Caller caller) {
        this.base = base;
        this.caller = caller;
    }

    /** GPUs for rent. */
    public List<GpuListing> gpus(GpuQuery query, CallScope scope) {
        HttpUrl.Builder url = base.path("v1", "marketplace", "gpu", "list")
                .addQueryParameter("limit", Integer.toString(query.limit()));
        if (query.onlyAvailable()) {
            url.addQueryParameter("available", "true");
        }
        query.model().ifPresent(model -> url.addQueryParameter("model", model));
        query.region().ifPresent(region -> url.addQueryParameter("region", region));
        query.mostPerHour().ifPresent(most -> url.addQueryParameter("price_max", most.toPlainString()));
        return rows("the GPU list", url, GpuListing::parse, scope);
    }

    /** All offers of miners ({@code /v1/offers}). */
    public List<MarketOffer> offers(CallScope scope) {
        return rows("the offers", base.path("v1", "offers"), MarketOffer::parse, scope);
    }

    /** A page of the offers of miners. */
    public List<MarketOffer> marketplaceOffers(Optional<String> status, int limit, int offset, CallScope scope) {
        HttpUrl.Builder url = base.path("v1", "marketplace", "offers")
                .addQueryParameter("limit", Integer.toString(limit))
                .addQueryParameter("offset", Integer.toString(offset));
        status.ifPresent(text -> url.addQueryParameter("status", text));
        return rows("the marketplace offers", url, MarketOffer::parse, scope);
    }

    /** Offers of those miners whose id begins with {@code miner_}. */
    public List<MarketOffer> minerOffers(CallScope scope) {
        return rows("the miner offers", base.path("v1", "marketplace", "miner-offers"), MarketOffer::parse, scope);
    }

    public MarketStats stats(CallScope scope) {
        return MarketStats.parse(
                object(RouteClass.MARKET, "the market's numbers", base.path("v1", "marketplace", "stats"), scope));
    }

    /** @return empty when nobody rents out such a GPU */
    public Optional<GpuPrices> pricing(String gpuModel, CallScope scope) {
        Reply reply = reply(RouteClass.MARKET, base.path("v1", "marketplace", "pricing", gpuModel), scope);
        return reply.status() == 404
                ? Optional.empty()
                : Optional.of(GpuPrices.parse(tree("the prices of a GPU", reply)));
    }

    public ExchangeRates rates(CallScope scope) {
        return ExchangeRates.parse(
                object(RouteClass.RATES, "the exchange rates", base.path("v1", "exchange", "rates"), scope));
    }

    public ExchangeStats exchangeStats(CallScope scope) {
        return ExchangeStats.parse(object(
                RouteClass.MARKET, "the exchange's numbers", base.path("v1", "exchange", "market-stats"), scope));
    }

    public TrustScore trustScore(String agentId, CallScope scope) {
        String source = "the trust score";
        return TrustScore.parse(
                source,
                object(RouteClass.REPUTATION, source, base.path("v1", "reputation", "trust-score", agentId), scope));
    }

    private <T> List<T> rows(
            String source, HttpUrl.Builder url, Function<JsonNode, Optional<T>> parse, CallScope scope) {
        JsonNode answer = tree(source, reply(RouteClass.MARKET, url, scope));
        return Json.rows(source, answer.isObject() ? answer.path("offers") : answer, MOST_ROWS, parse);
    }

    private JsonNode object(RouteClass route, String source, HttpUrl.Builder url, CallScope scope) {
        JsonNode node = tree(source, reply(route, url, scope));
        if (!node.isObject()) {
            throw Json.malformed(source, "it is no object");
        }
        return node;
    }

    private JsonNode tree(String source, Reply reply) {
        return Json.tree(source, caller.body(source, reply));
    }

    private Reply reply(RouteClass route, HttpUrl.Builder url, CallScope scope) {
        HttpUrl built = url.build();
        return caller.repeatableOpen(route, request -> request.url(built).build(), PATIENCE, scope);
    }
}
