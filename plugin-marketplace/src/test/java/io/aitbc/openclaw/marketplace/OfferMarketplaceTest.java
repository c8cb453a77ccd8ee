package io.aitbc.openclaw.marketplace;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.network.Marketplace;
import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.FixedExtensions;
import io.aitbc.openclaw.contract.MarketplaceContract;
import io.aitbc.openclaw.contract.ScriptedNetwork;
import io.aitbc.openclaw.contract.TestingPluginContext;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OfferMarketplaceTest extends MarketplaceContract {
    private final List<TestingPluginContext> contexts = new ArrayList<>();

    @Override
    protected Marketplace createMarketplace(Extensions extensions) {
        return createMarketplace(extensions, Map.of());
    }

    private Marketplace createMarketplace(Extensions extensions, Map<String, String> settings) {
        TestingPluginContext context = new TestingPluginContext("marketplace", settings, extensions);
        contexts.add(context);
        return new OfferMarketplaceFactory().create(context);
    }

    @AfterEach
    void closeContexts() {
        contexts.forEach(TestingPluginContext::close);
    }

    @Test
    void network_that_does_not_answer_in_time_is_named_and_the_others_are_shown() {
        Marketplace.Listing listing = createMarketplace(
                        new FixedExtensions(
                                ScriptedNetwork.slow("slow", new CountDownLatch(1)),
                                ScriptedNetwork.selling("quick", offer("quick", "q", "1")),
                                ScriptedNetwork.slow("slower", new CountDownLatch(1))),
                        Map.of("timeout", "150ms"))
                .offers(OfferQuery.active());
        assertThat(listing.offers()).extracting(Offer::offerId).containsExactly("q");
        assertThat(listing.failures())
                .containsExactly("slow: no answer within 150 ms", "slower: no answer within 150 ms");
    }

    /** Each network answers only after the other was asked: one after the other would wait until the deadline. */
    @Test
    void networks_are_asked_at_the_same_time() {
        CountDownLatch both = new CountDownLatch(2);
        Marketplace marketplace = createMarketplace(new FixedExtensions(meeting("a", both), meeting("b", both)));
        Marketplace.Listing listing = marketplace.offers(OfferQuery.active());
        assertThat(listing.failures()).isEmpty();
        assertThat(listing.offers()).extracting(Offer::offerId).containsExactly("a", "b");
    }

    private static ScriptedNetwork meeting(String id, CountDownLatch both) {
        return ScriptedNetwork.answering(id, query -> {
            both.countDown();
            ScriptedNetwork.await(both);
            return List.of(offer(id, id, "1"));
        });
    }

    @Test
    void defect_of_a_network_is_named_without_its_text() {
        ScriptedNetwork broken = ScriptedNetwork.answering("broken", query -> {
            throw new IllegalStateException("secret");
        });
        Marketplace.Listing listing =
                createMarketplace(new FixedExtensions(broken)).offers(OfferQuery.active());
        assertThat(listing.failures()).containsExactly("broken: failed unexpectedly");
    }

    @Test
    void equal_prices_have_a_stable_order() {
        Marketplace marketplace = createMarketplace(new FixedExtensions(
                ScriptedNetwork.selling("b", offer("b", "1", "1.0")),
                ScriptedNetwork.selling("a", offer("a", "2", "1.00"), offer("a", "1", "1"))));
        assertThat(marketplace.offers(OfferQuery.active()).offers())
                .extracting(offer -> offer.network() + offer.offerId())
                .containsExactly("a1", "a2", "b1");
    }

    @Test
    void timeout_has_to_be_positive() {
        assertThat(Failures.assertFails(
                        ErrorCode.INVALID_CONFIG,
                        () -> createMarketplace(new FixedExtensions(), Map.of("timeout", "0s"))))
                .hasMessageStartingWith("plugins.marketplace.timeout must be");
    }

    @Test
    void misspelt_setting_is_named() {
        assertThat(Failures.assertFails(
                        ErrorCode.INVALID_CONFIG,
                        () -> createMarketplace(new FixedExtensions(), Map.of("time-out", "1s"))))
                .hasMessage("Unknown setting 'plugins.marketplace.time-out'; known are timeout");
    }

    @Test
    void stock_plugin_hosts_find_the_same_factory_as_the_module_names() throws Exception {
        List<String> provided = OfferMarketplaceFactory.class.getModule().getDescriptor().provides().stream()
                .flatMap(provides -> provides.providers().stream())
                .toList();
        try (InputStream index = OfferMarketplaceFactory.class.getResourceAsStream("/META-INF/extensions.idx")) {
            assertThat(new String(index.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyElementsOf(provided);
        }
    }

    private static Offer offer(String network, String id, String price) {
        return ScriptedNetwork.offer(network, id, "m:latest", price, "per_1k_tokens", true);
    }
}
