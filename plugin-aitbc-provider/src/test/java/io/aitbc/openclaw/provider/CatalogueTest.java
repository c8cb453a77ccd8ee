package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.ModelOffer;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.TestingClock;
import io.aitbc.openclaw.provider.CatalogueBuilder.Catalogue;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private final TestingClock clock = new TestingClock();
    private final CatalogueBuilder builder = new CatalogueBuilder(OptionalInt.empty());

    @Test
    void offers_of_one_model_are_one_row_cheapest_first() {
        Catalogue catalogue = builder.build(List.of(offer("Llama3:8b", "b", "0.02"), offer("llama3:8b", "a", "0.01")));

        assertThat(catalogue.advertised())
                .singleElement()
                .satisfies(model -> assertThat(model.descriptor().offers())
                        .extracting(ModelOffer::miner)
                        .containsExactly("a", "b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aitbc/llama3:latest",
                "aitbc/llama3",
                "AITBC/LLAMA3",
                " aitbc/llama3 ",
                "miner-1/llama3",
                "miner-1/llama3:latest",
                "llama3@miner-1",
                "llama3:latest@MINER-1",
                "aitbc/llama3:latest@miner-1"
            })
    void all_ways_to_write_a_model_find_it(String name) {
        Catalogue catalogue = builder.build(List.of(offer("llama3", "miner-1", "0.01")));

        NetworkModel found = catalogue.byKey().get(ModelNames.key(name));

        assertThat(found.remoteName()).isEqualTo("llama3:latest");
        assertThat(found.pinned().isPresent())
                .isEqualTo(name.toLowerCase(java.util.Locale.ROOT).contains("miner-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "llama3:latest", "aitbc/llama3:8b", "miner-2/llama3", "llama3@miner-2", "", "@"})
    void a_bare_name_and_other_names_find_nothing(String name) {
        Catalogue catalogue = builder.build(List.of(offer("llama3", "miner-1", "0.01")));

        assertThat(catalogue.byKey()).doesNotContainKey(ModelNames.key(name));
    }

    @Test
    void a_pinned_model_knows_only_the_offers_of_its_miner() {
        Catalogue catalogue = builder.build(List.of(offer("llama3", "a", "0.01"), offer("llama3", "b", "0.02")));

        assertThat(catalogue.byKey().get(ModelNames.key("b/llama3")).offers())
                .extracting(SoftwareOffer::nodeId)
                .containsExactly(Optional.of("b"));
    }

    @Test
    void a_miner_cannot_take_over_the_networks_names() {
        Catalogue catalogue = builder.build(List.of(offer("llama3", "aitbc", "0.05"), offer("llama3", "b", "0.01")));

        assertThat(catalogue.byKey().get("aitbc/llama3:latest").pinned()).isEmpty();
    }

    @Test
    void what_cannot_be_bought_as_a_job_is_not_listed() {
        Catalogue catalogue = builder.build(List.of(
                offer("a", "m", "0.01", "per_hour", "active", "ollama", true),
                offer("b", "m", "0.01", "per_1k_tokens", "inactive", "ollama", true),
                offer("c", "m", "0.01", "per_1k_tokens", "active", "whisper", true),
                offer("d", "m", "0.01", "per_1k_tokens", "active", "ollama", false),
                offer("../../etc", "m", "0.01", "per_1k_tokens", "active", "ollama", true),
                offer("e<script>", "m", "0.01", "per_1k_tokens", "active", "ollama", true),
                offer("free", "m", "0", "per_hour", "active", "ollama", false)));

        assertThat(catalogue.advertised())
                .extracting(NetworkModel::descriptor)
                .extracting(ModelDescriptor::name)
                .containsExactly("aitbc/free:latest");
    }

    @Test
    void offers_are_served_from_memory_and_refreshed() {
        AtomicInteger reads = new AtomicInteger();
        OfferCatalogue offers = catalogue(() -> {
            reads.incrementAndGet();
            return List.of(offer("llama3", "m", "0.01"));
        });
        offers.current();
        offers.current();
        assertThat(reads).hasValue(1);

        offers.refresh();

        assertThat(reads).hasValue(2);
    }

    @Test
    void a_network_that_goes_away_is_believed_for_a_while_and_then_not() {
        AtomicInteger reads = new AtomicInteger();
        OfferCatalogue offers = catalogue(() -> {
            if (reads.incrementAndGet() > 1) {
                throw new OpenClawException(ErrorCode.UNREACHABLE, "gone");
            }
            return List.of(offer("llama3", "m", "0.01"));
        });
        offers.refresh();
        offers.refresh();
        clock.advance(Duration.ofSeconds(599));
        assertThat(offers.current().advertised()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));

        assertThat(offers.current().advertised()).isEmpty();
    }

    @Test
    void nothing_ever_read_is_a_failure_and_is_not_asked_for_by_every_request() {
        AtomicInteger reads = new AtomicInteger();
        OfferCatalogue offers = catalogue(() -> {
            reads.incrementAndGet();
            throw new OpenClawException(ErrorCode.UNREACHABLE, "nobody there");
        });
        Failures.assertFails(ErrorCode.UNREACHABLE, offers::current);
        Failures.assertFails(ErrorCode.UNREACHABLE, offers::current);
        assertThat(reads).hasValue(1);

        clock.advance(Duration.ofSeconds(61));
        Failures.assertFails(ErrorCode.UNREACHABLE, offers::current);

        assertThat(reads).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "0.00001"})
    void a_cheap_job_costs_the_least_the_network_takes(String price) {
        assertThat(Pricing.most(new BigDecimal(price), 10, 100)).hasToString("0.01 AIT");
    }

    @Test
    void a_price_is_rounded_up() {
        assertThat(Pricing.most(new BigDecimal("0.01"), 1001, 1000)).hasToString("0.03 AIT");
        assertThat(Pricing.most(new BigDecimal("0.01"), 1000, 1000)).hasToString("0.02 AIT");
        assertThat(Pricing.most(BigDecimal.ZERO, 1000, 1000)).hasToString("0 AIT");
        assertThat(Pricing.most(new BigDecimal("1e20"), 1000, 1000)).hasToString("200000000000000000000 AIT");
    }

    private OfferCatalogue catalogue(Supplier<List<SoftwareOffer>> source) {
        return new OfferCatalogue(source, builder, Duration.ofSeconds(60), clock);
    }

    private static SoftwareOffer offer(String model, String node, String price) {
        return offer(model, node, price, "per_1k_tokens", "active", "ollama", true);
    }

    private static SoftwareOffer offer(
            String model, String node, String price, String unit, String status, String type, boolean payable) {
        return new SoftwareOffer(
                "offer-" + node + model,
                type,
                model,
                new BigDecimal(price),
                unit,
                Optional.of(node),
                payable ? Optional.of(ScriptedCoordinator.SELLER) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                status,
                Optional.empty(),
                Optional.empty());
    }
}
