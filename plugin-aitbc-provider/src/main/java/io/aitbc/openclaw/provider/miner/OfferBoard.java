package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.OfferPublisher;
import io.aitbc.openclaw.provider.coordinator.SoftwareOffer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps one published offer for each model. Anybody may delete or overwrite them, so they are looked at again and again. */
final class OfferBoard {
    private final OfferPublisher publisher;
    private final String minerId;
    private final BigDecimal price;
    private final String payTo;
    private final Tally tally;
    private boolean cleaned;

    OfferBoard(OfferPublisher publisher, String minerId, BigDecimal price, String payTo, Tally tally) {
        this.publisher = publisher;
        this.minerId = minerId;
        this.price = price;
        this.payTo = payTo;
        this.tally = tally;
    }

    /** The service keeps offers by an id that anybody may choose; the miner's is part of ours. */
    String id(String model) {
        String id = ("ollama-" + model + "-" + minerId).replaceAll("[^A-Za-z0-9._-]", "-");
        return id.length() <= 128 ? id : id.substring(0, 119) + "-" + Integer.toHexString(id.hashCode());
    }

    /** Makes the offers those of the given models. What fails is told and tried again the next time. */
    void sync(List<String> models, CallScope scope) {
        try {
            if (!cleaned) {
                cleaned = withdrawOthers(models, scope);
            }
            List<String> foreign = new ArrayList<>();
            for (String model : models) {
                if (!publish(model, scope)) {
                    foreign.add(model);
                }
            }
            tally.published(
                    foreign.isEmpty()
                            ? models.size() + " published"
                            : "not published, another miner uses our id: " + String.join(", ", foreign));
        } catch (OpenClawException e) {
            if (e.code() == ErrorCode.CANCELED) {
                throw e;
            }
            tally.published("not published: " + e.getMessage());
        }
    }

    /** @return false when the id is taken by somebody else */
    private boolean publish(String model, CallScope scope) {
        Optional<SoftwareOffer> there = publisher.find(id(model), scope);
        if (there.isPresent() && !there.get().nodeId().equals(Optional.of(minerId))) {
            return false;
        }
        if (there.filter(offer -> same(offer, model)).isEmpty()) {
            publisher.publish(new OfferPublisher.Draft(id(model), model, price, minerId, payTo), scope);
        }
        return true;
    }

    private boolean same(SoftwareOffer offer, String model) {
        return offer.active()
                && offer.model().equals(model)
                && offer.price().compareTo(price) == 0
                && offer.providerAddress().filter(payTo::equalsIgnoreCase).isPresent();
    }

    /** Offers of an earlier life, or of a model that is gone, would sell what nobody answers. */
    private boolean withdrawOthers(List<String> models, CallScope scope) {
        Set<String> wanted = new HashSet<>();
        models.forEach(model -> wanted.add(id(model)));
        for (String id : publisher.of(minerId, scope)) {
            if (!wanted.contains(id)) {
                publisher.withdraw(id, scope);
            }
        }
        return true;
    }

    /** The models have changed. */
    void changed() {
        cleaned = false;
    }

    /** Takes all offers of this miner away. */
    void withdraw(CallScope scope) {
        withdrawOthers(List.of(), scope);
    }
}
