package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.Marketplace;
import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import io.aitbc.openclaw.host.http.answer.Answers;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.ProofRecorder;
import io.aitbc.openclaw.host.http.json.GoTime;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The host's own endpoints, under {@code /api/v1/openclaw}. */
final class OpenClawApi {
    private static final String BASE = "/api/v1/openclaw/";
    private static final Pattern RELOAD = Pattern.compile(".*/plugins/([a-z0-9][a-z0-9-]{0,62})/reload");

    private final Extensions extensions;
    private final Answers answers;
    private final HostInfo info;
    private final ProofRecorder recorder;

    OpenClawApi(Extensions extensions, Answers answers, HostInfo info, ProofRecorder recorder) {
        this.extensions = extensions;
        this.answers = answers;
        this.info = info;
        this.recorder = recorder;
    }

    void addTo(Routes routes) {
        routes.add("GET", BASE + "host", Routes.Style.OLLAMA, this::host);
        routes.add("GET", BASE + "plugins", Routes.Style.OLLAMA, this::plugins);
        routes.add("POST", BASE + "plugins/*", Routes.Style.OLLAMA, this::reload);
        routes.add("GET", BASE + "services", Routes.Style.OLLAMA, this::services);
        new CompatibilityEndpoint(extensions, answers, info).addTo(routes, BASE);
        new OutboxEndpoints(info).addTo(routes, BASE);
        new ProofEndpoints(extensions, answers, info, recorder).addTo(routes, BASE);
        new ProofJobEndpoints(extensions, answers).addTo(routes, BASE);
        routes.add("GET", BASE + "offers", Routes.Style.OLLAMA, this::offers);
        NetworkEndpoints networks = new NetworkEndpoints(extensions, answers);
        routes.add("GET", BASE + "networks", Routes.Style.OLLAMA, networks::networks);
        routes.add("GET", BASE + "agents", Routes.Style.OLLAMA, networks::agents);
        new PaymentEndpoints(extensions).addTo(routes, BASE);
        routes.add("POST", BASE + "route", Routes.Style.OLLAMA, new RouteEndpoint(answers)::handle);
    }

    private void host(Exchange exchange) {
        HostIdentity identity =
                info.identity().orElseThrow(() -> new ApiFailure(404, "this host does not tell who it is"));
        JsonOutput out = new JsonOutput();
        out.startObject()
                .field("version", identity.version())
                .field("instance", identity.instance())
                .endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private void plugins(Exchange exchange) {
        JsonOutput out = new JsonOutput();
        out.startObject()
                .field("plugins", info.plugins())
                .field("unloaded", info.unloaded())
                .endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private void reload(Exchange exchange) {
        Matcher path = RELOAD.matcher(exchange.path());
        if (!path.matches()) {
            throw new ApiFailure(404, "a plugin can be asked to reload, nothing else");
        }
        info.reload(
                path.group(1),
                exchange.query("downgrade").filter("true"::equals).isPresent());
        plugins(exchange);
    }

    private void services(Exchange exchange) {
        JsonOutput out = new JsonOutput();
        out.startObject().field("services", info.services()).endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private void offers(Exchange exchange) {
        Marketplace.Listing listing = answers.call(
                exchange,
                "",
                router -> extensions
                        .first(Marketplace.class)
                        .map(market -> market.offers(OfferQuery.active()))
                        .orElseGet(this::offersOfNetworks));
        JsonOutput out = new JsonOutput();
        out.startObject().startArray("offers");
        listing.offers().forEach(offer -> offer(out, offer));
        out.endArray().field("failures", listing.failures()).endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private Marketplace.Listing offersOfNetworks() {
        List<Offer> offers = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (ComputeNetwork network : extensions.all(ComputeNetwork.class)) {
            try {
                offers.addAll(network.offers(OfferQuery.active()));
            } catch (OpenClawException e) {
                failures.add(network.id() + ": " + e.getMessage());
            }
        }
        return new Marketplace.Listing(offers, failures);
    }

    private static void offer(JsonOutput out, Offer offer) {
        out.startObject()
                .field("network", offer.network())
                .field("offer", offer.offerId())
                .field("service", offer.serviceType())
                .field("model", offer.model())
                .field("price", offer.price().toPlainString())
                .field("price_unit", offer.priceUnit())
                .field("symbol", offer.symbol())
                .field("miner", offer.provider());
        offer.gpu().ifPresent(gpu -> out.field("gpu", gpu));
        offer.endpoint().ifPresent(endpoint -> out.field("endpoint", endpoint));
        offer.registeredAt().ifPresent(time -> out.field("registered_at", GoTime.text(time)));
        out.field("active", offer.active()).endObject();
    }

    static void amount(JsonOutput out, String name, TokenAmount amount) {
        out.startObject(name)
                .field("amount", amount.coins().toPlainString())
                .field("unit", amount.rail().symbol())
                .endObject();
    }
}
