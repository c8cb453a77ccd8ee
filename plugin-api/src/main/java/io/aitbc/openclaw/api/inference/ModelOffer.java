package io.aitbc.openclaw.api.inference;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One seller of a model.
 *
 * @param offerId the network's id of the offer
 * @param miner id of the node that runs it, as accepted in {@code <miner>/model:tag}
 * @param remoteModel the model's name at the miner
 * @param price coins per unit, exactly as published
 * @param priceUnit the network's word: {@code per_1k_tokens}
 * @param symbol coin of the price
 * @param gpu hardware as the seller states it
 */
public record ModelOffer(
        String offerId,
        String miner,
        String remoteModel,
        BigDecimal price,
        String priceUnit,
        String symbol,
        Optional<String> gpu) {}
