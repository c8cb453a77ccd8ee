package io.aitbc.openclaw.marketplace;

import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import java.util.Comparator;
import java.util.Locale;

/** Which offers fit a query, and their order. Networks filter too, but each in its own way. */
final class OfferFilter {
    /** Prices of different units or coins cannot be compared, so each unit has its own ascending run. */
    static final Comparator<Offer> CHEAPEST_FIRST = Comparator.comparing(Offer::priceUnit)
            .thenComparing(Offer::symbol)
            .thenComparing(Offer::price)
            .thenComparing(Offer::network)
            .thenComparing(Offer::offerId);

    private OfferFilter() {}

    static boolean fits(Offer offer, OfferQuery query) {
        return (!query.onlyActive() || offer.active())
                && query.serviceType()
                        .map(type -> type.equals(offer.serviceType()))
                        .orElse(true)
                && query.model().map(part -> contains(offer.model(), part)).orElse(true)
                && query.maxPrice()
                        .map(most -> offer.price().compareTo(most) <= 0)
                        .orElse(true);
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
