package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;

/** Client of the marketplace service, which knows no users. */
public final class MarketplaceClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_OFFERS = 20_000;

    private final BaseUrl base;
    private final Http http;
    private final Caller caller;

    public MarketplaceClient(BaseUrl base, InstantSource clock, RandomGenerator random) {
        this.base = base;
        this.http = new Http(clock, base.encrypted());
        this.caller = new Caller(http, new Session(base, Optional.empty(), http, clock), new Backoff(random));
    }

    /**
     * Software offers, as published; those that lack what makes them an offer are left out.
     *
     * @throws OpenClawException when the service cannot be reached or its answer cannot be read
     */
    public List<SoftwareOffer> softwareOffers(CallScope scope) {
        HttpUrl url = base.path("v1", "marketplace", "offer").build();
        Reply reply = caller.open(request -> request.url(url).build(), PATIENCE, scope);
        if (!reply.ok()) {
            throw Caller.failure("the software offers", reply);
        }
        JsonNode offers = Json.tree("offers", reply.body()).path("offers");
        if (!offers.isArray()) {
            throw Json.malformed("offers", "it has no list of offers");
        }
        List<SoftwareOffer> read = new ArrayList<>();
        for (JsonNode offer : offers) {
            SoftwareOffer.parse(offer).ifPresent(read::add);
            if (read.size() == MOST_OFFERS) {
                break;
            }
        }
        return List.copyOf(read);
    }

    @Override
    public void close() {
        http.close();
    }
}
