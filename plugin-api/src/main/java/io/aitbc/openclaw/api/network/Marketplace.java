package io.aitbc.openclaw.api.network;

import io.aitbc.openclaw.api.Extension;
import java.util.List;

/** The offers of all networks side by side. */
public interface Marketplace extends Extension {
    /**
     * Offers and the networks that could not be asked.
     *
     * @param failures one line for each network that failed
     */
    record Listing(List<Offer> offers, List<String> failures) {
        public Listing {
            offers = List.copyOf(offers);
            failures = List.copyOf(failures);
        }
    }

    /** Cheapest first within a unit. A network that fails does not hide the others. */
    Listing offers(OfferQuery query);
}
