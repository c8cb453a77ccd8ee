package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.network.Marketplace;
import io.aitbc.openclaw.api.network.OfferQuery;

final class LeasedMarketplace extends LeasedExtension<Marketplace> implements Marketplace {
    LeasedMarketplace(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(Marketplace.class, id));
    }

    @Override
    public Listing offers(OfferQuery query) {
        return call("offers", marketplace -> marketplace.offers(query));
    }
}
