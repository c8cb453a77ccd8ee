package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * GPUs for rent on the marketplace service: published, matched by price and age, booked, given back. Guarded by the lock of
 * the {@link Marketplace}.
 */
final class GpuOffers {
    private static final int MOST = 10_000;
    private static final List<String> TEXTS = List.of("provider", "gpu_model", "cuda_version", "region", "chain_id");
    private static final List<String> COUNTS = List.of("gpu_count", "gpu_memory_gb");

    private enum State {
        AVAILABLE,
        RESERVED,
        IN_USE,
        DELISTED,
        EXPIRED;

        private String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final class Offer {
        private final ObjectNode described;
        private final BigDecimal price;
        private final ArrayNode history = Json.array();
        private State state = State.AVAILABLE;

        private Offer(ObjectNode described, BigDecimal price) {
            this.described = described;
            this.price = price;
        }

        private ObjectNode view() {
            return described.deepCopy().put("status", state.wireName());
        }
    }

    private final Identifiers identifiers;
    private final InstantSource clock;
    private final Chain chain;
    private final Map<String, Offer> offers = new LinkedHashMap<>();

    GpuOffers(Identifiers identifiers, InstantSource clock, Chain chain) {
        this.identifiers = identifiers;
        this.clock = clock;
        this.chain = chain;
    }

    void reset() {
        offers.clear();
    }

    ApiResponse list(ApiRequest request) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("offers");
        Optional<String> status = request.query("status");
        Optional<String> region = request.query("region");
        offers.values().stream()
                .filter(offer -> status.map(offer.state.wireName()::equals).orElse(true))
                .map(Offer::view)
                .filter(view -> region.isEmpty() || Json.text(view, "region").equals(region))
                .forEach(list::add);
        return ApiResponse.ok(body.put("total", list.size()));
    }

    ApiResponse publish(ObjectNode body) {
        if (offers.size() >= MOST) {
            throw Validation.failure("body", "Too many offers", "too_many");
        }
        BigDecimal price = price(body, "price_per_hour", "price");
        String id = identifiers.hex(16);
        ObjectNode described = Json.object().put("id", id).put("offer_id", id);
        TEXTS.forEach(
                name -> described.put(name, Validation.optionalText(body, name).orElse(null)));
        COUNTS.forEach(name -> Validation.present(body, name)
                .map(value -> Validation.integer(value, name))
                .ifPresentOrElse(value -> described.put(name, value), () -> described.putNull(name)));
        described
                .put("price_per_hour", price.setScale(8, RoundingMode.HALF_EVEN).toPlainString())
                .put("created_at", TimeText.offset(clock.instant()));
        Offer offer = new Offer(described, price);
        offers.put(id, offer);
        move(offer, State.AVAILABLE);
        return ApiResponse.json(201, offer.view());
    }

    private static BigDecimal price(ObjectNode body, String name, String other) {
        JsonNode value = Validation.present(body, name)
                .or(() -> Validation.present(body, other))
                .orElseThrow(() -> Validation.failure(name, "Field required", "missing"));
        BigDecimal price = Validation.number(value, name);
        if (price.signum() < 0) {
            throw Validation.failure(name, "Input should be greater than or equal to 0", "greater_than_equal");
        }
        return price;
    }

    private void move(Offer offer, State next) {
        offer.state = next;
        offer.history.add(Json.object().put("status", next.wireName()).put("at", TimeText.offset(clock.instant())));
    }

    /** @param action empty for the offer itself */
    ApiResponse handle(String method, String id, String action, ApiRequest request) {
        Offer offer = offers.get(id);
        if (offer == null) {
            return Marketplace.error(404, "Offer not found");
        }
        return switch (method + " " + action) {
            case "GET " -> ApiResponse.ok(offer.view());
            case "GET history" ->
                ApiResponse.ok(Json.object().put("offer_id", id).set("history", offer.history.deepCopy()));
            case "POST book" -> book(id, offer, request.json());
            case "POST cancel" -> cancel(id, offer);
            default -> Marketplace.error(405, "Method not allowed");
        };
    }

    private ApiResponse book(String id, Offer offer, ObjectNode body) {
        if (offer.state != State.AVAILABLE) {
            return unavailable(offer);
        }
        String buyer = Validation.optionalText(body, "wallet")
                .or(() -> Validation.optionalText(body, "buyer"))
                .orElse("");
        Optional<String> provider =
                Validation.optionalText(body, "provider").or(() -> Json.text(offer.described, "provider"));
        BigDecimal amount = price(body, "amount", "price");
        String bid = identifiers.hex(16);
        Optional<String> contract =
                chain.escrows().create(bid, buyer, provider.orElse(""), amount).map(escrow -> escrow.contractId);
        move(offer, State.RESERVED);
        return ApiResponse.ok(Json.object()
                .put("bid_id", bid)
                .put("offer_id", id)
                .put("provider", provider.orElse(null))
                .put("status", "pending")
                .put("message", "Booking created")
                .put("escrow_contract_id", contract.orElse(null)));
    }

    /** A booked offer becomes free again, a free one is taken off the list. */
    private ApiResponse cancel(String id, Offer offer) {
        switch (offer.state) {
            case RESERVED, IN_USE -> move(offer, State.AVAILABLE);
            case AVAILABLE -> move(offer, State.DELISTED);
            case DELISTED, EXPIRED -> {
                return unavailable(offer);
            }
        }
        return ApiResponse.ok(Json.object().put("offer_id", id).put("status", offer.state.wireName()));
    }

    private static ApiResponse unavailable(Offer offer) {
        return Marketplace.error(400, "Offer is not available (status=" + offer.state.wireName() + ")");
    }

    /** Price first, then age. */
    ApiResponse match(ObjectNode body) {
        ObjectNode requirements =
                Validation.optionalObject(body, "requirements").orElseGet(Json::object);
        Optional<BigDecimal> most =
                Validation.present(body, "max_price").map(value -> Validation.number(value, "max_price"));
        Optional<String> region = Validation.optionalText(body, "preferred_region");
        Optional<String> chainId = Validation.optionalText(body, "chain_id");
        Stream<Offer> fitting = offers.values().stream()
                .filter(offer -> offer.state == State.AVAILABLE)
                .filter(offer ->
                        most.map(limit -> offer.price.compareTo(limit) <= 0).orElse(true))
                .filter(offer -> chainId.isEmpty()
                        || Json.text(offer.described, "chain_id").equals(chainId))
                .filter(offer -> meets(offer.described, requirements));
        Comparator<Offer> preferred = Comparator.comparing(offer ->
                region.isPresent() && !Json.text(offer.described, "region").equals(region));
        ObjectNode answer = Json.object();
        ArrayNode matches = answer.putArray("matches");
        fitting.sorted(preferred.thenComparing(offer -> offer.price))
                .map(Offer::view)
                .forEach(matches::add);
        return ApiResponse.ok(answer.put("total", matches.size()));
    }

    /** Numbers are a least, texts have to be the same; what an offer does not tell is not met. */
    private static boolean meets(ObjectNode offer, ObjectNode requirements) {
        return requirements.properties().stream().allMatch(wanted -> {
            JsonNode has = offer.path(wanted.getKey());
            return wanted.getValue().isNumber()
                    ? has.isNumber()
                            && has.decimalValue().compareTo(wanted.getValue().decimalValue()) >= 0
                    : has.equals(wanted.getValue());
        });
    }
}
