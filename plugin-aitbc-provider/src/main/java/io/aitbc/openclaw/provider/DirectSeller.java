package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import io.aitbc.openclaw.provider.direct.DirectEndpoint;

/** An offer whose provider can be asked directly. */
record DirectSeller(NetworkModel model, SoftwareOffer offer, DirectEndpoint endpoint) {
    boolean free() {
        return offer.price().signum() == 0;
    }
}
