package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import java.util.List;
import java.util.Optional;

/**
 * A model somebody on the network offers.
 *
 * @param remoteName at the miner, with a tag
 * @param offers cheapest first, at least one
 * @param pinned the miner that must do it
 */
record NetworkModel(
        ModelDescriptor descriptor, String remoteName, List<SoftwareOffer> offers, Optional<String> pinned) {
    NetworkModel {
        offers = List.copyOf(offers);
    }

    SoftwareOffer cheapest() {
        return offers.getFirst();
    }
}
