package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCategory;
import io.aitbc.openclaw.api.network.Agent;
import io.aitbc.openclaw.api.network.AgentQuery;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.ExchangeRate;
import io.aitbc.openclaw.api.network.JobSummary;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link ComputeNetwork} does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class ComputeNetworkContract {
    private ComputeNetwork network;

    /** A new connection to a network that answers and has at least one active offer; the contract closes it. */
    protected abstract ComputeNetwork createNetwork();

    /** A connection to a place where nothing listens. */
    protected abstract ComputeNetwork createUnreachable();

    @BeforeEach
    void createSubject() {
        network = createNetwork();
    }

    @AfterEach
    void closeSubject() {
        network.close();
    }

    @Test
    void contract_id_is_a_lower_case_name() {
        assertThat(network.id()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void contract_status_of_a_network_that_answers() {
        NetworkStatus status = network.status();
        assertThat(status.reachable()).as(status.problem().orElse("")).isTrue();
        assertThat(status.endpoint()).startsWith("http");
    }

    @Test
    void contract_status_tells_about_a_failure_instead_of_failing() {
        try (ComputeNetwork unreachable = createUnreachable()) {
            NetworkStatus status = unreachable.status();
            assertThat(status.reachable()).isFalse();
            assertThat(status.problem()).isPresent();
            assertThat(status.problem().orElseThrow()).doesNotContain("\n");
        }
    }

    @Test
    void contract_offers_of_an_unreachable_network_fail_as_network() {
        try (ComputeNetwork unreachable = createUnreachable()) {
            assertThat(Failures.failureOf(() -> unreachable.offers(OfferQuery.active()))
                            .code()
                            .category())
                    .isEqualTo(ErrorCategory.NETWORK);
        }
    }

    @Test
    void contract_offers_are_complete_and_cheapest_first_within_a_unit() {
        List<Offer> offers = network.offers(OfferQuery.active());
        assertThat(offers).isNotEmpty().allSatisfy(offer -> {
            assertThat(offer.network()).isEqualTo(network.id());
            assertThat(offer.offerId()).isNotBlank();
            assertThat(offer.serviceType()).isNotBlank();
            assertThat(offer.priceUnit()).isNotBlank();
            assertThat(offer.price()).isNotNegative();
            assertThat(offer.active()).isTrue();
        });
        assertThat(offers).extracting(Offer::offerId).doesNotHaveDuplicates();
        offers.stream()
                .collect(Collectors.groupingBy(Offer::priceUnit))
                .values()
                .forEach(unit -> assertThat(unit)
                        .extracting(Offer::price)
                        .isSortedAccordingTo(Comparator.<BigDecimal>naturalOrder()));
    }

    @Test
    void contract_filters_keep_what_fits_and_nothing_else() {
        Offer one = network.offers(OfferQuery.active()).getFirst();
        String part =
                one.model().substring(0, Math.max(1, one.model().length() / 2)).toUpperCase(Locale.ROOT);
        assertThat(network.offers(query(Optional.empty(), Optional.of(part), Optional.empty(), 1000)))
                .extracting(Offer::offerId)
                .contains(one.offerId());
        assertThat(network.offers(query(Optional.of(one.serviceType()), Optional.empty(), Optional.empty(), 1000)))
                .isNotEmpty()
                .allMatch(offer -> offer.serviceType().equals(one.serviceType()));
        assertThat(network.offers(query(Optional.empty(), Optional.empty(), Optional.of(one.price()), 1000)))
                .isNotEmpty()
                .allMatch(offer -> offer.price().compareTo(one.price()) <= 0);
        assertThat(network.offers(query(Optional.of("no-such-service"), Optional.empty(), Optional.empty(), 1000)))
                .isEmpty();
        assertThat(network.offers(query(Optional.empty(), Optional.empty(), Optional.empty(), 1)))
                .hasSize(1);
    }

    @Test
    void contract_all_offers_include_the_active_ones() {
        OfferQuery all = new OfferQuery(Optional.empty(), Optional.empty(), Optional.empty(), false, 1000);
        assertThat(network.offers(all))
                .extracting(Offer::offerId)
                .containsAll(network.offers(OfferQuery.active()).stream()
                        .map(Offer::offerId)
                        .toList());
    }

    @Test
    void contract_jobs_are_newest_first_and_limited() {
        List<Instant> times = network.jobs(1000).stream()
                .map(JobSummary::requestedAt)
                .flatMap(Optional::stream)
                .toList();
        assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(network.jobs(1)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void contract_rates_are_positive_and_each_pair_stands_once() {
        List<ExchangeRate> rates = network.rates();
        assertThat(rates).allSatisfy(rate -> {
            assertThat(rate.from()).matches("[A-Z0-9]+");
            assertThat(rate.to()).matches("[A-Z0-9]+").isNotEqualTo(rate.from());
            assertThat(rate.value()).isPositive();
        });
        assertThat(rates).extracting(rate -> rate.from() + " " + rate.to()).doesNotHaveDuplicates();
    }

    @Test
    void contract_agents_fit_the_query_and_are_limited() {
        List<Agent> all = network.agents(AgentQuery.all());
        assertThat(all).allSatisfy(agent -> {
            assertThat(agent.network()).isEqualTo(network.id());
            assertThat(agent.agentId()).isNotBlank();
        });
        assertThat(all).extracting(Agent::agentId).doesNotHaveDuplicates().isSorted();
        for (Agent one : all) {
            assertThat(network.agents(new AgentQuery(Optional.of(one.type()), one.capabilities(), 1000)))
                    .extracting(Agent::agentId)
                    .contains(one.agentId());
        }
        assertThat(network.agents(new AgentQuery(Optional.of("no-such-type"), List.of(), 1000)))
                .isEmpty();
        assertThat(network.agents(new AgentQuery(Optional.empty(), List.of(), 1)))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void contract_rates_of_an_unreachable_network_fail_as_network() {
        try (ComputeNetwork unreachable = createUnreachable()) {
            assertThat(Failures.failureOf(unreachable::rates).code().category()).isEqualTo(ErrorCategory.NETWORK);
        }
    }

    private static OfferQuery query(
            Optional<String> serviceType, Optional<String> model, Optional<BigDecimal> maxPrice, int limit) {
        return new OfferQuery(serviceType, model, maxPrice, true, limit);
    }
}
