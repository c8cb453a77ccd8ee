package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.OpenClawException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes software offers. The marketplace service knows no users and lets anybody overwrite any offer, so care lies with
 * the caller. All calls may be repeated.
 *
 * <p>They fail with {@link OpenClawException} when they were refused, lost, or answered with something unreadable.
 */
public final class OfferPublisher {
    private final BaseUrl base;
    private final Http http;

    /**
     * An offer of a miner.
     *
     * @param id {@code plugin_id}, the key under which the service keeps it
     * @param price AIT per 1,000 tokens
     * @param payTo {@code 0x} and 40 hexadecimal digits
     */
    public record Draft(String id, String model, BigDecimal price, String minerId, String payTo) {}

    /** @param http stays the caller's to close */
    public OfferPublisher(BaseUrl base, Http http) {
        this.base = base;
        this.http = http;
    }

    public void publish(Draft draft, CallScope scope) {
        ObjectNode body = Json.MAPPER
                .createObjectNode()
                .put("plugin_id", draft.id())
                .put("service_type", "ollama")
                .put("model", draft.model())
                .put("price", draft.price())
                .put("price_unit", "per_1k_tokens")
                .put("provider_address", draft.payTo())
                .put("node_id", draft.minerId())
                .put("status", "active");
        expect("publishing an offer", call(new OnceBody(Json.MAPPER.writeValueAsString(body)), scope));
    }

    /** What the service holds under an id. */
    public Optional<SoftwareOffer> find(String id, CallScope scope) {
        MinerReply reply = call("GET", scope, id);
        return missing(reply) ? Optional.empty() : SoftwareOffer.parse(expect("an offer", reply));
    }

    /** Ids of all offers of a miner. */
    public List<String> of(String minerId, CallScope scope) {
        JsonNode offers = expect("the software offers", call("GET", scope)).path("offers");
        List<String> ids = new ArrayList<>();
        for (JsonNode offer : offers) {
            boolean own = Json.text(offer, "node_id").filter(minerId::equals).isPresent();
            Json.text(offer, "plugin_id").filter(id -> own && Ids.valid(id)).ifPresent(ids::add);
        }
        return ids;
    }

    /** Does nothing when there is none. */
    public void withdraw(String id, CallScope scope) {
        MinerReply reply = call("DELETE", scope, id);
        if (!missing(reply)) {
            expect("withdrawing an offer", reply);
        }
    }

    private static boolean missing(MinerReply reply) {
        return reply instanceof MinerReply.Answered answered && answered.status() == 404;
    }

    private MinerReply call(String method, CallScope scope, String... id) {
        return SingleCall.make(
                http, new Request.Builder().url(url(id)).method(method, null).build(), scope);
    }

    private MinerReply call(OnceBody body, CallScope scope) {
        return SingleCall.make(http, new Request.Builder().url(url()).post(body).build(), scope);
    }

    private HttpUrl url(String... id) {
        HttpUrl.Builder url = base.path("v1", "marketplace", "offer");
        for (String segment : id) {
            url.addPathSegment(segment);
        }
        return url.build();
    }

    private static JsonNode expect(String source, MinerReply reply) {
        return Json.tree(source, SingleCall.expect(source, reply));
    }
}
