package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.network.Agent;
import io.aitbc.openclaw.api.network.AgentQuery;
import io.aitbc.openclaw.api.network.ComputeNetwork;
import io.aitbc.openclaw.api.network.ExchangeRate;
import io.aitbc.openclaw.api.network.JobSummary;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.api.network.Offer;
import io.aitbc.openclaw.api.network.OfferQuery;
import java.util.List;

final class LeasedNetwork extends LeasedExtension<ComputeNetwork> implements ComputeNetwork {
    LeasedNetwork(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(ComputeNetwork.class, id));
    }

    @Override
    public NetworkStatus status() {
        return call("status", ComputeNetwork::status);
    }

    @Override
    public List<Offer> offers(OfferQuery query) {
        return call("offers", network -> List.copyOf(network.offers(query)));
    }

    @Override
    public List<JobSummary> jobs(int limit) {
        return call("jobs", network -> List.copyOf(network.jobs(limit)));
    }

    @Override
    public List<ExchangeRate> rates() {
        return call("rates", network -> List.copyOf(network.rates()));
    }

    @Override
    public List<Agent> agents(AgentQuery query) {
        return call("agents", network -> List.copyOf(network.agents(query)));
    }
}
