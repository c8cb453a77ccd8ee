package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The services of a devnet together, for what concerns all of them. */
record DevnetWorld(
        Coordinator coordinator,
        Marketplace marketplace,
        AgentRegistry registry,
        Chain chain,
        MinerCrew crew,
        QuirkBoard quirks,
        List<RateLimits> limits)
        implements Admin.World {

    @Override
    public ObjectNode summary() {
        ObjectNode body = coordinator.summary();
        Map<Escrow.State, Integer> counts = chain.escrows().counts();
        ObjectNode escrows = body.putObject("escrows");
        for (Escrow.State state : Escrow.State.values()) {
            escrows.put(state.wireName(), counts.getOrDefault(state, 0));
        }
        return body.put("profile", coordinator.profile().wireName())
                .put("chain_id", chain.chainId())
                .put("chain_height", chain.head().map(Chain.Block::height).orElse(0L))
                .put("offers", marketplace.count())
                .put("agents", registry.count());
    }

    @Override
    public ObjectNode miners() {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("embedded");
        for (MinerOptions miner : crew.list()) {
            ObjectNode row = Json.object()
                    .put("id", miner.id())
                    .put("price", miner.price())
                    .put("bond", miner.bond())
                    .put("slowness_ms", miner.slowness().toMillis())
                    .put(
                            "public_endpoint",
                            crew.endpoint(miner.id()).map(Object::toString).orElse(null));
            ArrayNode models = row.putArray("models");
            miner.models().stream().sorted().forEach(models::add);
            list.add(row);
        }
        body.set("registered", coordinator.summary().path("miners"));
        return body;
    }

    @Override
    public void addMiner(MinerOptions miner) {
        crew.add(miner);
    }

    @Override
    public boolean removeMiner(String minerId) {
        return crew.remove(minerId) || coordinator.deregister(minerId);
    }

    @Override
    public void bond(String minerId, BigDecimal amount) {
        coordinator.bond(minerId, amount);
    }

    @Override
    public void publish(List<SoftwareOffer> offers) {
        offers.forEach(offer -> marketplace.add(offer.json()));
    }

    @Override
    public void restartChain() {
        chain.restart();
    }

    @Override
    public void reset() {
        quirks.enabled().forEach(quirks::disable);
        coordinator.reset();
        chain.reset();
        marketplace.reset();
        registry.reset();
        limits.forEach(RateLimits::reset);
        crew.announce();
    }
}
