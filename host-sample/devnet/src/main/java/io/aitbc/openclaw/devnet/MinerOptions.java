package io.aitbc.openclaw.devnet;

import io.aitbc.openclaw.api.inference.LocalEngine;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An embedded miner of a devnet. Start from {@link #of(String)}.
 *
 * @param id name, as it stands in {@code assigned_miner_id} and in receipts: letters, digits, {@code . _ -}, at most 64
 * @param engine computes its jobs, stays the caller's to close; the devnet's own engine when empty
 * @param models those of the engine it offers; all that complete when empty
 * @param price what it asks for a job, in AIT, compared with the constraint {@code max_price}
 * @param offerPrice price of its software offers, in AIT per 1,000 tokens
 * @param slowness how much longer than its engine it takes for each job
 * @param reputation what it says of itself; by what it did when empty
 * @param bond what it has at stake, in AIT: jobs of 10 AIT and more go only to miners that have something
 * @param region compared with the constraint {@code region}
 * @param publicEndpoint whether it also serves Ollama's API on a loopback port of its own, named in its offers
 */
public record MinerOptions(
        String id,
        Optional<LocalEngine> engine,
        Set<String> models,
        BigDecimal price,
        BigDecimal offerPrice,
        Duration slowness,
        OptionalDouble reputation,
        BigDecimal bond,
        Optional<String> region,
        boolean publicEndpoint) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public MinerOptions {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a miner id has 1 to 64 letters, digits, '.', '_' or '-', not '" + id + "'");
        }
        if (slowness.isNegative() || price.signum() < 0 || offerPrice.signum() < 0 || bond.signum() < 0) {
            throw new IllegalArgumentException("slowness, prices and bond of miner '" + id + "' must not be negative");
        }
        models = Set.copyOf(models);
    }

    /** A miner with all models of the devnet's engine at the default prices. */
    public static MinerOptions of(String id) {
        return new MinerOptions(
                id,
                Optional.empty(),
                Set.of(),
                new BigDecimal("0.01"),
                new BigDecimal("0.02"),
                Duration.ZERO,
                OptionalDouble.empty(),
                BigDecimal.ZERO,
                Optional.empty(),
                false);
    }

    public MinerOptions withEngine(LocalEngine value) {
        return new MinerOptions(
                id, Optional.of(value), models, price, offerPrice, slowness, reputation, bond, region, publicEndpoint);
    }

    public MinerOptions withModels(Set<String> value) {
        return new MinerOptions(
                id, engine, value, price, offerPrice, slowness, reputation, bond, region, publicEndpoint);
    }

    public MinerOptions withPrice(BigDecimal value) {
        return new MinerOptions(
                id, engine, models, value, offerPrice, slowness, reputation, bond, region, publicEndpoint);
    }

    public MinerOptions withOfferPrice(BigDecimal value) {
        return new MinerOptions(id, engine, models, price, value, slowness, reputation, bond, region, publicEndpoint);
    }

    public MinerOptions withSlowness(Duration value) {
        return new MinerOptions(id, engine, models, price, offerPrice, value, reputation, bond, region, publicEndpoint);
    }

    public MinerOptions withReputation(double value) {
        return new MinerOptions(
                id,
                engine,
                models,
                price,
                offerPrice,
                slowness,
                OptionalDouble.of(value),
                bond,
                region,
                publicEndpoint);
    }

    public MinerOptions withBond(BigDecimal value) {
        return new MinerOptions(
                id, engine, models, price, offerPrice, slowness, reputation, value, region, publicEndpoint);
    }

    public MinerOptions withRegion(String value) {
        return new MinerOptions(
                id, engine, models, price, offerPrice, slowness, reputation, bond, Optional.of(value), publicEndpoint);
    }

    public MinerOptions withPublicEndpoint(boolean value) {
        return new MinerOptions(id, engine, models, price, offerPrice, slowness, reputation, bond, region, value);
    }
}
