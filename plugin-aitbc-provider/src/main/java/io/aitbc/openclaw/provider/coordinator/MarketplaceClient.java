package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;

/**
 * Client of the marketplace service, which knows no users. Reads only, repeated after failures, with a deadline of 15 seconds
 * each.
 */
public final class MarketplaceClient {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_OFFERS = 20_000;

    private final BaseUrl base;
    private final Caller caller;

    MarketplaceClient(BaseUrl base, Caller caller) {
        this.base = base;
        this.caller = caller;
    }

    /**
     * Software offers, as published; those that lack what makes them an offer are left out.
     *
     * @throws OpenClawException when the service cannot be reached or its answer cannot be read
     */
    public List<SoftwareOffer> softwareOffers(CallScope scope) {
        return softwareOffers(Optional.empty(), Optional.empty(), scope);
    }

    /**
     * @param serviceType {@code ollama}, {@code whisper}, …
     * @param status {@code active} or {@code inactive}
     */
    public List<SoftwareOffer> softwareOffers(Optional<String> serviceType, Optional<String> status, CallScope scope) {
        HttpUrl.Builder url = base.path("v1", "marketplace", "offer");
        serviceType.ifPresent(type -> url.addQueryParameter("service_type", type));
        status.ifPresent(text -> url.addQueryParameter("status", text));
        JsonNode answer = Json.tree("offers", caller.body("the software offers", reply(url, scope)));
        return Json.rows("offers", answer.path("offers"), MOST_OFFERS, SoftwareOffer::parse);
    }

    /** @param pluginId its name at the service, such as {@code ollama-llama3.2-3b} */
    public Optional<SoftwareOffer> softwareOffer(String pluginId, CallScope scope) {
        Reply reply = reply(base.path("v1", "marketplace", "offer", pluginId), scope);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        JsonNode answer = Json.tree("an offer", caller.body("a software offer", reply));
        return SoftwareOffer.parse(answer.path("offer").isObject() ? answer.path("offer") : answer);
    }

    /** Offers of GPUs at this service, which are not those of the coordinator. */
    public List<MarketOffer> gpuOffers(CallScope scope) {
        JsonNode answer = Json.tree(
                "GPU offers", caller.body("the GPU offers", reply(base.path("v1", "marketplace", "offers"), scope)));
        return Json.rows(
                "GPU offers", answer.isObject() ? answer.path("offers") : answer, MOST_OFFERS, MarketOffer::parse);
    }

    private Reply reply(HttpUrl.Builder url, CallScope scope) {
        HttpUrl built = url.build();
        return caller.repeatableOpen(
                RouteClass.SOFTWARE_OFFERS, request -> request.url(built).build(), PATIENCE, scope);
    }
}
