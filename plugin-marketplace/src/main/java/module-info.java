/** Offers of compute on the networks. */
module io.aitbc.openclaw.marketplace {
    requires static org.jspecify;
    requires io.aitbc.openclaw.api;
    requires org.slf4j;

    provides io.aitbc.openclaw.api.network.MarketplaceFactory with
            io.aitbc.openclaw.marketplace.OfferMarketplaceFactory;
}
