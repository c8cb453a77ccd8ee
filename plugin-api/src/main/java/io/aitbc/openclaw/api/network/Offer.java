package io.aitbc.openclaw.api.network;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Compute for sale, as its seller published it. Nothing in it is verified.
 *
 * @param network {@link ComputeNetwork#id()}
 * @param serviceType {@code ollama}, {@code whisper}, {@code gpu}
 * @param model model on offer; the GPU's name for {@code gpu}
 * @param price coins per {@code priceUnit}, exactly as published
 * @param priceUnit the network's word: {@code per_1k_tokens}, {@code per_hour}
 * @param provider node or miner id
 * @param endpoint where the seller says it can be called directly
 * @param active whether it can be used now, as far as the network knows
 */
public record Offer(
        String network,
        String offerId,
        String serviceType,
        String model,
        BigDecimal price,
        String priceUnit,
        String symbol,
        String provider,
        Optional<String> providerAddress,
        Optional<String> gpu,
        Optional<String> endpoint,
        Optional<Instant> registeredAt,
        boolean active) {}
