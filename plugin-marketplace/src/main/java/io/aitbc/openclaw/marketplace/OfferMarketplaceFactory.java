package io.aitbc.openclaw.marketplace;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.network.Marketplace;
import io.aitbc.openclaw.api.network.MarketplaceFactory;
import java.time.Duration;
import java.util.Set;

/**
 * Creates the marketplace {@code marketplace}.
 *
 * <p>Setting, under {@code plugins.marketplace}: {@code timeout} ({@code 10s}), the longest a listing waits for networks.
 */
public final class OfferMarketplaceFactory implements MarketplaceFactory {
    @Override
    public Marketplace create(PluginContext context) {
        context.config().requireKnown(Set.of("timeout"));
        Duration timeout = context.config().duration("timeout", Duration.ofSeconds(10));
        if (timeout.isNegative() || timeout.isZero()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s.timeout must be longer than nothing, not '%s'"
                            .formatted(context.config().section(), timeout));
        }
        return new OfferMarketplace(context.extensions(), context.executor(), timeout);
    }
}
