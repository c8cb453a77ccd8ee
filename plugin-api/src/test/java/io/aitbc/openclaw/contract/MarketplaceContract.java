package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.network.Marketplace;
import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Marketplace} does with the networks that are loaded. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class MarketplaceContract {
    private final ScriptedNetwork one = ScriptedNetwork.selling(
            "one",
            ScriptedNetwork.offer("one", "1a", "llama3.2:1b", "0.5", "per_1k_tokens", true),
            ScriptedNetwork.offer("one", "1b", "RTX 4090", "9", "per_hour", true),
            ScriptedNetwork.offer("one", "1c", "qwen3:8b", "0.1", "per_1k_tokens", false));
    private final ScriptedNetwork two = ScriptedNetwork.selling(
            "two",
            ScriptedNetwork.offer("two", "2a", "Llama3.2:3b", "0.20", "per_1k_tokens", true),
            ScriptedNetwork.offer("two", "2b", "RTX 3060", "2", "per_hour", true));

    /** A marketplace over the networks of these lookups. */
    protected abstract Marketplace createMarketplace(Extensions extensions);

    @Test
    void contract_without_a_network_there_are_no_offers_and_no_failures() {
        assertThat(createMarketplace(new FixedExtensions()).offers(OfferQuery.active()))
                .isEqualTo(new Marketplace.Listing(java.util.List.of(), java.util.List.of()));
    }

    @Test
    void contract_offers_of_all_networks_are_cheapest_first_within_a_unit() {
        assertThat(offers(OfferQuery.active())).containsExactlyInAnyOrder("2a", "1a", "2b", "1b");
        assertThat(offers(OfferQuery.active())).containsSubsequence("2a", "1a").containsSubsequence("2b", "1b");
    }

    @Test
    void contract_filters_hold_whatever_the_networks_hand_out() {
        assertThat(offers(query(Optional.of("gpu"), Optional.empty(), Optional.empty(), true, 1000)))
                .containsExactly("2b", "1b");
        assertThat(offers(query(Optional.empty(), Optional.of("LLAMA"), Optional.empty(), true, 1000)))
                .containsExactly("2a", "1a");
        assertThat(offers(query(Optional.empty(), Optional.empty(), Optional.of(new BigDecimal("0.2")), true, 1000)))
                .containsExactly("2a");
        assertThat(offers(query(Optional.empty(), Optional.of("qwen"), Optional.empty(), false, 1000)))
                .containsExactly("1c");
        assertThat(offers(query(Optional.of("ollama"), Optional.empty(), Optional.empty(), true, 1)))
                .containsExactly("2a");
    }

    @Test
    void contract_a_network_that_fails_is_named_and_hides_nothing() {
        Marketplace marketplace = createMarketplace(new FixedExtensions(
                one, ScriptedNetwork.failing("gone", ErrorCode.UNREACHABLE, "cannot connect"), two));
        Marketplace.Listing listing = marketplace.offers(OfferQuery.active());
        assertThat(listing.offers()).hasSize(4);
        assertThat(listing.failures()).singleElement().asString().contains("gone", "cannot connect");
    }

    @Test
    void contract_networks_loaded_later_are_asked_too() {
        FixedExtensions extensions = new FixedExtensions(one);
        Marketplace marketplace = createMarketplace(extensions);
        assertThat(marketplace.offers(OfferQuery.active()).offers()).hasSize(2);
        extensions.add(two);
        assertThat(marketplace.offers(OfferQuery.active()).offers()).hasSize(4);
    }

    private java.util.List<String> offers(OfferQuery query) {
        return createMarketplace(new FixedExtensions(one, two)).offers(query).offers().stream()
                .map(Offer::offerId)
                .toList();
    }

    private static OfferQuery query(
            Optional<String> type, Optional<String> model, Optional<BigDecimal> price, boolean active, int limit) {
        return new OfferQuery(type, model, price, active, limit);
    }
}
