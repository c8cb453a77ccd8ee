package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import io.aitbc.openclaw.provider.direct.DirectEndpoint;
import io.aitbc.openclaw.provider.direct.RecentFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Chooses whom to ask directly: the cheapest whose endpoint passes the rules and did not fail a moment ago. */
final class DirectSellers {
    private final DirectSettings settings;
    private final RecentFailures failures;

    DirectSellers(DirectSettings settings, RecentFailures failures) {
        this.settings = settings;
        this.failures = failures;
    }

    /**
     * @param jobPreferred whether a job can do it better
     * @return empty when the request travels as a job
     * @throws OpenClawException when it has to go directly and nobody can be asked
     */
    Optional<DirectSeller> choose(NetworkModel model, boolean jobPreferred) {
        return switch (settings.transport()) {
            case JOB -> Optional.empty();
            case DIRECT -> Optional.of(require(model));
            case AUTO -> jobPreferred ? Optional.empty() : healthy(sellers(model, new ArrayList<>()));
        };
    }

    private DirectSeller require(NetworkModel model) {
        List<String> refusals = new ArrayList<>();
        List<DirectSeller> sellers = sellers(model, refusals);
        if (sellers.isEmpty()) {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED,
                    "Nobody who offers %s can be asked directly (transport = direct): %s"
                            .formatted(
                                    model.remoteName(),
                                    refusals.isEmpty() ? "no offer names a public endpoint" : refusals.getFirst()));
        }
        return healthy(sellers).orElse(sellers.getFirst());
    }

    private Optional<DirectSeller> healthy(List<DirectSeller> sellers) {
        return sellers.stream()
                .filter(seller -> !failures.contains(seller.endpoint()))
                .findFirst();
    }

    private List<DirectSeller> sellers(NetworkModel model, List<String> refusals) {
        List<DirectSeller> sellers = new ArrayList<>();
        for (SoftwareOffer offer : model.offers()) {
            offer.publicEndpoint().ifPresent(url -> {
                boolean free = offer.price().signum() == 0;
                if (!free && !settings.paid()) {
                    refusals.add("offers that cost something are asked only with direct = paid");
                    return;
                }
                try {
                    sellers.add(new DirectSeller(model, offer, DirectEndpoint.of(url, settings.rules())));
                } catch (OpenClawException e) {
                    refusals.add(e.getMessage());
                }
            });
        }
        return sellers;
    }
}
