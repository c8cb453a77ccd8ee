package io.aitbc.openclaw.api.network;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Which offers are wanted; an empty filter accepts all.
 *
 * @param serviceType exact
 * @param model part of the name, letter case does not matter
 * @param maxPrice highest price per unit, coins
 * @param onlyActive whether offers that cannot be used now are left out
 * @param limit most rows, 1 to 1000
 */
public record OfferQuery(
        Optional<String> serviceType,
        Optional<String> model,
        Optional<BigDecimal> maxPrice,
        boolean onlyActive,
        int limit) {
    public OfferQuery {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit must be 1 to 1000, not " + limit);
        }
    }

    public static OfferQuery active() {
        return new OfferQuery(Optional.empty(), Optional.empty(), Optional.empty(), true, 1000);
    }
}
