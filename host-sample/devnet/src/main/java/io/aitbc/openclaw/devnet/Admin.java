package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.OpenClawException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The levers of the devnet, below {@code /devnet/} on the coordinator's port. Nobody is asked who they are, so a web page of
 * some other site must not get here: requests of browsers and those for another host are refused.
 */
final class Admin {
    private static final String ROOT = "/devnet/";
    private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final BigInteger MOST_SECONDS = BigInteger.valueOf(100L * 366 * 24 * 3600);

    private final QuirkBoard quirks;
    private final VirtualClock clock;
    private final World world;

    /** What there is to be changed besides quirks and time. */
    interface World {
        ObjectNode summary();

        ObjectNode miners();

        void addMiner(MinerOptions miner);

        boolean removeMiner(String minerId);

        void bond(String minerId, BigDecimal amount);

        void publish(List<SoftwareOffer> offers);

        void restartChain();

        void reset();
    }

    Admin(QuirkBoard quirks, VirtualClock clock, World world) {
        this.quirks = quirks;
        this.clock = clock;
        this.world = world;
    }

    static boolean concerns(ApiRequest request) {
        return request.path().equals("/devnet") || request.path().startsWith(ROOT);
    }

    ApiResponse handle(ApiRequest request) {
        try {
            return refusal(request).orElseGet(() -> dispatch(request));
        } catch (Validation.Failure e) {
            return ApiResponse.detail(400, e.text());
        } catch (OpenClawException | IllegalArgumentException e) {
            return ApiResponse.detail(400, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<ApiResponse> refusal(ApiRequest request) {
        String host = request.header("host").orElse("");
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        boolean page = request.header("origin").isPresent()
                || request.header("sec-fetch-site")
                        .filter(site -> !site.equals("none"))
                        .isPresent();
        if (page || !HOSTS.contains(name)) {
            return Optional.of(ApiResponse.detail(403, "Not for web pages"));
        }
        // Without an Origin only a form of an old browser could post, and none can post this type.
        boolean form = request.body().length > 0
                && !request.header("content-type").orElse("").startsWith("application/json");
        return form ? Optional.of(ApiResponse.detail(415, "Use application/json")) : Optional.empty();
    }

    private ApiResponse dispatch(ApiRequest request) {
        String[] parts = request.path().substring(1).split("/", -1);
        String resource = request.method() + " " + (parts.length > 1 ? parts[1] : "state");
        Optional<String> name = parts.length > 2 ? Optional.of(parts[2]) : Optional.empty();
        if (parts.length > 3) {
            return unknown();
        }
        return switch (resource) {
            case "GET state" -> ApiResponse.ok(state());
            case "GET quirks" -> ApiResponse.ok(quirks());
            case "PUT quirks", "DELETE quirks" ->
                name.map(quirk -> quirk(request, quirk)).orElseGet(() -> allOff(request));
            case "GET clock" -> ApiResponse.ok(time());
            case "POST clock" -> advance(request.json());
            case "GET miners" -> ApiResponse.ok(world.miners());
            case "POST miners" -> addMiner(request.json());
            case "PUT miners" -> name.map(miner -> bond(miner, request.json())).orElseGet(Admin::unknown);
            case "DELETE miners" -> name.map(this::removeMiner).orElseGet(Admin::unknown);
            case "POST offers" -> publish(request.json());
            case "POST chain" -> name.filter("restart"::equals).isPresent() ? restartChain() : unknown();
            case "POST reset" -> reset();
            default -> unknown();
        };
    }

    private static ApiResponse unknown() {
        return ApiResponse.detail(404, "The devnet has no such lever; docs/devnet.md lists them");
    }

    private ObjectNode state() {
        ObjectNode body = Json.object().put("env", "devnet");
        body.setAll(world.summary());
        body.set("quirks", enabled().path("enabled"));
        body.set("clock", time());
        return body;
    }

    private ObjectNode quirks() {
        ObjectNode body = enabled();
        ObjectNode known = body.putObject("known");
        for (Quirk quirk : Quirk.values()) {
            known.put(quirk.wireName(), quirk.description());
        }
        return body;
    }

    private ObjectNode enabled() {
        ObjectNode body = Json.object();
        ArrayNode names = body.putArray("enabled");
        quirks.enabled().forEach(quirk -> names.add(quirk.wireName()));
        return body;
    }

    private ApiResponse quirk(ApiRequest request, String name) {
        Optional<Quirk> found = Quirk.find(name);
        if (found.isEmpty()) {
            return ApiResponse.detail(404, "There is no quirk of that name");
        }
        if (request.method().equals("DELETE")) {
            quirks.disable(found.get());
        } else {
            int times = request.query("times")
                    .map(text -> Validation.integer(text, "times"))
                    .map(value -> value.min(BigInteger.valueOf(Integer.MAX_VALUE))
                            .max(BigInteger.ZERO)
                            .intValue())
                    .orElse(Integer.MAX_VALUE);
            quirks.enable(found.get(), times);
        }
        return ApiResponse.ok(enabled());
    }

    private ApiResponse allOff(ApiRequest request) {
        if (!request.method().equals("DELETE")) {
            return unknown();
        }
        quirks.enabled().forEach(quirks::disable);
        return ApiResponse.ok(enabled());
    }

    private ObjectNode time() {
        return Json.object()
                .put("now", TimeText.zulu(clock.instant()))
                .put("ahead_seconds", clock.ahead().toSeconds());
    }

    private ApiResponse advance(ObjectNode body) {
        JsonNode given = Validation.present(body, "advance_seconds")
                .orElseThrow(() -> Validation.failure("advance_seconds", "advance_seconds is missing", "missing"));
        BigInteger seconds = Validation.integer(given, "advance_seconds");
        clock.advance(Duration.ofSeconds(
                seconds.min(MOST_SECONDS).max(BigInteger.ONE.negate()).longValue()));
        return ApiResponse.ok(time());
    }

    private ApiResponse addMiner(ObjectNode body) {
        MinerOptions miner = MinerOptions.of(Validation.requiredText(body, "id"));
        Set<String> models = new HashSet<>();
        body.path("models").valueStream().forEach(model -> models.add(Validation.text(model, "models")));
        miner = miner.withModels(models)
                .withPrice(number(body, "price").orElse(miner.price()))
                .withOfferPrice(number(body, "offer_price").orElse(miner.offerPrice()))
                .withBond(number(body, "bond").orElse(miner.bond()))
                .withSlowness(Duration.ofMillis(
                        number(body, "slowness_ms").map(BigDecimal::longValue).orElse(0L)))
                .withPublicEndpoint(Validation.present(body, "public_endpoint")
                        .map(value -> Validation.flag(value, "public_endpoint"))
                        .orElse(false));
        Optional<BigDecimal> reputation = number(body, "reputation");
        miner = reputation.isPresent() ? miner.withReputation(reputation.get().doubleValue()) : miner;
        Optional<String> region = Validation.optionalText(body, "region");
        world.addMiner(region.isPresent() ? miner.withRegion(region.get()) : miner);
        return ApiResponse.json(201, world.miners());
    }

    private static Optional<BigDecimal> number(ObjectNode body, String name) {
        return Validation.present(body, name).map(value -> Validation.number(value, name));
    }

    private ApiResponse removeMiner(String minerId) {
        return world.removeMiner(minerId)
                ? ApiResponse.ok(world.miners())
                : ApiResponse.detail(404, "The devnet has no miner of that name");
    }

    private ApiResponse bond(String minerId, ObjectNode body) {
        BigDecimal amount = number(body, "bond").orElse(BigDecimal.ZERO);
        world.bond(minerId, amount);
        return ApiResponse.ok(Json.object().put("id", minerId).put("bond", amount));
    }

    private ApiResponse publish(ObjectNode body) {
        List<SoftwareOffer> offers = body.path("offers")
                .valueStream()
                .map(offer -> offer(Validation.object(offer, "offers")))
                .toList();
        world.publish(offers);
        return ApiResponse.json(201, Json.object().put("published", offers.size()));
    }

    private static SoftwareOffer offer(ObjectNode body) {
        SoftwareOffer offer = SoftwareOffer.of(
                Validation.requiredText(body, "plugin_id"),
                Validation.requiredText(body, "model"),
                Validation.requiredText(body, "node_id"));
        return new SoftwareOffer(
                offer.pluginId(),
                offer.model(),
                number(body, "price").orElse(offer.price()),
                offer.nodeId(),
                Validation.optionalText(body, "provider_address"),
                Validation.optionalText(body, "public_endpoint").map(URI::create));
    }

    private ApiResponse restartChain() {
        world.restartChain();
        return ApiResponse.ok(state());
    }

    private ApiResponse reset() {
        world.reset();
        return ApiResponse.ok(state());
    }
}
