package io.aitbc.openclaw.provider.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.provider.coordinator.ExchangeRates;
import io.aitbc.openclaw.provider.coordinator.GpuListing;
import io.aitbc.openclaw.provider.coordinator.GpuQuery;
import io.aitbc.openclaw.provider.coordinator.MarketOffer;
import io.aitbc.openclaw.provider.coordinator.MarketStats;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is listed in public by the coordinator and by the marketplace service. */
class MarketConformanceTest extends Conformance {
    @Test
    void gpus_are_listed_and_filtered() {
        List<GpuListing> all = services().market().gpus(GpuQuery.all(), scope());

        assertThat(all).allSatisfy(gpu -> assertThat(gpu.pricePerHour()).isNotNegative());
        assertThat(services()
                        .market()
                        .gpus(new GpuQuery(true, Optional.empty(), Optional.empty(), Optional.empty(), 500), scope()))
                .allMatch(GpuListing::available);
        assertThat(services()
                        .market()
                        .gpus(
                                new GpuQuery(
                                        false,
                                        Optional.of("no such GPU"),
                                        Optional.of("nowhere"),
                                        Optional.of(BigDecimal.ZERO),
                                        1),
                                scope()))
                .isEmpty();
        for (GpuListing gpu : all.stream().limit(3).toList()) {
            assertThat(services().market().pricing(gpu.model(), scope())).isPresent();
        }
        assertThat(services().market().pricing("no such GPU", scope())).isEmpty();
    }

    @Test
    void offers_of_miners_are_listed() {
        List<MarketOffer> offers = services().market().offers(scope());

        assertThat(services().market().marketplaceOffers(Optional.empty(), 500, 0, scope()))
                .extracting(MarketOffer::provider)
                .containsAll(
                        offers.stream().limit(500).map(MarketOffer::provider).toList());
        assertThat(services().market().minerOffers(scope()))
                .allMatch(offer -> offer.provider().startsWith("miner_"));
    }

    @Test
    void the_market_is_counted() {
        MarketStats stats = services().market().stats(scope());

        assertThat(stats.totalOffers())
                .hasValueSatisfying(count -> assertThat(count).isNotNegative());
        assertThat(stats.averagePrice()).isPresent();
    }

    @Test
    void coins_have_rates() {
        assertThat(services().market().rates(scope()).rates())
                .extracting(ExchangeRates.Rate::to)
                .contains("AITBC");
        assertThat(services().market().exchangeStats(scope()).price()).isPresent();
    }

    @Test
    void everybody_has_a_trust_score() {
        BigDecimal score =
                services().market().trustScore("nobody-in-particular", scope()).score();

        assertThat(score).isBetween(BigDecimal.ZERO, new BigDecimal(1000));
    }

    @Test
    void software_offers_are_listed_filtered_and_shown() {
        target().needMarketplace();
        List<SoftwareOffer> all = services().marketplace().softwareOffers(scope());

        assertThat(all).allSatisfy(offer -> assertThat(offer.price()).isNotNegative());
        assertThat(services().marketplace().softwareOffers(Optional.of("ollama"), Optional.of("active"), scope()))
                .allSatisfy(offer -> {
                    assertThat(offer.serviceType()).isEqualTo("ollama");
                    assertThat(offer.active()).isTrue();
                });
        for (SoftwareOffer offer :
                all.stream().filter(it -> it.pluginId().isPresent()).limit(3).toList()) {
            assertThat(services().marketplace().softwareOffer(offer.pluginId().orElseThrow(), scope()))
                    .hasValueSatisfying(shown -> assertThat(shown.model()).isEqualTo(offer.model()));
        }
        assertThat(services().marketplace().softwareOffer("no-such-offer", scope()))
                .isEmpty();
    }

    @Test
    void gpus_at_the_marketplace_service_are_listed() {
        target().needMarketplace();

        assertThat(services().marketplace().gpuOffers(scope()))
                .allSatisfy(offer -> assertThat(offer.provider()).isNotBlank());
    }
}
